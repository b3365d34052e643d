/** Keys of the review page: with the focus in a question, the letters on its buttons answer it; u takes the last back. */

/**
 * The button that a key means: one of the question that has the focus, or the one that takes the last answer back.
 * @param {HTMLElement} question
 * @param {string} key
 * @returns {HTMLButtonElement | null}
 */
function meant(question, key) {
  const selector = `button[data-key="${CSS.escape(key)}"]`;
  const found = key === "u" ? document.querySelector(selector) : question.querySelector(selector);
  return found instanceof HTMLButtonElement ? found : null;
}

document.addEventListener("keydown", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const question = target?.closest("[data-question]");
  if (!(question instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (target?.matches("input, textarea, select")) return;
  const button = meant(question, event.key);
  if (!button) return;
  event.preventDefault();
  button.click();
});

const first = document.querySelector("[data-question]");
const named = first?.querySelector('input[name="who"]');
// Who has said who they are goes on with the next question; whoever has not is asked for that first.
if (first instanceof HTMLElement && named instanceof HTMLInputElement && named.value) first.focus();
