// What the functions beside this file use.

// An element as a reader of a finding knows it: its tag, id, classes and first words.
const describe = element => {
    const id = element.id ? `#${element.id}` : '';
    const classes = [...element.classList].map(each => `.${each}`).join('');
    const words = (element.textContent || '').trim().replace(/\s+/g, ' ').slice(0, 40);
    return `<${element.localName}${id}${classes}>${words ? ` "${words}"` : ''}`;
};

const visible = element => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0
        && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
};
