/** What is painted by hand under and over the dots: discs, ties, rings, and where the keyboard is. */

import { coloursOf } from "./palette.js";
import { ringed, visibleEdges } from "./state.js";

/** @typedef {import("./types.js").SceneNode} SceneNode */
/** @typedef {import("./types.js").State} State */
/** @typedef {import("./palette.js").Palette} Palette */
/** @typedef {(n: SceneNode) => {x: number, y: number, r: number}} OnScreen */

/**
 * Under the dots: ties that are always there, then discs over them.
 * @param {CanvasRenderingContext2D} pen
 * @param {State} state
 * @param {Map<string, number>} slots palette place of each group
 * @param {Palette} palette
 * @param {OnScreen} onScreen
 */
export function paintBelow(pen, state, slots, palette, onScreen) {
  const edges = visibleEdges(state);
  const largest = Math.max(1e-9, ...edges.map(({ edge }) => edge.weight));
  const dimmed = edges.some(({ chosen }) => chosen);
  for (const { edge, chosen } of edges) {
    if (chosen) continue;
    pen.globalAlpha = dimmed ? 0.18 : 0.42;
    pen.strokeStyle = palette.line;
    pen.lineWidth = 1 + 4.5 * Math.sqrt(Math.max(0, edge.weight) / largest);
    curve(pen, state, edge, onScreen);
  }
  pen.globalAlpha = 1;
  for (const disc of state.discs) {
    const { x, y, r } = onScreen(disc);
    const [outline, fill] = coloursOf(palette, slots.get(disc.group) ?? -1);
    const emphasis = disc.id === state.selected || disc.id === state.hovered;
    circle(pen, x, y, r);
    pen.fillStyle = fill;
    pen.fill();
    pen.strokeStyle = disc.id === state.selected ? palette.chosen : outline;
    pen.lineWidth = emphasis ? 3.5 : 1.4;
    pen.setLineDash(disc.place === "island" ? [5, 4] : []);
    pen.stroke();
    pen.setLineDash([]);
  }
}

/**
 * Over the dots: ties of the selection, rings, the selected mark, and the focus of the keyboard.
 * @param {CanvasRenderingContext2D} pen
 * @param {State} state
 * @param {Palette} palette
 * @param {OnScreen} onScreen
 * @param {boolean} focused
 */
export function paintAbove(pen, state, palette, onScreen, focused) {
  const tied = involved(state);
  if (tied) veil(pen, state, tied, palette, onScreen);
  pen.strokeStyle = palette.chosen;
  const weighty = state.scene.level === "networks";
  const chosen = visibleEdges(state).filter((one) => one.chosen);
  const largest = Math.max(1e-9, ...chosen.map(({ edge }) => edge.weight));
  for (const { edge } of chosen) {
    pen.lineWidth = weighty ? 1 + 4.5 * Math.sqrt(Math.max(0, edge.weight) / largest) : 2.2;
    curve(pen, state, edge, onScreen);
  }
  for (const ring of state.rings) {
    pen.globalAlpha = !tied || tied.has(ring.id) || ring.id === state.hovered ? 1 : 0.45;
    paintRing(pen, ring, state, palette, onScreen);
  }
  pen.globalAlpha = 1;
  const selected = state.byId.get(state.selected);
  if (selected && selected.kind !== "networks" && !ringed(selected)) {
    const { x, y, r } = onScreen(selected);
    circle(pen, x, y, Math.max(r + 1.5, 5));
    pen.fillStyle = palette.chosen;
    pen.fill();
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
 * @param {CanvasRenderingContext2D} pen
 * @param {SceneNode} ring
 * @param {State} state
 * @param {Palette} palette
 * @param {OnScreen} onScreen
 */
function paintRing(pen, ring, state, palette, onScreen) {
  const { x, y, r } = onScreen(ring);
  const selected = ring.id === state.selected;
  const grown = selected || ring.id === state.hovered ? 1.5 : 0;
  circle(pen, x, y, r + grown);
  pen.fillStyle = ring.bridging ? palette.core : palette.paper;
  pen.fill();
  pen.strokeStyle = selected ? palette.chosen : ring.bridging ? palette.ring : palette.ink;
  pen.lineWidth = (ring.bridging ? Math.max(1.2, r * 0.48) : Math.max(0.9, r * 0.2)) + grown;
  pen.stroke();
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {State} state
 * @param {import("./types.js").SceneEdge} edge
 * @param {OnScreen} onScreen
 */
function curve(pen, state, edge, onScreen) {
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
