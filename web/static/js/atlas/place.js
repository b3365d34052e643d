/**
 * Where names go: the most important first, each where it covers no other name, disc or ring; the rest stay unwritten.
 * The same rules as web/labels.py.
 */

/**
 * One way to write a name, and the name with its mark. `inside`: it is welcome on the mark itself; `obstacles`: what it
 * must not cover, its own mark among them; `hosts`: discs that the mark is in, beside which its name may stand at last.
 * @typedef {{text: string, width: number, height: number, look: string}} Written
 * @typedef {import("./types.js").Circle} Circle
 * @typedef {{id: string, x: number, y: number, r: number, ways: Written[], must: boolean, inside: boolean,
 *   obstacles: Field, hosts?: Circle[]}} Wanted
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 * @typedef {{want: Wanted, written: Written, box: Box}} Placed
 * @typedef {{width: number, height: number}} Frame
 */

const GAP = 4;
const CELL = 80; // pixels
const COLUMN = 2 ** 24; // cells: more than a map is high
const FITTING = 2.1; // radii that a name may be wide to be written inside its disc first
const OVERHANG = 1.3; // a name written on its own disc may be wider than the disc by this factor
const TINY = 8; // radius in pixels of marks that a name which must be written may cover
const AWAY = [0, 14, 28, 42, 60, 80, 110]; // pixels from the disc around a mark whose name must be written, at last
const TURNS = [8, 24, 0, 16, 4, 12, 28, 20, 6, 10, 26, 22, 2, 14, 30, 18]; // 32nds of a circle, below first

/** Circles in cells, so that what a box covers is found among few of them. */
export class Field {
  /** @param {Circle[]} circles */
  constructor(circles) {
    /** @type {Map<number, Circle[]>} */
    this.cells = new Map();
    for (const circle of circles) {
      const { x, y, r } = circle;
      this.#each({ left: x - r, top: y - r, right: x + r, bottom: y + r }, (key) => {
        const cell = this.cells.get(key);
        if (cell) cell.push(circle);
        else this.cells.set(key, [circle]);
      });
    }
  }

  /** @param {Box} box @param {(key: number) => boolean | void} visit stops when it answers true */
  #each({ left, top, right, bottom }, visit) {
    for (let i = Math.floor(left / CELL); i <= Math.floor(right / CELL); i++) {
      for (let j = Math.floor(top / CELL); j <= Math.floor(bottom / CELL); j++) if (visit(i * COLUMN + j)) return true;
    }
    return false;
  }

  /**
   * Whether a box covers a circle, other than `but` and such as are smaller than `least`.
   * @param {Box} box
   * @param {Circle} [but]
   * @param {number} [least]
   * @returns {boolean}
   */
  covered(box, but, least = 0) {
    const own = (/** @type {Circle} */ c) => but && c.x === but.x && c.y === but.y && c.r === but.r;
    const hit = (/** @type {Circle} */ c) => c.r >= least && touches(box, c) && !own(c);
    return this.#each(box, (key) => this.cells.get(key)?.some(hit));
  }
}

/** @param {Box} box @param {Circle} circle */
function touches(box, { x, y, r }) {
  const dx = Math.min(Math.max(x, box.left), box.right) - x;
  const dy = Math.min(Math.max(y, box.top), box.bottom) - y;
  return dx * dx + dy * dy < r * r;
}

/**
 * @param {Wanted[]} wanted in order of importance
 * @param {Frame} frame
 * @returns {Placed[]}
 */
export function placeLabels(wanted, frame) {
  /** @type {Placed[]} */
  const placed = [];
  for (const want of wanted) {
    const found = best(want, placed, frame);
    if (found) placed.push(found);
  }
  return placed;
}

/**
 * @param {Wanted} want
 * @param {Placed[]} placed
 * @param {Frame} frame
 * @returns {Placed | null}
 */
function best(want, placed, frame) {
  const free = (/** @type {Box} */ box) =>
    box.left >= 0 && box.top >= 0 && box.right <= frame.width && box.bottom <= frame.height &&
    !placed.some((other) => overlap(box, other.box));
  const inside = want.inside ? want.ways.filter((written) => written.width <= want.r * FITTING) : [];
  for (const written of inside) {
    const box = boxAt(written, want);
    if (free(box) && !want.obstacles.covered(box, want)) return { want, written, box };
  }
  for (const written of want.ways) {
    for (const box of around(want, written)) {
      if (free(box) && !want.obstacles.covered(box)) return { want, written, box };
    }
  }
  return onItself(want, frame, free);
}

/**
 * Last on the mark itself, where that covers no other mark; a name that must be written may cover tiny ones.
 * @param {Wanted} want
 * @param {Frame} frame
 * @param {(box: Box) => boolean} free
 * @returns {Placed | null}
 */
function onItself(want, frame, free) {
  for (const written of want.ways) {
    if (!want.must && written.width > 2 * want.r * OVERHANG) continue;
    for (const at of middles(want, written, frame)) {
      const box = boxAt(written, at);
      if (free(box) && !want.obstacles.covered(box, want)) return { want, written, box };
    }
  }
  for (const written of want.must ? want.ways : []) {
    const on = boxAt(written, want);
    const beside = around(want, written);
    for (const box of want.r > written.height / 2 ? [on, ...beside] : [...beside, on]) {
      if (free(box) && !want.obstacles.covered(box, want, TINY)) return { want, written, box };
    }
  }
  for (const away of want.hosts ? AWAY : []) {
    for (const { x, y, r } of want.hosts ?? []) {
      for (const written of want.ways) {
        const boxes = around({ x, y, r: r + away }, written);
        const box = boxes.find((one) => free(one) && !want.obstacles.covered(one, want, TINY));
        if (box) return { want, written, box };
      }
    }
  }
  return null;
}

/**
 * The middle of a mark and beside it; in a disc larger than the name along its rim, and in view as near as can be.
 * @param {Wanted} want
 * @param {Written} written
 * @param {Frame} frame
 */
function middles(want, written, frame) {
  const { x, y, r } = want;
  const [w, h] = [written.width / 2 + GAP, written.height / 2 + GAP];
  const inView = { x: Math.min(Math.max(x, w), frame.width - w), y: Math.min(Math.max(y, h), frame.height - h) };
  const rim = Math.sqrt(Math.max(r * r - w * w, 0)) - h - GAP;
  const corners = [[w, h], [frame.width - w, h], [w, frame.height - h], [frame.width - w, frame.height - h]]
    .map(([cx, cy]) => ({ x: cx, y: cy }))
    .filter((at) => Math.hypot(at.x - x, at.y - y) < r);
  const [near, far] = [r * 0.3, r * 0.55];
  const beside = [[0, 0], [0, near], [0, -near], [near, 0], [-near, 0], [0, far], [0, -far], [far, 0], [-far, 0]];
  const places = beside.map(([dx, dy]) => ({ x: x + dx, y: y + dy }));
  if (rim > 0) places.push({ x, y: y - rim }, { x, y: y + rim });
  if (r > h) places.push(inView, ...corners);
  return places;
}

/** @param {Written} written @param {{x: number, y: number}} at @returns {Box} */
function boxAt(written, { x, y }) {
  const [w, h] = [written.width / 2, written.height / 2];
  return { left: x - w, right: x + w, top: y - h, bottom: y + h };
}

/** @param {Circle} want @param {Written} written @returns {Box[]} */
function around(want, written) {
  const reach = want.r + GAP;
  const side = (/** @type {number} */ v) => Math.min(Math.max(1.4 * v, -1), 1);
  return TURNS.map((turn) => {
    const [c, s] = [Math.cos((turn * Math.PI) / 16), Math.sin((turn * Math.PI) / 16)];
    return boxAt(written, {
      x: want.x + reach * c + (written.width / 2) * side(c),
      y: want.y + reach * s + (written.height / 2) * side(s),
    });
  });
}

/**
 * The line from a mark to its name, where that stands apart; else null.
 * @param {Placed | undefined} placed
 * @returns {[import("./types.js").Point, import("./types.js").Point] | null}
 */
export function leaderLine(placed) {
  if (!placed) return null;
  const { want: { x, y, r }, box } = placed;
  const to = { x: Math.min(Math.max(x, box.left), box.right), y: Math.min(Math.max(y, box.top), box.bottom) };
  return Math.hypot(to.x - x, to.y - y) > r + 3 * GAP ? [{ x, y }, to] : null;
}

/** Whether a circle holds a point. @param {Circle} circle @param {import("./types.js").Point} at */
export function holds({ x, y, r }, at) {
  return Math.hypot(x - at.x, y - at.y) <= r;
}

/** @param {Box} a @param {Box} b */
function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
