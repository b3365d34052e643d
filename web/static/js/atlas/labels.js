/** Labels over the map: elements, so that every script, direction and contrast setting works; text only. */

import { placeLabels } from "./place.js";

/** @typedef {import("./types.js").SceneNode} SceneNode */
/** @typedef {import("./types.js").State} State */
/** @typedef {import("./place.js").Wanted} Wanted */
/** @typedef {(n: SceneNode) => {x: number, y: number, r: number}} OnScreen */

const MOST = 70;
const [ALWAYS, ALWAYS_SMALL] = [5, 2]; // the largest networks are always named; fewer on a small map
const SMALL = 500; // pixels
const WRAPPED = 118; // pixels; longer names take more lines
const LINES = 3;
const MOST_WORDS = 24; // of a name; what follows is not written on the map
const LONGEST = 210; // pixels, as in map.css
const LARGE = 56; // radius of a disc, in pixels, whose name is written larger
const NAME_RINGS = 0.55; // camera ratio below which people with a ring are named
const FEW_RINGS = 8; // so many of them are named at any distance
const NAME_DOTS = 0.16; // and everybody

export class Labels {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.layer = document.createElement("div");
    this.layer.className = "atlas-labels";
    this.layer.setAttribute("aria-hidden", "true");
    host.append(this.layer);
    /** @type {HTMLSpanElement[]} */
    this.pool = [];
    this.pen = document.createElement("canvas").getContext("2d");
    /** @type {Map<string, {text: string, width: number, height: number}>} */
    this.sizes = new Map();
  }

  /**
   * @param {State} state
   * @param {OnScreen} onScreen
   * @param {{width: number, height: number}} frame
   * @param {number} ratio of the camera: 1 shows all, less is nearer; 0 names everybody
   */
  draw(state, onScreen, frame, ratio) {
    const placed = placeLabels(this.#wanted(state, onScreen, frame, ratio), frame);
    while (this.pool.length < placed.length) {
      const span = document.createElement("span");
      span.dir = "auto";
      this.layer.append(span);
      this.pool.push(span);
    }
    this.pool.forEach((span, i) => {
      const one = placed[i];
      span.hidden = !one;
      if (!one) return;
      if (span.textContent !== one.want.text) span.textContent = one.want.text;
      span.className = this.#className(state, one.want);
      span.style.width = `${Math.ceil(one.want.width)}px`;
      span.style.transform = `translate(${one.box.left.toFixed(1)}px, ${one.box.top.toFixed(1)}px)`;
    });
  }

  /** @param {State} state @param {Wanted} want */
  #className(state, want) {
    const emphasis = want.id === state.selected || want.id === state.hovered || want.id === state.cursor;
    return [emphasis ? "emphasis" : "", want.r > LARGE ? "large" : ""].join(" ").trim();
  }

  /**
   * Selected and hovered first, then networks by importance, then people when the camera is near enough.
   * @param {State} state
   * @param {OnScreen} onScreen
   * @param {{width: number, height: number}} frame
   * @param {number} ratio
   * @returns {Wanted[]}
   */
  #wanted(state, onScreen, frame, ratio) {
    const seen = (/** @type {SceneNode} */ node) => {
      const { x, y, r } = onScreen(node);
      return x + r > 0 && y + r > 0 && x - r < frame.width && y - r < frame.height;
    };
    const discs = state.discs.filter(seen);
    const rings = state.rings.filter(seen);
    const ringCircles = rings.map(onScreen);
    const all = [...discs.map(onScreen), ...ringCircles];
    const first = [...new Set([state.selected, state.hovered, state.cursor])]
      .map((id) => state.byId.get(id))
      .filter((node) => node !== undefined)
      .filter(seen);
    const near = ratio < NAME_RINGS;
    const few = state.rings.length <= FEW_RINGS ? rings : [];
    const people = [...(near ? rings : few), ...(ratio < NAME_DOTS ? state.dots.filter(seen) : [])];
    const islands = discs.filter((node) => node.place === "island").slice(0, ALWAYS);
    const small = frame.width < SMALL;
    const must = new Set([...first, ...islands, ...discs.slice(0, small ? ALWAYS_SMALL : ALWAYS), ...(small ? [] : few)]);
    const order = [...new Set([...first, ...tied(state).filter(seen), ...must, ...discs, ...people])].slice(0, MOST);
    const inside = state.scene.level === "networks";
    const around = ratio < NAME_DOTS && state.dots.length < MOST ? [...all, ...state.dots.map(onScreen)] : ringCircles;
    return order.map((node) => {
      const disc = node.kind === "networks";
      const size = this.#size(node, disc && onScreen(node).r > LARGE);
      const obstacles = disc || !near ? all : around;
      return { id: node.id, ...onScreen(node), ...size, must: must.has(node), inside: inside && disc, obstacles };
    });
  }

  /**
   * A name in one line or two, and the room it takes; measured once.
   * @param {SceneNode} node
   * @param {boolean} large
   */
  #size(node, large) {
    const key = `${large}${node.id}`;
    let size = this.sizes.get(key);
    if (!size) {
      const measure = (/** @type {string} */ text) => this.#width(text, large);
      const lines = wrap(node.label || "without a name", measure);
      const width = Math.min(LONGEST, Math.max(...lines.map(measure)) + 2);
      size = { text: lines.join("\n"), width, height: lines.length * (large ? 19 : 17) };
      this.sizes.set(key, size);
    }
    return size;
  }

  /** @param {string} text @param {boolean} large */
  #width(text, large) {
    if (this.pen) this.pen.font = `700 ${large ? 15.2 : 13.2}px ${getComputedStyle(this.layer).fontFamily}`;
    return this.pen?.measureText(text).width ?? text.length * 8;
  }
}

/**
 * As few lines (at most three) of about equal width as a name takes.
 * @param {string} text
 * @param {(text: string) => number} measure
 * @returns {string[]}
 */
export function wrap(text, measure) {
  const words = text.split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
  const widest = (/** @type {string[]} */ lines) => Math.max(...lines.map(measure));
  let best = [words.join(" ")];
  for (let count = 2; count <= Math.min(LINES, words.length) && widest(best) > WRAPPED; count++) {
    best = splits(words, count).reduce((a, b) => (widest(b) < widest(a) ? b : a));
  }
  return best;
}

/**
 * All ways to break words into so many lines.
 * @param {string[]} words
 * @param {number} count
 * @returns {string[][]}
 */
function splits(words, count) {
  if (count === 1) return [[words.join(" ")]];
  const firsts = Array.from({ length: words.length - count + 1 }, (_, i) => i + 1);
  return firsts.flatMap((at) => splits(words.slice(at), count - 1).map((rest) => [words.slice(0, at).join(" "), ...rest]));
}

/**
 * The other ends of the ties of what is selected.
 * @param {State} state
 * @returns {SceneNode[]}
 */
function tied(state) {
  if (!state.selected) return [];
  return state.edges
    .filter((e) => e.source === state.selected || e.target === state.selected)
    .map((e) => state.byId.get(e.source === state.selected ? e.target : e.source))
    .filter((node) => node !== undefined);
}
