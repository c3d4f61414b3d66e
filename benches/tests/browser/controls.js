// Finds the controls, remembers them and how they look without the focus, and puts the focus behind the
// last one: the next press of Tab enters the page anew, from the start. Answers with their names.
() => {
    const stands = element => visible(element) && !element.disabled && !element.closest('[inert]');
    // One Tab stop for a group of radio buttons: the checked one, or else the first.
    const leads = element => {
        if (element.type !== 'radio' || !element.name) return true;
        const group = [...document.querySelectorAll('input[type=radio]')].filter(each =>
            each.name === element.name && each.form === element.form && stands(each));
        return element === (group.find(each => each.checked) || group[0]);
    };
    const selector = 'a[href], button, input, select, textarea, summary, [tabindex="0"], '
        + '[role="button"], [onclick]';
    const controls = [...document.querySelectorAll(selector)]
        .filter(element => stands(element) && leads(element));
    const end = document.body.appendChild(document.createElement('span'));
    end.tabIndex = -1;
    end.focus();
    end.remove();
    window.controlsUnderTest = controls.map(element => {
        const { boxShadow } = getComputedStyle(element);
        return { element, boxShadow };
    });
    return controls.map(describe);
}
