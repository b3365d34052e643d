/** What changed since a day: tags on discs, diamonds around people, dashed lines between networks that join anew. */

import { curve } from "./layers.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").SceneNode} SceneNode */
/** @typedef {import("./types.js").OnScreen} OnScreen */
/** @typedef {import("./palette.js").Palette} Palette */

const [HIGH, LETTER] = [17, 7.4]; // pixels: height of a tag, and width of a letter in it
const FEW = 60; // of more networks those have a tag that are as large as one, or are pointed at

/**
 * The tags, as circles that no name may cover.
 * @param {State} state
 * @param {SceneNode[]} discs
 * @param {OnScreen} onScreen
 */
export function tagsOn(state, discs, onScreen) {
  return discs.flatMap((disc) => {
    const tag = state.faded.has(disc.id) ? "" : state.moved.get(disc.id);
    if (!tag) return [];
    const { x, y, r } = onScreen(disc);
    if (state.discs.length > FEW && 2 * r < HIGH && ![state.selected, state.hovered].includes(disc.id)) return [];
    return [{ x: x + r * 0.71, y: y - r * 0.71, r: (tag.length * LETTER) / 2 + 5, tag }];
  });
}

/**
 * Under the marks. Answers whether anything was drawn.
 * @param {CanvasRenderingContext2D} pen
 * @param {State} state
 * @param {Palette} palette
 * @param {OnScreen} onScreen
 */
export function paintMet(pen, state, palette, onScreen) {
  pen.strokeStyle = palette.fresh;
  pen.lineWidth = 2.4;
  pen.setLineDash([7, 5]);
  for (const [source, target] of state.met) {
    pen.globalAlpha = state.faded.has(source) || state.faded.has(target) ? 0.1 : 1;
    curve(pen, state, { source, target }, onScreen);
  }
  pen.setLineDash([]);
  pen.globalAlpha = 1;
  return state.met.length > 0;
}

/**
 * Over the marks. Answers whether anything was drawn.
 * @param {CanvasRenderingContext2D} pen
 * @param {State} state
 * @param {Palette} palette
 * @param {OnScreen} onScreen
 */
export function paintMoved(pen, state, palette, onScreen) {
  if (!state.moved.size) return false;
  pen.strokeStyle = palette.fresh;
  pen.lineWidth = 1.8;
  for (const [id] of state.moved) {
    const node = state.byId.get(id);
    if (node && node.kind !== "networks" && !state.faded.has(id)) diamond(pen, onScreen(node));
  }
  pen.font = `650 12.5px ${getComputedStyle(pen.canvas).fontFamily}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineWidth = 1;
  for (const one of tagsOn(state, state.discs, onScreen)) tagged(pen, one, palette);
  return true;
}

/** How far a diamond reaches around a mark. @param {number} r its radius in pixels */
export function diamondOf(r) {
  return Math.max(r * 1.6 + 1.5, 4);
}

/** @param {CanvasRenderingContext2D} pen @param {import("./types.js").Circle} at */
function diamond(pen, { x, y, r }) {
  const reach = diamondOf(r);
  pen.beginPath();
  pen.moveTo(x, y - reach);
  for (const [dx, dy] of [[reach, 0], [0, reach], [-reach, 0]]) pen.lineTo(x + dx, y + dy);
  pen.closePath();
  pen.stroke();
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {import("./types.js").Circle & {tag: string}} at
 * @param {Palette} palette
 */
function tagged(pen, { x, y, r, tag }, palette) {
  pen.beginPath();
  pen.roundRect(x - r, y - HIGH / 2, 2 * r, HIGH, 5);
  pen.fillStyle = palette.surface;
  pen.fill();
  pen.strokeStyle = palette.ink;
  pen.stroke();
  pen.fillStyle = palette.ink;
  pen.fillText(tag, x, y + 0.5);
}
