/** How large marks are drawn: the rules come with the scene (netofnets/services/map/sizes.py); this applies them. */

import { ringed } from "./state.js";

/** @typedef {import("./types.js").SceneNode} SceneNode */
/** @typedef {import("./types.js").Sizes} Sizes */

/**
 * What one mark's radius follows: its own radius times the scale, at least `least`, growing slowly from `knee` on.
 * @typedef {{radius: number, least: number, knee: number}} Rule
 */

const NEVER = 1e9;

/**
 * @param {Sizes} sizes
 * @param {number} rings how many the map has
 * @param {number} width of the picture in pixels
 * @returns {(node: SceneNode) => Rule}
 */
export function rulesFor(sizes, rings, width) {
  const ring = rings <= sizes.many_rings ? sizes.least_ring : sizes.least_ring_of_many;
  const leastRing = ring * Math.min(Math.max(width / sizes.wide, sizes.narrow), 1);
  return (node) => {
    if (node.kind === "networks") return { radius: node.radius, least: sizes.least_disc, knee: NEVER };
    if (ringed(node)) return { radius: node.radius, least: leastRing, knee: sizes.knee };
    return { radius: node.radius * sizes.grown_dot, least: sizes.least_dot, knee: sizes.knee };
  };
}

/**
 * The radius in pixels.
 * @param {Rule} rule
 * @param {number} scale pixels for one unit of the map
 * @param {number} slope
 */
export function drawnRadius({ radius, least, knee }, scale, slope) {
  const drawn = Math.max(radius * scale, least);
  return drawn <= knee ? drawn : knee + slope * Math.sqrt(drawn - knee);
}
