/** The parts of the page that the scripts work on. */

/**
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function part(selector) {
  const found = document.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`the page has no ${selector}`);
  return found;
}

/** Tell those who do not see the map. @param {string} words */
export function say(words) {
  part("[data-live]").textContent = words;
}
