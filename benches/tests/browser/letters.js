// The text of the drawings that match which is shown smaller than `least` or larger than `most` pixels.
(selector, least, most) => {
    const found = [];
    const drawings = [...document.querySelectorAll(selector)].filter(visible);
    const texts = drawings.flatMap(svg => [...svg.querySelectorAll('text')]).filter(visible);
    if (texts.length === 0) found.push(`no text in ${selector}`);
    for (const text of texts) {
        const size = parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a;
        if (size < least || size > most) {
            found.push(`${describe(text)} is shown ${size.toFixed(1)} pixels high`);
        }
    }
    return found;
}
