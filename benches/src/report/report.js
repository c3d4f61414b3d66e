"use strict";
// Values on hover, touch and by keyboard; the other lines of a chart step back. The page reads well without it.
(() => {
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("role", "status");
  tip.setAttribute("aria-live", "polite");
  document.body.append(tip);
  let marked = null;
  document.querySelector(".hint")?.removeAttribute("hidden");

  function show(point) {
    if (marked && marked !== point) hide();
    marked = point;
    point.classList.add("marked");
    lines(point.ownerSVGElement, point);
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
    if (marked) {
      marked.classList.remove("marked");
      lines(marked.ownerSVGElement, null);
    }
    marked = null;
    tip.hidden = true;
  }

  // The lines of a chart besides that of a point step back; a line may be drawn in several groups.
  function lines(svg, point) {
    const mine = point && point.closest("g.series");
    for (const group of svg.querySelectorAll("g.series")) {
      const other = mine && group.dataset.series !== mine.dataset.series;
      group.classList.toggle("faint", Boolean(other));
    }
  }

  // The points, those of one line after another.
  function points(svg) {
    return [...svg.querySelectorAll("[data-tip]")];
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

  for (const svg of document.querySelectorAll("figure .drawing > svg")) {
    if (!svg.querySelector("[data-tip]")) continue;
    const figure = svg.closest("figure");
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
    });
    svg.addEventListener("blur", hide);
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
