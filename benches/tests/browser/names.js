// The names of the elements that match.
selector => [...document.querySelectorAll(selector)].map(describe)
