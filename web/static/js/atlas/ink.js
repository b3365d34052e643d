/** The outline and the colours of a mark, as numbers for WebGL. */

import { channels, coloursOf, faint } from "./palette.js";
import { lookOf } from "./state.js";

/** @typedef {import("./types.js").SceneNode} SceneNode */

const DASHED = 1;

/**
 * The outline of a mark: least width in pixels, share of the radius, and whether it is dashed.
 * @param {SceneNode} node
 */
export function outline(node) {
  if (node.place === "island") return [1.4, 0, DASHED];
  return { disc: [1.4, 0, 0], ring: [1.2, 0.48, 0], thin: [0.9, 0.2, 0], dot: [0, 0, 0] }[lookOf(node)];
}

/**
 * Fill and outline of a mark as bytes.
 * @param {SceneNode} node
 * @param {number} slot
 * @param {import("./palette.js").Palette} palette
 * @param {boolean} faded
 */
export function inked(node, slot, palette, faded) {
  const [strong, pale] = coloursOf(palette, slot);
  const { core, ring, paper, ink } = palette;
  const pair = { disc: [pale, strong], ring: [core, ring], thin: [paper, ink], dot: [strong, strong] }[lookOf(node)];
  return pair.flatMap((colour) => [...channels(faded ? faint(colour, palette) : colour), 255]);
}
