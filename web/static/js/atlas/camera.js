/** Where the picture is looked at from: the middle of the view as a share of the map, and how much of it is in view. */

/** @typedef {import("./types.js").Point} Point */
/** @typedef {{x: number, y: number, ratio: number}} Stand */
/** @typedef {{left: number, right: number, low: number, high: number, nearest?: number}} Bounds */

export const NEAREST = 0.03; // share of the map in view; of a map with very small discs less
export const FARTHEST = 1.4;
const SMALLEST = 3; // so many radii of the smallest disc fill the view where one comes nearest
const PADDING = 26; // pixels around the whole map

export class Camera {
  /**
   * @param {Bounds} bounds of the map, in its own units (y up)
   * @param {() => void} moved
   */
  constructor(bounds, moved) {
    this.bounds = bounds;
    this.moved = moved;
    this.frame = { width: 1, height: 1 };
    /** @type {Stand} */
    this.stand = { x: 0.5, y: 0.5, ratio: 1 };
    this.flight = 0;
    /** @type {Stand | null} */
    this.goal = null;
  }

  get ratio() {
    return this.stand.ratio;
  }

  /** The least share of the map that can be in view. */
  get nearest() {
    return this.bounds.nearest ?? NEAREST;
  }

  /** Pixels for one unit of the map. */
  get scale() {
    return this.#fitted() / this.stand.ratio;
  }

  #fitted() {
    const { left, right, low, high } = this.bounds;
    const [width, height] = [Math.max(this.frame.width - 2 * PADDING, 1), Math.max(this.frame.height - 2 * PADDING, 1)];
    return Math.min(width / Math.max(right - left, 1e-9), height / Math.max(high - low, 1e-9));
  }

  /** The middle of the view in units of the map. */
  get centre() {
    const { left, right, low, high } = this.bounds;
    return { x: left + this.stand.x * (right - left), y: low + this.stand.y * (high - low) };
  }

  /**
   * From the map (y up) to pixels of the view (y down).
   * @param {Point} at
   * @returns {Point}
   */
  toScreen(at) {
    const { x, y } = this.centre;
    const scale = this.scale;
    return { x: this.frame.width / 2 + (at.x - x) * scale, y: this.frame.height / 2 - (at.y - y) * scale };
  }

  /** @param {{width: number, height: number}} frame */
  resize(frame) {
    this.frame = frame;
    this.moved();
  }

  /** Stand somewhere at once; what lies outside the map is moved onto its rim. @param {Partial<Stand>} to */
  set(to) {
    if (this.flight) cancelAnimationFrame(this.flight);
    this.flight = 0;
    this.goal = null;
    this.#put(to);
  }

  /** @param {Partial<Stand>} to */
  #put(to) {
    const next = clamped({ ...this.stand, ...to }, this.nearest);
    const { x, y, ratio } = this.stand;
    if (next.x === x && next.y === y && next.ratio === ratio) return;
    this.stand = next;
    this.moved();
  }

  /** The map has other marks: what is in view stays in view, as large as it is. @param {Bounds} bounds */
  rebound(bounds) {
    const { centre, scale } = this;
    this.bounds = bounds;
    const { left, right, low, high } = bounds;
    const x = (centre.x - left) / Math.max(right - left, 1e-9);
    const y = (centre.y - low) / Math.max(high - low, 1e-9);
    this.stand = clamped({ x, y, ratio: this.#fitted() / scale }, this.nearest);
    this.moved();
  }

  /** Push the map by so many pixels. @param {number} dx @param {number} dy */
  push(dx, dy) {
    this.set(this.#shifted(this.stand, dx, dy));
  }

  /** @param {Stand} stand @param {number} dx @param {number} dy @returns {Stand} */
  #shifted(stand, dx, dy) {
    const { left, right, low, high } = this.bounds;
    const scale = this.#fitted() / stand.ratio;
    return {
      ...stand,
      x: stand.x - dx / scale / Math.max(right - left, 1e-9),
      y: stand.y + dy / scale / Math.max(high - low, 1e-9),
    };
  }

  /**
   * Where to stand to be nearer by a factor, with one point of the view staying where it is.
   * @param {number} factor
   * @param {Point} [at]
   * @param {Stand} [from]
   * @returns {Stand}
   */
  nearer(factor, at = { x: this.frame.width / 2, y: this.frame.height / 2 }, from = this.stand) {
    const ratio = clamp(from.ratio / factor, this.nearest, FARTHEST);
    const off = 1 - from.ratio / ratio; // the point would move by so much of its distance from the middle
    const [dx, dy] = [at.x - this.frame.width / 2, at.y - this.frame.height / 2];
    return this.#shifted({ ...from, ratio }, dx * off, dy * off);
  }

  /** Where one will stand when a flight that is under way ends: three quick steps are three, not one and a half. */
  get heading() {
    return this.goal ?? this.stand;
  }

  /**
   * Where to stand to see a circle of the map, with so much of the view around it.
   * @param {Point} at
   * @param {number} radius
   */
  before(at, radius) {
    const { left, right, low, high } = this.bounds;
    const room = Math.min(this.frame.width, this.frame.height);
    const ratio = clamp((this.#fitted() * radius * 2) / room, this.nearest, 1);
    return { x: (at.x - left) / Math.max(right - left, 1e-9), y: (at.y - low) / Math.max(high - low, 1e-9), ratio };
  }

  /**
   * Fly somewhere; at once where motion is not welcome.
   * @param {Partial<Stand>} to
   * @param {number} milliseconds
   */
  fly(to, milliseconds) {
    cancelAnimationFrame(this.flight);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return this.#put(to);
    const from = this.stand;
    const goal = clamped({ ...from, ...to }, this.nearest);
    this.goal = goal;
    const begun = performance.now();
    const step = (/** @type {number} */ now) => {
      const t = clamp((now - begun) / milliseconds, 0, 1);
      const eased = t * (2 - t);
      const mix = (/** @type {number} */ a, /** @type {number} */ b) => a + (b - a) * eased;
      this.#put({
        x: mix(from.x, goal.x),
        y: mix(from.y, goal.y),
        ratio: Math.exp(mix(Math.log(from.ratio), Math.log(goal.ratio))),
      });
      if (t < 1) this.flight = requestAnimationFrame(step);
      else this.goal = null;
    };
    this.flight = requestAnimationFrame(step);
  }
}

/** @param {Stand} stand @param {number} [nearest] @returns {Stand} */
export function clamped({ x, y, ratio }, nearest = NEAREST) {
  return { x: clamp(x, 0, 1), y: clamp(y, 0, 1), ratio: clamp(ratio, nearest, FARTHEST) };
}

/** @param {number} value @param {number} low @param {number} high */
function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

/**
 * What the marks cover, with room for the labels under the lowest discs.
 * @param {{x: number, y: number, radius: number}[]} nodes
 * @returns {Bounds}
 */
export function boundsOf(nodes) {
  const found = { left: Infinity, right: -Infinity, low: Infinity, high: -Infinity };
  for (const { x, y, radius } of nodes) {
    found.left = Math.min(found.left, x - radius);
    found.right = Math.max(found.right, x + radius);
    found.low = Math.min(found.low, y - radius);
    found.high = Math.max(found.high, y + radius);
  }
  return { ...found, low: found.low - (found.high - found.low) * 0.02 };
}

/** @param {import("./types.js").Scene} scene of which marks may still be on their way @returns {Bounds} */
export function boundsOfScene({ nodes, extent, smallest }) {
  if (!extent) return boundsOf(nodes);
  const [left, right, low, high] = extent;
  const across = Math.max(right - left, high - low, 1e-9);
  const nearest = smallest ? clamp((SMALLEST * smallest) / across, NEAREST / 30, NEAREST) : NEAREST;
  return { ...boundsOf([{ x: left, y: low, radius: 0 }, { x: right, y: high, radius: 0 }]), nearest };
}
