/** Names over the map: elements, so that every script, direction and contrast setting works; text only. */

import { nameless } from "../page/words.js";
import { fromAfar, nameOf } from "./districts.js";
import { tagsOn } from "./moved.js";
import { Field, holds, leaderLine, placeLabels } from "./place.js";
import { tiedTo } from "./state.js";
import { wrap } from "./wrap.js";

/** @typedef {import("./types.js").SceneNode} SceneNode */
/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").OnScreen} OnScreen */
/** @typedef {import("./place.js").Wanted} Wanted */
/** @typedef {import("./place.js").Placed} Placed */
/** @typedef {import("./place.js").Written} Written */
/** @typedef {import("./place.js").Frame} Frame */

const MOST = 140;
const LARGE = 56; // radius of a disc, in pixels, whose name is written larger

/**
 * How a name is written, as in map.css: size and height of a line, the width from which it is wrapped, and the most.
 */
const LOOKS = {
  large: { size: 15.2, line: 19, wrapped: 130, most: 210 },
  plain: { size: 13.2, line: 17, wrapped: 118, most: 210 },
  small: { size: 11.6, line: 14, wrapped: 84, most: 130 },
  district: { size: 12.4, line: 15, wrapped: 110, most: 170 },
  "small narrow": { size: 11.6, line: 14, wrapped: 40, most: 130 },
};

export class Labels {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.layer = document.createElement("div");
    this.layer.className = "atlas-labels";
    this.layer.setAttribute("aria-hidden", "true");
    host.append(this.layer);
    /** @type {HTMLSpanElement[]} */
    this.pool = [];
    this.hint = document.createElement("span");
    this.hint.dir = "auto";
    this.hint.className = "hint";
    this.layer.append(this.hint);
    /** @type {Placed[]} */
    this.placed = [];
    this.family = "";
    this.pen = document.createElement("canvas").getContext("2d");
    /** @type {Map<string, Written>} */
    this.sizes = new Map();
  }

  /**
   * Find a place for every name; what is asked for at rest, since it looks at many places.
   * @param {State} state
   * @param {OnScreen} onScreen
   * @param {Frame} frame
   * @param {number} ratio of the camera: 1 shows all, less is nearer; 0 names everybody
   * @param {(at: import("./types.js").District) => import("./types.js").Circle} [circleOf] a district in pixels
   */
  draw(state, onScreen, frame, ratio, circleOf) {
    this.layer.style.transform = "";
    const far = circleOf && fromAfar(state, ratio) ? state.scene.districts : [];
    const discs = new Field(far.length ? state.discs.map(onScreen) : []);
    const districts = circleOf ? far.map((one) => this.#district(one, circleOf(one), discs)) : [];
    this.placed = placeLabels([...districts, ...this.#wanted(state, onScreen, frame, ratio)], frame);
    while (this.pool.length < this.placed.length) {
      const span = document.createElement("span");
      span.dir = "auto";
      this.layer.append(span);
      this.pool.push(span);
    }
    this.pool.forEach((span, i) => {
      const one = this.placed[i];
      span.hidden = !one;
      if (!one) return;
      if (span.textContent !== one.written.text) span.textContent = one.written.text;
      span.style.width = `${Math.ceil(one.written.width)}px`;
      put(span, one.box.left, one.box.top);
    });
    this.point(state, onScreen, frame);
    this.emphasise(state);
  }

  /**
   * While the map moves the names go along as one layer, which costs next to nothing.
   * @param {number} k how much larger the map is than when they were placed
   * @param {number} dx how far its upper left corner has moved
   * @param {number} dy
   */
  follow(k, dx, dy) {
    this.layer.style.transform = `translate(${dx.toFixed(1)}px, ${dy.toFixed(1)}px) scale(${k.toFixed(4)})`;
  }

  /**
   * The name of what is pointed at, over all others, when it is not written already.
   * @param {State} state
   * @param {OnScreen} onScreen
   * @param {Frame} frame
   */
  point(state, onScreen, frame) {
    const node = state.byId.get(state.hovered);
    const named = !node || this.placed.some(({ want }) => want.id === node.id);
    const rest = { must: true, inside: false, obstacles: new Field([]) };
    const want = named ? [] : [{ id: node.id, ...onScreen(node), ways: this.#ways(node, false), ...rest }];
    const [one] = placeLabels(want, frame);
    this.hint.hidden = !one;
    if (!one) return;
    this.hint.textContent = one.written.text;
    put(this.hint, one.box.left, one.box.top);
  }

  /** The district whose name is written at a point, as it is called among marks; while names go along, none.
   * @param {import("./types.js").Point} at */
  districtNamed({ x, y }) {
    if (this.layer.style.transform) return "";
    const hit = this.placed.find(({ written, box }) => {
      return written.look === "district" && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
    });
    return hit?.want.id ?? "";
  }

  /** From what is chosen to its name, where that stands apart; while names go along, nothing. @param {string} id */
  lineTo(id) {
    return this.layer.style.transform ? null : leaderLine(this.placed.find(({ want }) => want.id === id));
  }

  /** Which names stand out now. @param {State} state */
  emphasise(state) {
    const chosen = new Set([state.selected, state.hovered, state.cursor]);
    const tied = new Set(tiedTo(state, state.selected));
    this.placed.forEach(({ want, written }, i) => {
      const name = [written.look, chosen.has(want.id) ? "emphasis" : tied.has(want.id) ? "tied" : ""].join(" ").trim();
      if (this.pool[i].className !== name) this.pool[i].className = name;
    });
  }

  /**
   * Selected first, then what is tied to the selection, then networks by importance, then people when the
   * camera is near enough.
   * @param {State} state
   * @param {OnScreen} onScreen
   * @param {Frame} frame
   * @param {number} ratio
   * @returns {Wanted[]}
   */
  #wanted(state, onScreen, frame, ratio) {
    /** @type {Map<string, import("./types.js").Circle>} */
    const circles = new Map();
    const seen = (/** @type {SceneNode} */ node) => {
      const circle = onScreen(node);
      const { x, y, r } = circle;
      const inside = x + r > 0 && y + r > 0 && x - r < frame.width && y - r < frame.height;
      if (inside) circles.set(node.id, circle);
      return inside;
    };
    const { sizes } = state.scene;
    const [discs, rings] = [state.discs.filter(seen), state.rings.filter(seen)];
    const dots = ratio < sizes.near_dots ? state.dots.filter(seen) : [];
    const named = (/** @type {string[]} */ ids) =>
      ids.map((id) => state.byId.get(id)).filter((node) => node !== undefined && seen(node));
    const first = /** @type {SceneNode[]} */ (named([state.selected, state.cursor]));
    const tied = /** @type {SceneNode[]} */ (named(tiedTo(state, state.selected)));
    const near = ratio < sizes.near_rings;
    const few = near || state.rings.length <= sizes.few_rings ? rings : [];
    const fits = (/** @type {SceneNode} */ node) => !state.faded.has(node.id);
    const largest = discs.filter(fits).slice(0, sizes.always_named);
    const islands = discs.filter((node) => node.place === "island" && fits(node)).slice(0, sizes.always_named);
    const must = new Set([...first, ...tied, ...largest, ...islands]);
    const order = [...new Set([...must, ...[...discs, ...few, ...dots].filter(fits)])].slice(0, MOST);
    const of = (/** @type {SceneNode[]} */ nodes) => nodes.map((node) => circles.get(node.id) ?? onScreen(node));
    const tags = tagsOn(state, discs, (node) => circles.get(node.id) ?? onScreen(node));
    const all = new Field([...of([...discs, ...rings, ...dots, ...state.apart]), ...tags]);
    const people = new Field(of([...rings, ...dots])); // names of people may stand in discs
    const level = state.scene.level === "networks";
    return order.map((node) => {
      const circle = circles.get(node.id) ?? onScreen(node);
      const disc = node.kind === "networks";
      const own = !disc && first.includes(node); // chosen: the name stands on the map, over members of the own disc too
      const hosts = own ? of(discs).filter((one) => holds(one, circle)) : [];
      const others = own ? of(discs).filter((one) => !hosts.includes(one)) : [];
      const within = own ? new Field([...others, ...of([...rings, ...dots])]) : people;
      const obstacles = disc || (!near && !own) ? all : within;
      const ways = this.#ways(node, disc && circle.r > LARGE);
      return { id: node.id, ...circle, ways, must: must.has(node), inside: level && disc, obstacles, hosts };
    });
  }

  /**
   * @param {import("./types.js").District} district
   * @param {import("./types.js").Circle} circle
   * @param {Field} obstacles
   * @returns {Wanted}
   */
  #district(district, circle, obstacles) {
    const named = { id: nameOf(district), label: district.label };
    return { id: named.id, ...circle, ways: [this.#written(named, "district")], must: false, inside: false, obstacles };
  }

  /**
   * The ways to write a name: large or plain, then small, then small in more lines.
   * @param {SceneNode} node
   * @param {boolean} large
   */
  #ways(node, large) {
    const looks = /** @type {const} */ ([large ? "large" : "plain", "small", "small narrow"]);
    return looks.map((look) => this.#written(node, look));
  }

  /**
   * A name in one line or more, and the room it takes; measured once.
   * @param {{id: string, label: string}} node
   * @param {keyof LOOKS} look
   * @returns {Written}
   */
  #written(node, look) {
    const key = `${look} ${node.id}`;
    let written = this.sizes.get(key);
    if (!written) {
      const { line, most, wrapped } = LOOKS[look];
      const measure = (/** @type {string} */ text) => this.#width(text, look);
      const lines = wrap(node.label || nameless(), measure, wrapped);
      const width = Math.min(most, Math.max(...lines.map(measure)) + 2);
      written = { text: lines.join("\n"), width, height: lines.length * line, look: look === "plain" ? "" : look };
      this.sizes.set(key, written);
    }
    return written;
  }

  /** @param {string} text @param {keyof LOOKS} look */
  #width(text, look) {
    this.family ||= getComputedStyle(this.layer).fontFamily;
    if (this.pen) this.pen.font = `700 ${LOOKS[look].size}px ${this.family}`;
    return this.pen?.measureText(text).width ?? text.length * 8;
  }
}

/** @param {HTMLElement} span @param {number} left @param {number} top */
function put(span, left, top) {
  span.style.transform = `translate(${left.toFixed(1)}px, ${top.toFixed(1)}px)`;
}
