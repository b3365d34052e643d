/** Whether this browser can draw the map, or the page keeps the picture that the server drew. */

import { word } from "../page/words.js";
import { canvas } from "./canvas.js";

/** The drawing context of a canvas, the same however often it is asked for. @param {HTMLCanvasElement} of */
export function contextOf(of) {
  return of.getContext("webgl2", { antialias: false, premultipliedAlpha: true });
}

/** A canvas for the marks, whose drawing context was made already, since there is no other way to know; else null. */
export function drawable() {
  const made = canvas();
  return contextOf(made) ? made : null;
}

/**
 * The reason to keep the server's picture, in words; empty when the map can be drawn.
 * @param {HTMLCanvasElement | null} drawn
 * @param {number} marks
 */
export function reasonAgainst(drawn, marks) {
  if (!marks) return word("nothing");
  return drawn ? "" : word("no_webgl");
}
