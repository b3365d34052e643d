/** Mouse and touch on the map: click chooses, hovering names; scrolling the page stays possible over the map. */

import { leavePageScrolling } from "../page/scrolling.js";
import { markAt } from "./state.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./view.js").View} View */

/**
 * @param {View} view
 * @param {State} state
 * @param {(id: string) => void} choose
 */
export function listenToPointer(view, state, choose) {
  const find = (/** @type {{x: number, y: number}} */ at) => markAt(state, at, view.onScreen);
  for (const name of /** @type {const} */ (["clickStage", "clickNode"])) {
    view.renderer.on(name, (/** @type {{event: import("./types.js").Point}} */ { event }) => {
      choose(find(event)?.id ?? "");
      view.host.focus({ preventScroll: true });
    });
  }
  view.renderer.getMouseCaptor().on("mousemove", (event) => hover(find(event)?.id ?? ""));
  view.host.addEventListener("pointerleave", () => hover(""));

  /** @param {string} id */
  function hover(id) {
    if (state.hovered === id) return;
    state.hovered = id;
    view.host.classList.toggle("pointing", id !== "");
    view.render();
  }

  leavePageScrolling(view.host);
}
