/** Whether this browser can draw the map, or the page keeps the picture that the server drew. */

/** The reason to keep the server's picture, in words; empty when WebGL will do. */
export function reasonAgainst() {
  const gl = document.createElement("canvas").getContext("webgl2");
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return gl ? "" : "This browser has no WebGL, so the picture does not zoom.";
}
