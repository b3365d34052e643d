/** What the map shows at one moment, and what is near what. */

/** @typedef {import("./types.js").Scene} Scene */
/** @typedef {import("./types.js").SceneNode} SceneNode */
/** @typedef {import("./types.js").SceneEdge} SceneEdge */
/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Point} Point */
/** @typedef {import("./types.js").OnScreen} OnScreen */

/**
 * Whether a mark is a ring rather than a dot: bridging leaders, and with a thin ring connectors.
 * @param {SceneNode} node
 */
export function ringed(node) {
  return node.bridging || node.connecting;
}

/**
 * What a mark is drawn as.
 * @param {SceneNode} node
 * @returns {"disc" | "ring" | "thin" | "dot"}
 */
export function lookOf(node) {
  if (node.kind === "networks") return "disc";
  return node.bridging ? "ring" : node.connecting ? "thin" : "dot";
}

/**
 * @param {Scene} scene
 * @param {string} selected
 * @param {import("./types.js").Movement | null} [moved]
 * @returns {State}
 */
export function makeState(scene, selected, moved) {
  const people = scene.nodes.filter((n) => n.kind !== "networks");
  const byId = new Map(scene.nodes.map((n) => [n.id, n]));
  return {
    scene,
    byId,
    discs: scene.nodes.filter((n) => n.kind === "networks").sort((a, b) => b.weight - a.weight || b.radius - a.radius),
    rings: people.filter(ringed),
    dots: people.filter((n) => !ringed(n)),
    apart: people.filter((n) => !ringed(n) && n.weight === 0), // in no network, so in no disc
    edges: scene.edges.filter((e) => byId.has(e.source) && byId.has(e.target)),
    selected: byId.has(selected) ? selected : "",
    hovered: "",
    cursor: "",
    community: "",
    faded: new Set(),
    moved: new Map(moved?.marks.map(({ id, badge }) => [id, badge])),
    met: moved?.met.map(({ first, second }) => [first, second]) ?? [],
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
 * Ids of the other ends of the ties of a mark.
 * @param {State} state
 * @param {string} id
 */
export function tiedTo(state, id) {
  if (!id) return [];
  const own = state.edges.filter((e) => e.source === id || e.target === id);
  return own.map((e) => (e.source === id ? e.target : e.source));
}

const RING_REACH = 12; // pixels around a ring that stands free; small marks have a target of at least 24
const DOT_FROM = 3.5; // radius in pixels from which a click means the member and not the disc

/**
 * The mark that a point means: a ring, a member who is drawn large enough to be meant, else the disc. In a disc a ring
 * is meant only where it is hit, since around it the disc is.
 * @param {State} state
 * @param {Point} at
 * @param {OnScreen} onScreen
 * @returns {SceneNode | null}
 */
export function markAt(state, at, onScreen) {
  const disc = nearest(state.discs, at, onScreen, RING_REACH);
  const within = disc !== null && away(onScreen(disc), at) <= 0;
  const ring = nearest(state.rings, at, onScreen, within ? 0 : RING_REACH, within ? 3 : 0);
  if (ring) return ring;
  const near = state.dots.length > 0 && onScreen(state.dots[0]).r >= DOT_FROM; // the sizes of members hardly differ
  return nearest(near ? state.dots : within ? [] : state.apart, at, onScreen, 0, 2) ?? disc;
}

/**
 * How far a point is from the rim of a circle; negative inside.
 * @param {import("./types.js").Circle} circle
 * @param {Point} at
 */
function away({ x, y, r }, at) {
  return Math.hypot(x - at.x, y - at.y) - r;
}

/**
 * @param {SceneNode[]} nodes
 * @param {Point} at
 * @param {OnScreen} onScreen
 * @param {number} reach least radius of the target in pixels
 * @param {number} [more] so many pixels beyond the rim count as well
 */
function nearest(nodes, at, onScreen, reach, more = 0) {
  let best = null;
  let least = Infinity;
  for (const node of nodes) {
    const { x, y, r } = onScreen(node);
    const distance = Math.hypot(x - at.x, y - at.y);
    if (distance <= Math.max(r + more, reach) && distance < least) [best, least] = [node, distance];
  }
  return best;
}

const WIDEST = (70 * Math.PI) / 180;

/**
 * The next mark in a direction (radians, y up): near, and little off the direction.
 * @template {{id: string, x: number, y: number}} Mark
 * @param {Mark} from
 * @param {Mark[]} among
 * @param {number} direction
 * @returns {Mark | null}
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
