/** The canvases that lie over each other. */

export function canvas() {
  const made = document.createElement("canvas");
  made.className = "atlas-canvas";
  made.setAttribute("aria-hidden", "true");
  return made;
}

/** @param {HTMLElement} host @param {HTMLCanvasElement} [made] */
export function layer(host, made = canvas()) {
  host.append(made);
  return made;
}

/** @param {CanvasRenderingContext2D} pen @param {{width: number, height: number}} frame @param {boolean} inked */
export function wiped(pen, { width, height }, inked) {
  if (inked) pen.clearRect(0, 0, width, height);
}
