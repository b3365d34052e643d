/** Import: files can be dropped, what is too large is said before it is sent, columns are guessed anew, progress shows. */

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
 * Asks how far it is until it is done, then shows what came of it.
 * @param {HTMLElement} place
 */
async function follow(place) {
  const doing = place.querySelector("[data-doing]");
  const share = place.querySelector("[data-share]");
  const bar = place.querySelector("progress");
  try {
    const answer = await fetch(place.dataset.progress ?? "", { cache: "no-store" });
    const told = await answer.json();
    if (told.step !== "working") {
      location.reload();
      return;
    }
    const how = told.draft.progress;
    if (doing) doing.textContent = how.doing;
    if (share) share.textContent = how.words;
    if (bar && how.of) {
      bar.max = how.of;
      bar.value = how.done;
    } else if (bar) bar.removeAttribute("value");
  } catch {
    // The server may be busy, or starting anew; it is asked again.
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
