/** The picture: sigma draws the members and moves the camera; discs, ties, rings and labels are ours. */

import { Labels } from "./labels.js";
import { paintAbove, paintBelow } from "./layers.js";
import { coloursOf, onSchemeChange, readPalette } from "./palette.js";
import { ringed } from "./state.js";

/** @typedef {import("./types.js").SceneNode} SceneNode */
/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Point} Point */

const NEAREST = 0.03; // camera ratios
const FARTHEST = 1.4;
const SMALLEST_DOT = 1.5; // pixels when the whole map is in view
const [SMALLEST_RING, SMALLEST_OF_MANY, MANY_RINGS] = [4.2, 2.4, 150];
const DOT = 1.25; // members are drawn a little larger than the layout spaces them

export class View {
  /**
   * @param {HTMLElement} host empty element that takes the picture
   * @param {State} state
   */
  constructor(host, state) {
    this.host = host;
    this.state = state;
    this.palette = readPalette();
    this.slots = new Map(state.scene.legend.map((entry) => [entry.key, entry.slot]));
    const canvases = document.createElement("div");
    canvases.className = "atlas-canvas";
    canvases.setAttribute("aria-hidden", "true");
    host.append(canvases);
    this.graph = new graphology.Graph({ multi: false });
    this.renderer = new Sigma(this.graph, canvases, {
      renderLabels: false,
      itemSizesReference: "positions",
      zoomToSizeRatioFunction: (ratio) => ratio,
      minCameraRatio: NEAREST,
      maxCameraRatio: FARTHEST,
      enableCameraRotation: false,
      stagePadding: 26,
      defaultDrawNodeHover: () => {},
      allowInvalidContainer: true,
      zoomDuration: this.#duration(180),
      inertiaDuration: this.#duration(200),
    });
    this.renderer.setCustomBBox(bounds(state.scene.nodes));
    // The place among sigma's own layers is handed on to createCanvas, though the declared type forgets it.
    this.renderer.createCanvasContext("below", /** @type {object} */ ({ beforeLayer: "edges" }));
    this.renderer.createCanvasContext("above", /** @type {object} */ ({ afterLayer: "nodes" }));
    this.labels = new Labels(host);
    this.renderer.on("afterRender", () => this.#paint());
    this.fill();
    onSchemeChange(() => this.repaint());
    new ResizeObserver(() => this.renderer.resize().scheduleRender()).observe(host);
  }

  /** Give sigma the members (and rings and discs, unseen, so that the picture has its bounds). */
  fill() {
    this.renderer.resize(true); // our own layers too, which came after the first sizing
    this.unit = this.renderer.getGraphToViewportRatio() * this.renderer.getCamera().ratio;
    for (const node of this.state.scene.nodes) {
      const [color] = coloursOf(this.palette, this.slots.get(node.group) ?? -1);
      const size = Math.max(node.radius * DOT, SMALLEST_DOT / (this.unit || 1));
      const hidden = node.kind === "networks" || ringed(node);
      this.graph.addNode(node.id, { x: node.x, y: node.y, size, color, hidden });
    }
  }

  /** After a change of the colour scheme. */
  repaint() {
    this.palette = readPalette();
    for (const node of this.state.dots) {
      this.graph.setNodeAttribute(node.id, "color", coloursOf(this.palette, this.slots.get(node.group) ?? -1)[0]);
    }
    this.render();
  }

  /** Draw again soon, once however often it is asked for. */
  render() {
    this.renderer.scheduleRender();
  }

  /** Place and radius of a mark in pixels. */
  get onScreen() {
    const ratio = this.renderer.getGraphToViewportRatio();
    const smallest = this.state.rings.length > MANY_RINGS ? SMALLEST_OF_MANY : SMALLEST_RING;
    const ring = Math.max(smallest, smallest / this.ratio ** 0.35);
    return (/** @type {SceneNode} */ node) => {
      const { x, y } = this.renderer.graphToViewport(node);
      const least = node.kind === "networks" ? 3 : ringed(node) ? ring : SMALLEST_DOT;
      return { x, y, r: Math.max(node.radius * ratio, least) };
    };
  }

  get ratio() {
    return this.renderer.getCamera().ratio;
  }

  /** @param {number} factor more than 1 comes nearer */
  zoom(factor) {
    const ratio = Math.min(Math.max(this.ratio / factor, NEAREST), FARTHEST);
    void this.renderer.getCamera().animate({ ratio }, { duration: this.#duration(180) });
  }

  fit() {
    void this.renderer.getCamera().animate({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }, { duration: this.#duration(250) });
  }

  /**
   * Bring a mark into view when it is outside or near the rim.
   * @param {SceneNode} node
   */
  reveal(node) {
    const { x, y } = this.onScreen(node);
    const { width, height } = this.renderer.getDimensions();
    if (x > width * 0.1 && x < width * 0.9 && y > height * 0.1 && y < height * 0.9) return;
    const centre = this.renderer.viewportToFramedGraph({ x, y });
    void this.renderer.getCamera().animate(centre, { duration: this.#duration(250) });
  }

  /** @param {number} milliseconds */
  #duration(milliseconds) {
    return matchMedia("(prefers-reduced-motion: reduce)").matches ? 1 : milliseconds;
  }

  #paint() {
    const onScreen = this.onScreen;
    const { below, above } = this.renderer.getCanvases();
    const frame = this.renderer.getDimensions();
    const focused = document.activeElement === this.host && this.host.matches(":focus-visible");
    const pens = [below, above].map((canvas) => canvas.getContext("2d"));
    for (const pen of pens) pen?.clearRect(0, 0, frame.width, frame.height);
    if (pens[0]) paintBelow(pens[0], this.state, this.slots, this.palette, onScreen);
    if (pens[1]) paintAbove(pens[1], this.state, this.palette, onScreen, focused);
    this.labels.draw(this.state, onScreen, frame, this.ratio);
  }
}

/**
 * What the marks cover, with room for the labels under the lowest discs.
 * @param {SceneNode[]} nodes
 * @returns {{x: [number, number], y: [number, number]}}
 */
function bounds(nodes) {
  const [x, y] = [[Infinity, -Infinity], [Infinity, -Infinity]];
  for (const node of nodes) {
    x[0] = Math.min(x[0], node.x - node.radius);
    x[1] = Math.max(x[1], node.x + node.radius);
    y[0] = Math.min(y[0], node.y - node.radius);
    y[1] = Math.max(y[1], node.y + node.radius);
  }
  return { x: [x[0], x[1]], y: [y[0] - (y[1] - y[0]) * 0.02, y[1]] };
}
