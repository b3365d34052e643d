/** What the map tells once: how to read it, and how to zoom it. */

/** For a moment: how the wheel comes to move the map and not the page. @param {HTMLElement} stage */
export function hintAtWheel(stage) {
  const hint = stage.querySelector("[data-wheel]");
  if (!(hint instanceof HTMLElement)) return;
  hint.hidden = false;
  clearTimeout(Number(hint.dataset.timer));
  hint.dataset.timer = String(setTimeout(() => (hint.hidden = true), 1600));
}

/** On the first visit, and never again: what disc, dot and ring are. */
export function hintAtFirst() {
  const hints = document.querySelector("[data-hints]");
  if (!(hints instanceof HTMLElement)) return;
  try {
    if (localStorage.getItem("atlas-hints")) return;
    hints.hidden = false;
    hints.querySelector("button")?.addEventListener("click", () => {
      hints.hidden = true;
      localStorage.setItem("atlas-hints", "seen");
    });
  } catch {
    hints.hidden = true; // a browser that remembers nothing would be told on every visit
  }
}
