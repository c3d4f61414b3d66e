// Those of the elements that match which end below the first screen of this height.
(selector, height) => {
    const elements = [...document.querySelectorAll(selector)].filter(visible);
    const found = elements.length === 0 ? [`nothing matches ${selector}`] : [];
    for (const element of elements) {
        const bottom = element.getBoundingClientRect().bottom + scrollY;
        if (bottom > height) {
            found.push(`${describe(element)} ends at ${bottom.toFixed(0)} of ${height}`);
        }
    }
    return found;
}
