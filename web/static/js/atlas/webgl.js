/** Whether this browser should draw the map with WebGL, or keep the picture that the server drew. */

const MOST_IN_SOFTWARE = 3000; // marks; above that a processor without graphics hardware is too slow

/**
 * The reason to keep the server's picture, in words; empty when WebGL will do.
 * @param {number} marks how many the map has
 */
export function reasonAgainst(marks) {
  if (matchMedia("(forced-colors: active)").matches) return "This picture keeps to your contrast colours.";
  const canvas = document.createElement("canvas");
  const gl = canvas.getContext("webgl2");
  if (!gl) return "This browser has no WebGL, so the picture does not zoom.";
  const slow = marks > MOST_IN_SOFTWARE && isSoftware(gl);
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return slow ? "This machine draws WebGL in software only, so this large picture does not zoom." : "";
}

/** @param {WebGL2RenderingContext} gl */
function isSoftware(gl) {
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  const name = info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : "";
  return /swiftshader|llvmpipe|software|basic render/i.test(name);
}
