/** What is painted by hand under and over the marks: ties, what is chosen, and where the keyboard is. */

import { paintMet, paintMoved } from "./moved.js";
import { coloursOf } from "./palette.js";
import { lookOf, visibleEdges } from "./state.js";

/** @typedef {import("./types.js").SceneNode} SceneNode */
/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").OnScreen} OnScreen */
/** @typedef {import("./palette.js").Palette} Palette */

/**
 * Under the marks: ties that are always there. Answers whether anything was drawn.
 * @param {CanvasRenderingContext2D} pen
 * @param {State} state
 * @param {Palette} palette
 * @param {OnScreen} onScreen
 */
export function paintBelow(pen, state, palette, onScreen) {
  const edges = visibleEdges(state);
  const largest = Math.max(1e-9, ...edges.map(({ edge }) => edge.weight));
  const dimmed = state.selected !== "" && edges.some(({ chosen }) => chosen);
  pen.strokeStyle = palette.line;
  for (const { edge, chosen } of edges) {
    if (chosen && state.selected) continue;
    const out = state.faded.has(edge.source) || state.faded.has(edge.target);
    pen.globalAlpha = out ? 0.08 : dimmed ? 0.18 : 0.42;
    pen.lineWidth = 1 + 4.5 * Math.sqrt(Math.max(0, edge.weight) / largest);
    curve(pen, state, edge, onScreen);
  }
  pen.globalAlpha = 1;
  return paintMet(pen, state, palette, onScreen) || edges.length > 0;
}

/**
 * Over the marks: a veil over what the selection has nothing to do with, its ties, what is chosen or hovered, and the
 * focus of the keyboard. Answers whether anything was drawn.
 * @param {CanvasRenderingContext2D} pen
 * @param {State} state
 * @param {Map<string, number>} slots palette place of each group
 * @param {Palette} palette
 * @param {OnScreen} onScreen
 * @param {boolean} focused
 */
export function paintAbove(pen, state, slots, palette, onScreen, focused) {
  const tied = involved(state);
  if (tied) veil(pen, state, tied, palette, onScreen);
  paintTies(pen, state, palette, onScreen);
  const raised = new Set([...(tied ?? []), state.selected, state.hovered]);
  for (const id of raised) {
    const node = state.byId.get(id);
    if (node) paintRaised(pen, node, state, slots, palette, onScreen);
  }
  const cursor = focused ? state.byId.get(state.cursor) : undefined;
  if (cursor) {
    const { x, y, r } = onScreen(cursor);
    pen.strokeStyle = palette.focus;
    pen.lineWidth = 3;
    pen.setLineDash([6, 4]);
    circle(pen, x, y, Math.max(r, 6) + 5);
    pen.stroke();
    pen.setLineDash([]);
  }
  return paintMoved(pen, state, palette, onScreen) || raised.size > 1 || cursor !== undefined || !raised.has("");
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {State} state
 * @param {Palette} palette
 * @param {OnScreen} onScreen
 */
function paintTies(pen, state, palette, onScreen) {
  const chosen = visibleEdges(state).filter((one) => one.chosen);
  const largest = Math.max(1e-9, ...chosen.map(({ edge }) => edge.weight));
  pen.strokeStyle = palette.chosen;
  for (const { edge } of chosen) {
    const weighty = [edge.source, edge.target].every((id) => state.byId.get(id)?.kind === "networks");
    pen.lineWidth = weighty ? 1 + 4.5 * Math.sqrt(Math.max(0, edge.weight) / largest) : 2.2;
    curve(pen, state, edge, onScreen);
  }
}

/**
 * The selected mark and everything tied to it; null when nothing is selected.
 * @param {State} state
 */
function involved(state) {
  if (!state.selected) return null;
  const ends = visibleEdges(state).filter(({ chosen }) => chosen).flatMap(({ edge }) => [edge.source, edge.target]);
  return new Set([state.selected, ...ends]);
}

/**
 * What the selection has nothing to do with steps back behind a veil of paper.
 * @param {CanvasRenderingContext2D} pen
 * @param {State} state
 * @param {Set<string>} tied
 * @param {Palette} palette
 * @param {OnScreen} onScreen
 */
function veil(pen, state, tied, palette, onScreen) {
  pen.beginPath();
  pen.rect(0, 0, pen.canvas.width, pen.canvas.height);
  for (const disc of state.discs) {
    if (!tied.has(disc.id)) continue;
    const { x, y, r } = onScreen(disc);
    pen.moveTo(x + r + 2, y);
    pen.arc(x, y, r + 2, 0, 2 * Math.PI);
  }
  pen.globalAlpha = 0.55;
  pen.fillStyle = palette.paper;
  pen.fill("evenodd");
  pen.globalAlpha = 1;
}

/**
 * A mark that is chosen, hovered or tied to what is chosen, once more and above the veil.
 * @param {CanvasRenderingContext2D} pen
 * @param {SceneNode} node
 * @param {State} state
 * @param {Map<string, number>} slots
 * @param {Palette} palette
 * @param {OnScreen} onScreen
 */
function paintRaised(pen, node, state, slots, palette, onScreen) {
  const { x, y, r } = onScreen(node);
  const look = lookOf(node);
  const selected = node.id === state.selected;
  const near = selected || node.id === state.hovered;
  const [strong] = coloursOf(palette, slots.get(node.group) ?? -1);
  circle(pen, x, y, look === "disc" ? r : Math.max(r + (near ? 1.5 : 0), selected ? 5 : 0));
  if (look !== "disc") {
    pen.fillStyle = { ring: palette.core, thin: palette.paper, dot: selected ? palette.chosen : strong }[look];
    pen.fill();
  }
  if (look === "dot" && !near) return;
  const own = { disc: strong, ring: palette.ring, thin: palette.ink, dot: palette.chosen }[look];
  pen.strokeStyle = selected ? palette.chosen : own;
  const width = { disc: 1.4, ring: Math.max(1.2, r * 0.48), thin: Math.max(0.9, r * 0.2), dot: 1 }[look];
  pen.lineWidth = near ? Math.max(width + 1.5, look === "disc" ? 3.5 : 0) : width;
  if (node.place === "island") pen.setLineDash([5, 4]);
  pen.stroke();
  pen.setLineDash([]);
}

/**
 * The line from what is chosen to its name.
 * @param {CanvasRenderingContext2D} pen
 * @param {[import("./types.js").Point, import("./types.js").Point] | null} line
 * @param {Palette} palette
 */
export function paintLeader(pen, line, palette) {
  if (!line) return false;
  pen.strokeStyle = palette.chosen;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(line[0].x, line[0].y);
  pen.lineTo(line[1].x, line[1].y);
  pen.stroke();
  return true;
}

/**
 * A gentle line between two marks.
 * @param {CanvasRenderingContext2D} pen
 * @param {State} state
 * @param {{source: string, target: string}} edge
 * @param {OnScreen} onScreen
 */
export function curve(pen, state, edge, onScreen) {
  const [from, to] = [state.byId.get(edge.source), state.byId.get(edge.target)];
  if (!from || !to) return;
  const [a, b] = ends(from, onScreen(from), to, onScreen(to));
  pen.beginPath();
  pen.moveTo(a.x, a.y);
  pen.quadraticCurveTo((a.x + b.x) / 2 - (b.y - a.y) * 0.08, (a.y + b.y) / 2 + (b.x - a.x) * 0.08, b.x, b.y);
  pen.stroke();
}

/**
 * A tie ends at a person, and half-way into a disc.
 * @param {SceneNode} from
 * @param {{x: number, y: number, r: number}} a
 * @param {SceneNode} to
 * @param {{x: number, y: number, r: number}} b
 */
function ends(from, a, to, b) {
  const span = Math.max(Math.hypot(b.x - a.x, b.y - a.y), 1e-9);
  const inward = (/** @type {SceneNode} */ node, /** @type {number} */ r) =>
    node.kind === "networks" ? Math.min(r * 0.5, span / 2) / span : 0;
  const [i, j] = [inward(from, a.r), inward(to, b.r)];
  return [
    { x: a.x + (b.x - a.x) * i, y: a.y + (b.y - a.y) * i },
    { x: b.x + (a.x - b.x) * j, y: b.y + (a.y - b.y) * j },
  ];
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
function circle(pen, x, y, r) {
  pen.beginPath();
  pen.arc(x, y, r, 0, 2 * Math.PI);
}
