/** Whether this browser can draw the map, or the page keeps the picture that the server drew. */

import { word } from "../page/words.js";

/** The reason to keep the server's picture, in words; empty when WebGL will do. */
export function reasonAgainst() {
  const gl = document.createElement("canvas").getContext("webgl2");
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return gl ? "" : word("no_webgl");
}
