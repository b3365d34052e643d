/** What the map shows at one moment, and what is near what. */

/** @typedef {import("./types.js").Scene} Scene */
/** @typedef {import("./types.js").SceneNode} SceneNode */
/** @typedef {import("./types.js").SceneEdge} SceneEdge */
/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Point} Point */

/**
 * Whether a mark is a ring rather than a dot: bridging leaders, and with a thin ring connectors.
 * @param {SceneNode} node
 */
export function ringed(node) {
  return node.bridging || node.connecting;
}

/**
 * @param {Scene} scene
 * @param {string} selected
 * @returns {State}
 */
export function makeState(scene, selected) {
  const people = scene.nodes.filter((n) => n.kind !== "networks");
  const byId = new Map(scene.nodes.map((n) => [n.id, n]));
  return {
    scene,
    byId,
    discs: scene.nodes.filter((n) => n.kind === "networks").sort((a, b) => b.weight - a.weight || b.radius - a.radius),
    rings: people.filter(ringed),
    dots: people.filter((n) => !ringed(n)),
    edges: scene.edges.filter((e) => byId.has(e.source) && byId.has(e.target)),
    selected: byId.has(selected) ? selected : "",
    hovered: "",
    cursor: "",
  };
}

/**
 * Edges to draw now: those that are always there, and those of the selected (or else hovered) mark.
 * @param {State} state
 * @returns {{edge: SceneEdge, chosen: boolean}[]}
 */
export function visibleEdges(state) {
  const centre = state.selected || state.hovered;
  return state.edges
    .map((edge) => ({ edge, chosen: centre !== "" && (edge.source === centre || edge.target === centre) }))
    .filter(({ edge, chosen }) => chosen || edge.always)
    .sort((a, b) => Number(a.chosen) - Number(b.chosen));
}

/**
 * The mark at a point: rings first, then members, then discs; small marks have a target of at least 24 pixels.
 * @param {State} state
 * @param {Point} at
 * @param {(n: SceneNode) => {x: number, y: number, r: number}} onScreen
 * @returns {SceneNode | null}
 */
export function markAt(state, at, onScreen) {
  return (
    nearest(state.rings, at, onScreen, 12) ??
    nearest(state.dots, at, onScreen, 5) ??
    nearest(state.discs, at, onScreen, 12)
  );
}

/**
 * @param {SceneNode[]} nodes
 * @param {Point} at
 * @param {(n: SceneNode) => {x: number, y: number, r: number}} onScreen
 * @param {number} reach least radius of the target in pixels
 */
function nearest(nodes, at, onScreen, reach) {
  let best = null;
  let least = Infinity;
  for (const node of nodes) {
    const { x, y, r } = onScreen(node);
    const distance = Math.hypot(x - at.x, y - at.y);
    if (distance <= Math.max(r, reach) && distance < least) [best, least] = [node, distance];
  }
  return best;
}

const WIDEST = (70 * Math.PI) / 180;

/**
 * The next mark in a direction (radians, y up): near, and little off the direction.
 * @param {SceneNode} from
 * @param {SceneNode[]} among
 * @param {number} direction
 * @returns {SceneNode | null}
 */
export function neighbourAt(from, among, direction) {
  let best = null;
  let least = Infinity;
  for (const node of among) {
    const [dx, dy] = [node.x - from.x, node.y - from.y];
    const distance = Math.hypot(dx, dy);
    if (node.id === from.id || distance === 0) continue;
    const turn = Math.abs(wrapped(Math.atan2(dy, dx) - direction));
    const cost = distance * (1 + 2 * (turn / WIDEST) ** 2);
    if (turn <= WIDEST && cost < least) [best, least] = [node, cost];
  }
  return best;
}

/** @param {number} angle */
function wrapped(angle) {
  return Math.atan2(Math.sin(angle), Math.cos(angle));
}
