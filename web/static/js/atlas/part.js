/** The parts of the page that the scripts work on, and what its twin answers. */

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

/**
 * @param {string} address
 * @returns {Promise<object | null>}
 */
export async function fetched(address) {
  try {
    const answer = await fetch(address);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null; // the server has gone: the map itself still works
  }
}
