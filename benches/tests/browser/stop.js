// Where the focus is: which of the controls that controls.js found, and whether that can be seen.
() => {
    const element = document.activeElement;
    const end = !element || element === document.body || element === document.documentElement;
    if (end) return { end, index: null, name: '', outlined: false, scrolls: false };
    const index = window.controlsUnderTest.findIndex(each => each.element === element);
    const style = getComputedStyle(element);
    const pixel = new OffscreenCanvas(1, 1).getContext('2d');
    pixel.fillStyle = style.outlineColor;
    pixel.fillRect(0, 0, 1, 1);
    const outline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
        && pixel.getImageData(0, 0, 1, 1).data[3] > 0;
    const before = window.controlsUnderTest[index]?.boxShadow ?? 'none';
    const shadow = style.boxShadow !== 'none' && style.boxShadow !== before;
    return {
        end,
        index: index < 0 ? null : index,
        name: describe(element),
        outlined: visible(element) && (outline || shadow),
        scrolls: element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight,
    };
}
