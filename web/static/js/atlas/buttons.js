/** Nearer, farther, everything; and the camera written into the address once it rests. */

import { writeCamera } from "./address.js";
import { part } from "./part.js";

/** @typedef {import("./view.js").View} View */

/** @param {View} view */
export function listenToButtons(view) {
  const group = part("[data-zoom]");
  group.hidden = false;
  group.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button?.dataset.do === "in") view.zoom(1.5);
    if (button?.dataset.do === "out") view.zoom(1 / 1.5);
    if (button?.dataset.do === "fit") view.fit();
  });
}

/** @param {View} view */
export function rememberCamera(view) {
  let known = JSON.stringify(view.camera.stand);
  let timer = 0;
  view.host.addEventListener("rest", () => {
    const now = JSON.stringify(view.camera.stand);
    if (now === known) return;
    known = now;
    clearTimeout(timer);
    timer = setTimeout(() => writeCamera(view.camera.stand), 250);
  });
}
