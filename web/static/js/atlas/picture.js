/** What is in view as an SVG of its own: marks, ties, names, legend, and from what and when it was drawn. */

import { diamondOf, tagsOn } from "./moved.js";
import { coloursOf, faint } from "./palette.js";
import { lookOf, visibleEdges } from "./state.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").SceneNode} SceneNode */
/** @typedef {import("./view.js").View} View */

const SVG = "http://www.w3.org/2000/svg";
const [LINE, TITLE, FONT] = [20, 34, "system-ui, sans-serif"];

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {string} [text]
 */
function node(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, typeof value === "number" ? value.toFixed(1) : value);
  }
  if (text !== undefined) made.textContent = text;
  return made;
}

/**
 * @param {View} view
 * @param {State} state
 * @param {string} title
 * @param {string} source
 */
export function picture(view, state, title, source) {
  const { width, height } = view.camera.frame;
  const entries = state.scene.legend;
  const rows = Math.ceil(entries.length / 2);
  const whole = TITLE + height + (rows + 2) * LINE;
  const { palette, onScreen } = view;
  const svg = node("svg", { xmlns: SVG, viewBox: `0 0 ${width} ${whole}`, width, height: whole, "font-family": FONT });
  svg.append(node("title", {}, title), node("rect", { width, height: whole, fill: palette.paper }));
  svg.append(node("text", { x: 12, y: 22, "font-size": "16", "font-weight": "600", fill: palette.ink }, title));
  const map = node("svg", { y: TITLE, width, height, viewBox: `0 0 ${width} ${height}` });
  svg.append(map);
  for (const { edge, chosen } of visibleEdges(state)) {
    const [a, b] = [state.byId.get(edge.source), state.byId.get(edge.target)];
    if (!a || !b) continue;
    const [from, to] = [onScreen(a), onScreen(b)];
    const look = { stroke: chosen ? palette.chosen : palette.line, "stroke-opacity": chosen ? "1" : "0.4" };
    map.append(node("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, "stroke-width": 2, ...look }));
  }
  for (const ends of state.met) {
    const [from, to] = ends.map((id) => state.byId.get(id)).map((mark) => mark && onScreen(mark));
    if (!from || !to) continue;
    const look = { stroke: palette.fresh, "stroke-width": "2.4", "stroke-dasharray": "7 5" };
    map.append(node("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, ...look }));
  }
  for (const one of view.order) {
    const circle = onScreen(one);
    const { x, y, r } = circle;
    if (x + r < 0 || y + r < 0 || x - r > width || y - r > height) continue;
    map.append(node("circle", { cx: x, cy: y, r, ...inked(one, view, state, r) }));
  }
  map.append(...changes(view, state), ...names(view, state));
  entries.forEach(({ label, slot }, i) => {
    const [x, y] = [12 + (i % 2) * (width / 2), TITLE + height + LINE * (Math.floor(i / 2) + 1)];
    const [strong, pale] = coloursOf(palette, slot);
    svg.append(node("circle", { cx: x + 6, cy: y - 5, r: 6, fill: pale, stroke: strong, "stroke-width": "1.4" }));
    svg.append(node("text", { x: x + 20, y, "font-size": "13", fill: palette.ink }, label));
  });
  svg.append(node("text", { x: 12, y: whole - 10, "font-size": "12", fill: palette.ink }, source));
  return { text: new XMLSerializer().serializeToString(svg), width, height: whole };
}

/** What changed since a day: diamonds around people, tags on discs. @param {View} view @param {State} state */
function changes({ palette, onScreen }, state) {
  const people = [...state.rings, ...state.dots].filter(({ id }) => state.moved.has(id) && !state.faded.has(id));
  const around = people.map((one) => {
    const { x, y, r } = onScreen(one);
    const reach = diamondOf(r);
    const d = `M${x} ${y - reach}l${reach} ${reach}l${-reach} ${reach}l${-reach} ${-reach}z`;
    return node("path", { d, fill: "none", stroke: palette.fresh, "stroke-width": "1.8" });
  });
  const type = { "font-size": "12.5", "font-weight": "650", "text-anchor": "middle", fill: palette.ink };
  const tags = tagsOn(state, state.discs, onScreen).flatMap(({ x, y, r, tag }) => [
    node("rect", { x: x - r, y: y - 8.5, width: 2 * r, height: 17, rx: 5, fill: palette.surface, stroke: palette.ink }),
    node("text", { x, y: y + 4.5, ...type }, tag),
  ]);
  return [...around, ...tags];
}

/** The names as they stand on the map. @param {View} view @param {State} state */
function names({ labels, palette }, state) {
  const halo = { stroke: palette.paper, "stroke-width": "3", "paint-order": "stroke", "stroke-linejoin": "round" };
  return labels.placed.flatMap(({ want, written, box }) => {
    const lines = written.text.split("\n");
    const step = written.height / lines.length;
    const type = { "font-size": step * 0.77, "font-weight": want.id === state.selected ? "700" : "500" };
    const look = { "text-anchor": "middle", fill: palette.ink, x: (box.left + box.right) / 2, ...type, ...halo };
    return lines.map((line, i) => node("text", { ...look, y: box.top + step * (i + 0.78) }, line));
  });
}

/**
 * @param {SceneNode} one
 * @param {View} view
 * @param {State} state
 * @param {number} r
 */
function inked(one, view, state, r) {
  const { palette } = view;
  const [strong, pale] = coloursOf(palette, view.slots.get(one.group) ?? -1);
  const { core, ring, paper, ink } = palette;
  const look = lookOf(one);
  const pair = { disc: [pale, strong], ring: [core, ring], thin: [paper, ink], dot: [strong, "none"] }[look];
  const [fill, stroke] = state.faded.has(one.id) ? pair.map((c) => (c === "none" ? c : faint(c, palette))) : pair;
  const width = { disc: 1.4, ring: Math.max(1.2, r * 0.48), thin: Math.max(0.9, r * 0.2), dot: 0 }[look];
  return { fill, stroke, "stroke-width": width, ...(one.place === "island" ? { "stroke-dasharray": "5 4" } : {}) };
}
