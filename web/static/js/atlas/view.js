/** The picture in layers: ties, then all marks by WebGL, then what is chosen, then names. */

import { boundsOfScene, Camera } from "./camera.js";
import { layer, wiped } from "./canvas.js";
import { COLOUR_BYTES, Marks } from "./gl.js";
import { fromAfar, meantAround, outlinesOf, paintOutlines } from "./districts.js";
import { Labels } from "./labels.js";
import { paintAbove, paintBelow, paintLeader } from "./layers.js";
import { inked, outline } from "./ink.js";
import { channels, onSchemeChange, readPalette } from "./palette.js";
import { drawnRadius, rulesFor } from "./sizes.js";
import { lookOf, markAt } from "./state.js";

/** @typedef {import("./types.js").SceneNode} SceneNode */
/** @typedef {import("./types.js").State} State */

const [REST, SLOWEST] = [120, 600]; // milliseconds without a movement after which names are placed anew; of a frame
const MUCH = 2; // so many times nearer or farther than where the names were placed
const DISTRICT = 90; // of 255: how strong the outline of a district is

export class View {
  /**
   * @param {HTMLElement} host empty element that takes the picture
   * @param {State} state
   * @param {HTMLCanvasElement} drawn for the marks
   */
  constructor(host, state, drawn) {
    this.host = host;
    this.state = state;
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    this.palette = readPalette();
    this.slots = new Map(state.scene.legend.map((entry) => [entry.key, entry.slot]));
    this.below = layer(host);
    this.marks = new Marks(layer(host, drawn), () => this.shape());
    this.above = layer(host);
    this.labels = new Labels(host);
    /** @type {SceneNode[]} */
    this.order = [];
    this.#order();
    this.camera = new Camera(boundsOfScene(state.scene), () => this.#moved());
    this.placedAt = { scale: 0, centre: { x: 0, y: 0 } }; // no names have been placed yet
    this.movedAt = 0;
    this.held = false; // a finger or the mouse is moving the map
    this.inked = { below: true, above: true }; // whether anything is drawn on these layers
    this.drawn = 0;
    this.rest = 0;
    this.size = "";
    onSchemeChange(() => this.repaint());
    this.resize();
    new ResizeObserver(() => this.resize()).observe(host);
  }

  resize() {
    const [width, height] = [this.host.clientWidth, this.host.clientHeight];
    const density = devicePixelRatio || 1;
    const size = [width, height, density].join(" ");
    if (!width || !height || size === this.size) return; // such as when its size begins to be observed
    this.size = size;
    for (const canvas of [this.below, this.marks.canvas, this.above]) {
      canvas.width = Math.round(width * density);
      canvas.height = Math.round(height * density);
    }
    for (const pen of this.#pens()) pen.setTransform(density, 0, 0, density, 0, 0);
    this.rule = rulesFor(this.state.scene.sizes, this.state.rings.length, width);
    this.camera.resize({ width, height });
    this.shape();
  }

  #pens() {
    return [this.below, this.above].map((canvas) => /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")));
  }

  #order() {
    this.order = [...this.state.discs, ...this.state.dots, ...this.state.rings];
  }

  /** Marks have come or gone, or the scene is another, such as that of people instead of networks. */
  renew() {
    this.slots = new Map(this.state.scene.legend.map((entry) => [entry.key, entry.slot]));
    this.rule = rulesFor(this.state.scene.sizes, this.state.rings.length, this.camera.frame.width);
    this.camera.rebound(boundsOfScene(this.state.scene));
    this.#order();
    this.shape();
  }

  /** What is meant at a point of the view: a mark, or from afar a district, by its name or around it; else nothing.
   * @param {import("./types.js").Point} at */
  meantAt(at) {
    const far = fromAfar(this.state, this.ratio);
    const named = far ? this.labels.districtNamed(at) : "";
    const mark = named ? null : markAt(this.state, at, this.onScreen);
    return named || mark?.id || (far ? meantAround(this.state, at, this.#circleOf) : "");
  }

  /** Give WebGL every mark: districts first, then discs, members, and rings on top. */
  shape() {
    const districts = this.state.scene.districts.flatMap(({ x, y, radius }) => [x, y, radius, 0, 1e9, 1, 0, 0]);
    const marks = this.order.flatMap((node) => {
      const { radius, least, knee } = this.#rule(node);
      return [node.x, node.y, radius, least, knee, ...outline(node)];
    });
    this.marks.shape(new Float32Array([...districts, ...marks]));
    this.host.dataset.marks = String(this.order.length);
    this.recolour();
  }

  /** @param {SceneNode} node */
  #rule(node) {
    return this.rule ? this.rule(node) : { radius: node.radius, least: 1, knee: 1e9 };
  }

  /** After a change of the colours, of the selection, or of what a filter leaves. */
  recolour() {
    const { state, palette } = this;
    const under = state.scene.districts.length;
    const bytes = new Uint8Array((under + this.order.length) * COLOUR_BYTES);
    const thin = [0, 0, 0, 0, ...channels(palette.line), DISTRICT];
    for (let i = 0; i < under; i++) bytes.set(thin, i * COLOUR_BYTES);
    const known = new Map();
    this.order.forEach((node, i) => {
      const faded = state.faded.has(node.id);
      const key = `${node.group} ${lookOf(node)} ${faded}`;
      if (!known.has(key)) known.set(key, inked(node, this.slots.get(node.group) ?? -1, palette, faded));
      bytes.set(known.get(key), (under + i) * COLOUR_BYTES);
    });
    this.marks.paint(bytes);
    this.render();
  }

  /** After a change of the colour scheme. */
  repaint() {
    this.palette = readPalette();
    this.recolour();
  }

  #moved() {
    this.#schedule(() => {
      this.#paint();
      this.#follow();
    });
    const now = performance.now();
    const frame = Math.min(now - this.movedAt, SLOWEST); // where frames are slow, a pause between two is no rest
    this.movedAt = now;
    this.#settle(this.calm.matches ? 0 : Math.max(REST, 2 * frame));
  }

  /** The names go with the map; after much zooming they are placed anew on the way. */
  #follow() {
    const { scale, frame, centre } = this.camera;
    const from = this.placedAt;
    if (!from.scale) return;
    const k = scale / from.scale;
    if (k > MUCH || k < 1 / MUCH) return this.#place();
    const x = frame.width / 2 + (from.centre.x - centre.x) * scale;
    const y = frame.height / 2 - (from.centre.y - centre.y) * scale;
    this.labels.follow(k, x - (frame.width / 2) * k, y - (frame.height / 2) * k);
  }

  #place() {
    this.placedAt = { scale: this.camera.scale, centre: this.camera.centre };
    this.labels.draw(this.state, this.onScreen, this.camera.frame, this.ratio, this.#circleOf);
  }

  /** @param {() => void} draw */
  #schedule(draw) {
    cancelAnimationFrame(this.drawn);
    this.drawn = requestAnimationFrame(draw);
  }

  /** @param {number} after */
  #settle(after) {
    clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      if (this.held) return;
      this.#place(); // first, since a line leads to a name that stands apart
      this.#paint();
      this.host.dispatchEvent(new CustomEvent("rest"));
    }, after);
  }

  /** @param {boolean} held */
  hold(held) {
    this.held = held;
    if (!held) this.#settle(REST);
  }

  /** Draw again soon and place the names anew, once however often it is asked for. */
  render() {
    this.#settle(0);
  }

  /** What is hovered has changed: no mark has moved. */
  touch() {
    this.#schedule(() => {
      this.#paintOverlay();
      this.labels.point(this.state, this.onScreen, this.camera.frame);
      this.labels.emphasise(this.state);
    });
  }

  /** Place and radius of a mark in pixels. */
  get onScreen() {
    const { scale, frame, centre } = this.camera;
    const { slope } = this.state.scene.sizes;
    return (/** @type {SceneNode} */ node) => ({
      x: frame.width / 2 + (node.x - centre.x) * scale,
      y: frame.height / 2 - (node.y - centre.y) * scale,
      r: drawnRadius(this.#rule(node), scale, slope),
    });
  }

  /** A circle of the map in pixels. */
  get #circleOf() {
    const { camera } = this;
    return (/** @type {{x: number, y: number, radius: number}} */ { x, y, radius }) => {
      return { ...camera.toScreen({ x, y }), r: radius * camera.scale };
    };
  }

  get ratio() {
    return this.camera.ratio;
  }

  /** @param {number} factor more than 1 comes nearer */
  zoom(factor) {
    this.camera.fly(this.camera.nearer(factor, undefined, this.camera.heading), 180);
  }

  fit() {
    this.camera.fly({ x: 0.5, y: 0.5, ratio: 1 }, 250);
  }

  #paint() {
    const [below] = this.#pens();
    wiped(below, this.camera.frame, this.inked.below);
    this.inked.below = paintBelow(below, this.state, this.palette, this.onScreen);
    this.marks.draw(this.camera, this.state.scene.sizes.slope);
    this.#paintOverlay();
  }

  #paintOverlay() {
    const [, above] = this.#pens();
    const focused = document.activeElement === this.host && this.host.matches(":focus-visible");
    wiped(above, this.camera.frame, this.inked.above);
    const outlined = paintOutlines(above, outlinesOf(this.state, this.palette, focused, this.#circleOf));
    this.inked.above = paintAbove(above, this.state, this.slots, this.palette, this.onScreen, focused) || outlined;
    if (paintLeader(above, this.labels.lineTo(this.state.selected), this.palette)) this.inked.above = true;
  }
}
