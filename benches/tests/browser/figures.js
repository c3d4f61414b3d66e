// What is wrong with the elements that match: not to be seen, cut off, without a title.
selector => {
    const found = [];
    const width = document.documentElement.clientWidth;
    const elements = [...document.querySelectorAll(selector)];
    if (elements.length === 0) found.push(`nothing matches ${selector}`);
    for (const element of elements) {
        const name = describe(element);
        if (!visible(element)) {
            found.push(`${name} cannot be seen`);
            continue;
        }
        const box = element.getBoundingClientRect();
        if (box.left < -1 || box.right > width + 1) {
            found.push(`${name} reaches from ${box.left} to ${box.right} on a page of ${width}`);
        }
        for (const svg of [element, ...element.querySelectorAll('*')]) {
            if (svg.localName !== 'svg' || svg.ownerSVGElement) continue;
            const title = svg.querySelector(':scope > title');
            // Its own, or that of the figure around it.
            const labels = (svg.getAttribute('aria-labelledby') ?? '').split(' ');
            const texts = [title, ...labels.map(id => document.getElementById(id))];
            if (!texts.some(text => text?.textContent.trim())) {
                found.push(`${describe(svg)} has no title`);
            }
            const frame = svg.getBoundingClientRect();
            for (const text of svg.querySelectorAll('text')) {
                const words = text.getBoundingClientRect();
                if (words.width > 0 && (words.left < frame.left - 1 || words.right > frame.right + 1
                    || words.top < frame.top - 1 || words.bottom > frame.bottom + 1)) {
                    found.push(`${describe(text)} is cut off by its ${name}`);
                }
            }
        }
        for (const each of [element, ...element.querySelectorAll('*')]) {
            const { overflowX, overflowY } = getComputedStyle(each);
            const cut = value => value === 'hidden' || value === 'clip';
            if (each instanceof HTMLElement && visible(each) && each.textContent.trim()
                && ((cut(overflowX) && each.scrollWidth > each.clientWidth + 1)
                    || (cut(overflowY) && each.scrollHeight > each.clientHeight + 1))) {
                found.push(`the text of ${describe(each)} is cut off`);
            }
        }
    }
    return found;
}
