/** The atlas: replaces the server's picture by one that can be moved. */

import { twinAddress } from "./address.js";
import { Atlas } from "./app.js";
import { part } from "./part.js";
import { read } from "./scene.js";
import { drawable, reasonAgainst } from "./webgl.js";

async function start() {
  const figure = part("[data-atlas]");
  const twin = figure.dataset.twin ?? "";
  const answer = await fetch(figure.dataset.parts === undefined ? twinAddress(twin, { part: "map" }) : twin);
  if (!answer.ok) throw new Error(`${twin}: ${answer.status}`);
  const told = read(await answer.json());
  const drawn = drawable();
  const reason = reasonAgainst(drawn, told.marks?.total ?? told.scene.nodes.length);
  if (reason || !drawn) {
    part("[data-hint]").append(" " + reason);
    figure.dataset.state = "still";
    return;
  }
  await styled();
  const map = new Atlas(figure, twin, told, drawn);
  figure.dataset.state = "ready";
  await map.complete(told.marks);
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
