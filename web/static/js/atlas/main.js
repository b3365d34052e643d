/** The atlas: replaces the server's picture by one that can be moved. */

import { word } from "../page/words.js";
import { twinAddress } from "./address.js";
import { Atlas } from "./app.js";
import { part } from "./part.js";
import { reasonAgainst } from "./webgl.js";

/** @typedef {import("./types.js").AtlasView} AtlasView */
/** @typedef {import("./types.js").Limited} Limited */
/** @typedef {import("./types.js").Movement} Movement */

async function start() {
  const figure = part("[data-atlas]");
  const twin = figure.dataset.twin ?? "";
  const answer = await fetch(figure.dataset.parts === undefined ? twinAddress(twin, { part: "map" }) : twin);
  if (!answer.ok) throw new Error(`${twin}: ${answer.status}`);
  const told = /** @type {{atlas: AtlasView, limited?: Limited, moved?: Movement}} */ (await answer.json());
  const reason = told.atlas.scene.nodes.length ? reasonAgainst() : word("nothing");
  if (reason) {
    part("[data-hint]").append(" " + reason);
    figure.dataset.state = "still";
    return;
  }
  await styled();
  new Atlas(figure, twin, told);
  figure.dataset.state = "ready";
}

/** Until the style sheets are there, the map has no size. */
function styled() {
  if (document.readyState === "complete") return Promise.resolve();
  return new Promise((resolve) => addEventListener("load", resolve, { once: true }));
}

start().catch((error) => {
  console.error(error); // the server's picture stays
  const figure = document.querySelector("[data-atlas]");
  if (figure instanceof HTMLElement) figure.dataset.state = "failed";
});
