// The words that can be seen in the elements that match.
selector => [...document.querySelectorAll(selector)].filter(visible)
    .map(each => each.textContent.trim()).join(' ').trim()
