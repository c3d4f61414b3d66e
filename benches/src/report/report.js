"use strict";
// Values on hover, touch and by keyboard; lines switched on and off. The page reads well without it.
(() => {
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  document.body.append(tip);
  let marked = null;

  function show(point) {
    if (marked) marked.classList.remove("marked");
    marked = point;
    point.classList.add("marked");
    tip.textContent = point.dataset.tip;
    tip.hidden = false;
    // Beside the point, and never outside of the window.
    const box = point.getBoundingClientRect();
    const room = document.documentElement.clientWidth;
    const left = box.left + box.width / 2 - tip.offsetWidth / 2;
    const above = box.top - tip.offsetHeight - 8;
    tip.style.left = Math.max(4, Math.min(left, room - tip.offsetWidth - 4)) + "px";
    tip.style.top = (above > 4 ? above : box.bottom + 8) + "px";
  }

  function hide() {
    if (marked) marked.classList.remove("marked");
    marked = null;
    tip.hidden = true;
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text || "";
    return made;
  }

  // What stands for a line in the legend.
  function keys(svg, name) {
    return [...svg.querySelectorAll("g.key")].filter((key) => key.dataset.series === name);
  }

  // A button for each line; a line may be drawn in several groups of one name.
  function buttons(svg) {
    const lines = new Map();
    for (const group of svg.querySelectorAll("g.series[data-series]")) {
      const name = group.dataset.series;
      lines.set(name, [...(lines.get(name) || []), group]);
    }
    if (lines.size < 2) return null;
    const row = element("div", "lines");
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", "Lines of the chart");
    for (const [name, groups] of lines) {
      const button = element("button", "", name);
      button.type = "button";
      button.setAttribute("aria-pressed", "true");
      button.addEventListener("click", () => {
        const on = button.getAttribute("aria-pressed") === "false";
        button.setAttribute("aria-pressed", String(on));
        for (const group of groups) group.classList.toggle("off", !on);
        for (const key of keys(svg, name)) key.classList.toggle("faint", !on);
        hide();
      });
      row.append(button);
    }
    return row;
  }

  // Points that are shown, those of one line after another.
  function points(svg) {
    return [...svg.querySelectorAll("[data-tip]")].filter((point) => !point.closest(".off"));
  }

  function next(svg, key) {
    const all = points(svg);
    const at = all.indexOf(marked);
    const line = (point) => point.closest("g.series");
    switch (key) {
      case "ArrowRight": return all[Math.min(at + 1, all.length - 1)];
      case "ArrowLeft": return all[Math.max(at - 1, 0)];
      case "Home": return all[0];
      case "End": return all[all.length - 1];
      // The first point of the line below or above.
      case "ArrowDown": return at < 0 ? all[0] : all.slice(at).find((p) => line(p) !== line(all[at]));
      case "ArrowUp": {
        if (at < 0) return all[0];
        const before = all.slice(0, at).filter((p) => line(p) !== line(all[at])).pop();
        return before && all.find((p) => line(p) === line(before));
      }
      default: return undefined;
    }
  }

  for (const figure of document.querySelectorAll("figure")) {
    const drawing = figure.querySelector(".drawing");
    const svg = drawing.querySelector("svg");
    if (!svg) continue;
    const row = buttons(svg);
    if (row) drawing.before(row);
    if (!svg.querySelector("[data-tip]")) continue;

    const quiet = "Point at a mark for its value, or focus the chart and use the arrow keys.";
    const hint = element("p", "hint", quiet);
    hint.setAttribute("role", "status");
    hint.setAttribute("aria-live", "polite");
    drawing.after(hint);
    // The title stands above the chart; here the browser would show it over the values.
    svg.querySelector(":scope > title")?.remove();
    svg.setAttribute("tabindex", "0");
    svg.setAttribute("focusable", "true");
    svg.setAttribute("role", "application");
    svg.setAttribute("aria-roledescription", "chart; arrow keys read its points");
    svg.setAttribute("aria-labelledby", figure.getAttribute("aria-labelledby"));
    svg.addEventListener("keydown", (event) => {
      if (event.key === "Escape") hide();
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const point = next(svg, event.key);
      if (!point) return;
      event.preventDefault();
      show(point);
      hint.textContent = point.dataset.tip;
    });
    svg.addEventListener("blur", () => {
      hide();
      hint.textContent = quiet;
    });
    const touched = (event) => {
      const point = event.target.closest("[data-tip]");
      if (point) show(point);
      else if (event.type === "pointerdown") hide();
    };
    svg.addEventListener("pointerover", touched);
    svg.addEventListener("pointerdown", touched);
    svg.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse") hide();
    });
  }
  // The value stays beside its point, as long as that is in the window.
  addEventListener("scroll", () => {
    if (!marked) return;
    const box = marked.getBoundingClientRect();
    if (box.bottom < 0 || box.top > innerHeight) hide();
    else show(marked);
  }, { passive: true });
})();
