// A point of the window at which the mouse is on the element number `index` of those that match.
(selector, index) => {
    const element = document.querySelectorAll(selector)[index];
    if (!element) throw new Error(`nothing matches ${selector}`);
    element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const box = element.getBoundingClientRect();
    const points = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }];
    // The middle of the box of a line is not always on the line.
    if (element instanceof SVGGeometryElement) {
        const matrix = element.getScreenCTM();
        const length = element.getTotalLength();
        for (const part of [0.5, 0.25, 0.75, 0.1, 0.9]) {
            const { x, y } = element.getPointAtLength(length * part).matrixTransform(matrix);
            points.push({ x, y });
        }
    }
    const on = ({ x, y }) => element.contains(document.elementFromPoint(x, y));
    const point = points.find(on);
    if (!point) {
        const above = document.elementFromPoint(points[0].x, points[0].y);
        throw new Error(`${describe(element)} is covered by ${above ? describe(above) : 'nothing'}`);
    }
    return point;
}
