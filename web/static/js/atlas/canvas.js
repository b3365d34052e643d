/** The canvases that lie over each other. */

/** @param {HTMLElement} host */
export function layer(host) {
  const canvas = document.createElement("canvas");
  canvas.className = "atlas-canvas";
  canvas.setAttribute("aria-hidden", "true");
  host.append(canvas);
  return canvas;
}

/** @param {CanvasRenderingContext2D} pen @param {{width: number, height: number}} frame @param {boolean} inked */
export function wiped(pen, { width, height }, inked) {
  if (inked) pen.clearRect(0, 0, width, height);
}
