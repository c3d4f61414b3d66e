// The text whose contrast against what is painted behind it is below `least`.
(selector, least) => {
    const found = [];
    const pixel = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const known = new Map();

    // Any CSS colour as [red, green, blue, alpha], the first three 0..255 and the last 0..1.
    const colour = css => {
        if (!known.has(css)) {
            pixel.clearRect(0, 0, 1, 1);
            pixel.fillStyle = css;
            pixel.fillRect(0, 0, 1, 1);
            const [red, green, blue, alpha] = pixel.getImageData(0, 0, 1, 1).data;
            known.set(css, [red, green, blue, alpha / 255]);
        }
        return known.get(css);
    };
    const over = (above, below) =>
        [0, 1, 2].map(i => above[i] * above[3] + below[i] * (1 - above[3])).concat(1);
    const faded = ([red, green, blue, alpha], by) => [red, green, blue, alpha * by];

    // Relative luminance and contrast ratio as WCAG 2.2 defines them.
    const luminance = rgb => {
        const [red, green, blue] = rgb.slice(0, 3).map(value => value / 255)
            .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const ratio = (one, other) => {
        const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
        return (high + 0.05) / (low + 0.05);
    };

    const opacity = element => {
        let product = 1;
        for (let each = element; each; each = each.parentElement) {
            product *= Number(getComputedStyle(each).opacity);
        }
        return product;
    };

    // What an element paints behind what stands on it; null where that cannot be told.
    const paint = element => {
        const style = getComputedStyle(element);
        if (element instanceof SVGElement && element.ownerSVGElement) {
            // A line has no inside, whatever its fill is.
            const filled = element instanceof SVGGeometryElement && !(element instanceof SVGLineElement);
            if (!filled || style.fill === 'none') return [0, 0, 0, 0];
            if (style.fill.startsWith('url(')) return null;
            return faded(colour(style.fill), Number(style.fillOpacity) * opacity(element));
        }
        if (style.backgroundImage !== 'none') return null;
        return faded(colour(style.backgroundColor), opacity(element));
    };

    // The colour of a page that paints none itself.
    const probe = document.body.appendChild(document.createElement('div'));
    probe.style.backgroundColor = 'Canvas';
    const canvas = colour(getComputedStyle(probe).backgroundColor);
    probe.remove();

    const background = (element, x, y) => {
        const stack = document.elementsFromPoint(x, y);
        const at = stack.indexOf(element);
        let below = at < 0 ? [] : stack.slice(at);
        for (let each = at < 0 ? element : null; each; each = each.parentElement) below.push(each);
        // The body paints the whole window, also where it does not reach.
        const layers = new Set([...below, document.body, document.documentElement]);
        const colours = [];
        for (const each of layers) {
            const layer = paint(each);
            if (layer === null) return null;
            colours.push(layer);
            if (layer[3] >= 1) break;
        }
        return colours.reduceRight((under, above) => over(above, under), canvas);
    };

    // What the mouse passes through is painted all the same. A policy of the page may forbid a style
    // element, and does not speak of an adopted sheet.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { pointer-events: auto !important; }');
    document.adoptedStyleSheets.push(sheet);
    const elements = [...document.querySelectorAll(selector)];
    let looked = 0;
    for (const element of elements) {
        const words = [...element.childNodes]
            .find(node => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
        if (!words || !visible(element) || element.matches(':disabled, title, desc, style, script')) {
            continue;
        }
        element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
        const range = document.createRange();
        range.selectNodeContents(words);
        const box = [...range.getClientRects()].find(each => each.width > 0 && each.height > 0);
        // Words for screen readers alone stand outside of the page.
        if (!box || box.right + scrollX <= 0 || box.bottom + scrollY <= 0) continue;
        looked++;
        const computed = getComputedStyle(element);
        const svg = element instanceof SVGElement;
        const behind = background(element, box.x + box.width / 2, box.y + box.height / 2);
        if (!behind || (svg && computed.fill.startsWith('url('))) {
            found.push(`${describe(element)} stands on a picture: its contrast cannot be told`);
            continue;
        }
        const own = colour(svg ? computed.fill : computed.color);
        const alpha = opacity(element) * (svg ? Number(computed.fillOpacity) : 1);
        const text = over(faded(own, alpha), behind);
        const contrast = ratio(text, behind);
        if (contrast < least) {
            const rgb = value => `rgb(${value.slice(0, 3).map(Math.round)})`;
            found.push(`${describe(element)} has a contrast of ${contrast.toFixed(2)}, `
                + `${rgb(text)} on ${rgb(behind)}, and needs ${least}`);
        }
    }
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter(each => each !== sheet);
    scrollTo({ top: 0, behavior: 'instant' });
    if (looked === 0) found.push(`no text matches ${selector}`);
    return found;
}
