// An old address leads on by itself without this, but to the top of the page: what stands behind
// `#` is the browser's alone to know.

const { to } = document.currentScript.dataset;
if (location.hash) location.replace(to + location.hash);
