/** Import: files can be dropped, too large ones are said before they are sent, columns guessed anew, progress shown. */

const PAUSE = 1000; // milliseconds between two questions how far it is

/**
 * Lets files be dropped on the form, and says at once when they are too large.
 * @param {HTMLFormElement} form
 */
function takeDrops(form) {
  const input = form.querySelector('input[type="file"]');
  const hint = form.querySelector("[data-drop-hint]");
  const warning = form.querySelector("[data-too-large]");
  const button = form.querySelector('button[type="submit"]');
  if (!(input instanceof HTMLInputElement) || !(button instanceof HTMLButtonElement)) return;
  if (hint instanceof HTMLElement) hint.hidden = false;
  const weigh = () => {
    const size = [...(input.files ?? [])].reduce((sum, file) => sum + file.size, 0);
    const tooLarge = size > Number(form.dataset.most);
    button.disabled = tooLarge;
    if (warning instanceof HTMLElement) warning.hidden = !tooLarge;
  };
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (event.dataTransfer?.files.length) input.files = event.dataTransfer.files;
    weigh();
  });
  input.addEventListener("change", weigh);
}

/**
 * This very page as it is now, in the reader's language.
 * @returns {Promise<Document | null>} null when the server does not answer
 */
function pageNow() {
  return new Promise((answer) => {
    const request = new XMLHttpRequest();
    request.open("GET", location.href);
    request.responseType = "document";
    request.addEventListener("loadend", () => answer(request.status === 200 ? request.responseXML : null));
    request.send();
  });
}

/**
 * Asks how far it is until it is done, then shows what came of it.
 * @param {HTMLElement} place
 */
async function follow(place) {
  const page = await pageNow();
  // The server may be busy, or starting anew: then it is asked again.
  const now = page?.querySelector("[data-progress]");
  if (page && !now) {
    location.reload();
    return;
  }
  for (const part of now ? ["[data-doing]", "[data-share]"] : []) {
    const [shown, told] = [place.querySelector(part), now?.querySelector(part)];
    if (shown && told) shown.textContent = told.textContent;
  }
  const [bar, far] = [place.querySelector("progress"), now?.querySelector("progress")];
  for (const name of bar && far ? ["max", "value"] : []) {
    const value = far?.getAttribute(name);
    if (value) bar?.setAttribute(name, value);
    else bar?.removeAttribute(name);
  }
  setTimeout(() => follow(place), PAUSE);
}

/**
 * What a table is was chosen anew: its columns are guessed for that.
 * @param {HTMLSelectElement} menu
 */
function guessAgain(menu) {
  menu.addEventListener("change", () => menu.form?.requestSubmit(menu.parentElement?.querySelector("button")));
}

for (const menu of document.querySelectorAll("select[data-again]")) {
  if (menu instanceof HTMLSelectElement) guessAgain(menu);
}
const form = document.querySelector("form[data-drop]");
if (form instanceof HTMLFormElement) takeDrops(form);
const place = document.querySelector("[data-progress]");
if (place instanceof HTMLElement) follow(place);
