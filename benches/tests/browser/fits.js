// Where the page is wider than its window, the elements that reach out of it.
() => {
    const root = document.documentElement;
    const width = root.clientWidth;
    if (root.scrollWidth <= width) return [];
    const out = [...document.body.querySelectorAll('*')]
        .filter(each => visible(each) && each.getBoundingClientRect().right > width + 1);
    // The innermost ones: what holds them is wide because of them.
    const inner = out.filter(each => !out.some(other => other !== each && each.contains(other)));
    const names = inner.slice(0, 5).map(describe).join(', ');
    return [`${root.scrollWidth} pixels wide in a window of ${width}: ${names}`];
}
