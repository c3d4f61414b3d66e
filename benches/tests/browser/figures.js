// What is wrong with the elements that match: not to be seen, cut off, without a title.
selector => {
    const found = [];

    // The texts of a drawing that lie on each other, and those that a line runs through. A text that
    // paints its own edge covers the lines behind it.
    const tangles = svg => {
        const texts = [...svg.querySelectorAll('text')].filter(visible).map(text => {
            const { left, right, top, bottom } = text.getBoundingClientRect();
            // The box of a text is higher than its letters.
            const low = (bottom - top) * 0.25;
            return { text, left: left + 1, right: right - 1, top: top + low, bottom: bottom - low };
        });
        const tangled = [];
        texts.forEach((one, place) => texts.slice(place + 1).forEach(other => {
            if (one.left < other.right && other.left < one.right
                && one.top < other.bottom && other.top < one.bottom) {
                tangled.push(`${describe(one.text)} lies on ${describe(other.text)}`);
            }
        }));
        const bare = texts.filter(({ text }) => getComputedStyle(text).stroke === 'none');
        for (const line of svg.querySelectorAll('line, path')) {
            const { fill, stroke } = getComputedStyle(line);
            if (stroke === 'none' || (line.localName === 'path' && fill !== 'none')) continue;
            if (line.closest('pattern')) continue;
            const matrix = line.getScreenCTM();
            const length = line.getTotalLength();
            for (let at = 0; at <= length; at += 2) {
                const { x, y } = line.getPointAtLength(at).matrixTransform(matrix);
                const hit = bare.find(box =>
                    x > box.left && x < box.right && y > box.top && y < box.bottom);
                if (hit) {
                    const kind = line.getAttribute('class');
                    tangled.push(`a line (${kind}) runs through ${describe(hit.text)}`);
                    break;
                }
            }
        }
        return tangled;
    };

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
            found.push(...tangles(svg));
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
