/** Going to a mark. */

import { roomAround } from "./districts.js";

/** @typedef {import("./types.js").SceneNode} SceneNode */
/** @typedef {import("./types.js").District} District */
/** @typedef {import("./view.js").View} View */

/**
 * Bring a mark, or the middle of a district, into view when it is outside or near the rim.
 * @param {View} view
 * @param {SceneNode | District} node
 */
export function reveal(view, node) {
  const { x, y } = view.camera.toScreen(node);
  const { width, height } = view.camera.frame;
  if (x > width * 0.1 && x < width * 0.9 && y > height * 0.1 && y < height * 0.9) return;
  view.camera.fly({ ...view.camera.before(node, node.radius), ratio: view.ratio }, 250);
}

/**
 * Fly to a mark, near enough to see what is around it.
 * @param {View} view
 * @param {SceneNode} node
 */
export function flyTo(view, node) {
  const around = (/** @type {SceneNode} */ d) => Math.hypot(d.x - node.x, d.y - node.y) <= d.radius * 1.3;
  const disc = node.kind === "networks" ? node : view.state.discs.find(around);
  view.camera.fly(view.camera.before(node, (disc?.radius ?? node.radius * 12) * 1.9), 400);
}

/**
 * Fly to a community, where it has a district: not so near that people come already.
 * @param {View} view
 * @param {string} community
 */
export function flyInto(view, community) {
  const district = view.state.scene.districts.find(({ id }) => id === community);
  if (district) view.camera.fly(view.camera.before(district, roomAround(district, view.state)), 400);
}
