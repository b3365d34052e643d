/** The focus map: vis-network draws what pyvis prepared; names are text everywhere, in tips too. */

import { changed } from "../atlas/address.js";
import { Labels } from "../atlas/labels.js";
import { coloursOf, onSchemeChange, readPalette } from "../atlas/palette.js";
import { makeState } from "../atlas/state.js";
import { el, ownPath } from "../page/dom.js";
import { leavePageScrolling } from "../page/scrolling.js";
import { loadVendor } from "../page/vendor.js";

/** @typedef {import("../atlas/types.js").Scene} Scene */
/** @typedef {import("../atlas/types.js").SceneNode} SceneNode */
/** @typedef {import("../atlas/palette.js").Palette} Palette */
/** @typedef {{id: string, size?: number, label?: string}} Prepared */
/** @typedef {{nodes: Prepared[], edges: object[], options: object}} Vis */

/** @param {HTMLElement} figure */
async function start(figure) {
  const twin = figure.dataset.twin ?? "";
  const stage = figure.querySelector("[data-stage]");
  const answer = await fetch(changed(new URL(twin, location.href).href, { part: "map" })); // in the reader's language
  if (!answer.ok || !stage) throw new Error(`${twin}: ${answer.status}`);
  await loadVendor("vis-data.min.js", "vis-network.min.js");
  const { vis: prepared, focus } = /** @type {{vis: Vis, focus: {scene: Scene}}} */ (await answer.json());
  const canvas = el("div", { class: "focus-canvas", "aria-hidden": "true" });
  stage.append(canvas);
  stage.classList.add("live");
  leavePageScrolling(canvas);
  draw(canvas, prepared, focus.scene, () => {
    figure.dataset.state = "ready";
  });
}

/**
 * @param {HTMLElement} canvas
 * @param {Vis} prepared
 * @param {Scene} scene
 * @param {() => void} drawn called after the first picture
 */
function draw(canvas, prepared, scene, drawn) {
  const byId = new Map(scene.nodes.map((node) => [node.id, node]));
  const slots = new Map(scene.legend.map((entry) => [entry.key, entry.slot]));
  const dressed = () => prepared.nodes.map((node) => ({ ...node, label: undefined, ...dress(byId.get(node.id), slots, readPalette()) }));
  const nodes = new vis.DataSet(dressed());
  const edges = new vis.DataSet(prepared.edges.map((edge, at) => ({ ...edge, id: String(at), ...tie(readPalette()) })));
  const sizes = new Map(prepared.nodes.map((node) => [node.id, node.size ?? 5]));
  const network = new vis.Network(canvas, /** @type {any} */ ({ nodes, edges }), {
    ...prepared.options,
    physics: { enabled: false },
    interaction: { hover: true, tooltipDelay: 120, keyboard: false },
  });
  // vis-network makes its frame a stop of the Tab key; the table has the same marks, so the frame need not be one.
  for (const frame of canvas.querySelectorAll("[tabindex]")) frame.removeAttribute("tabindex");
  name(network, canvas, scene, sizes);
  network.once("afterDrawing", drawn);
  network.fit({ animation: false });
  network.on("doubleClick", (/** @type {{nodes: string[]}} */ { nodes: hit }) => {
    const href = ownPath(byId.get(hit[0])?.href ?? "");
    if (href) location.assign(href);
  });
  onSchemeChange(() => {
    nodes.update(dressed());
    edges.update(edges.getIds().map((id) => ({ id: String(id), ...tie(readPalette()) })));
  });
}

/**
 * Names beside the marks, by our own hand: those of vis-network overprint each other.
 * @param {import("vis-network/peer").Network} network
 * @param {HTMLElement} canvas
 * @param {Scene} scene
 * @param {Map<string, number>} sizes radius of each mark, in the units of vis-network
 */
function name(network, canvas, scene, sizes) {
  const labels = new Labels(canvas);
  const state = makeState(scene, "");
  network.on("hoverNode", ({ node }) => (state.hovered = node));
  network.on("blurNode", () => (state.hovered = ""));
  network.on("afterDrawing", () => {
    const scale = network.getScale();
    const onScreen = (/** @type {SceneNode} */ { id }) => {
      const { x, y } = network.canvasToDOM(network.getPosition(id));
      return { x, y, r: (sizes.get(id) ?? 5) * scale };
    };
    labels.draw(state, onScreen, { width: canvas.clientWidth, height: canvas.clientHeight }, 0);
  });
}

/**
 * The look of a mark: the same colours and rings as on the atlas.
 * @param {SceneNode | undefined} node
 * @param {Map<string, number>} slots
 * @param {Palette} palette
 */
function dress(node, slots, palette) {
  const [outline, fill] = coloursOf(palette, slots.get(node?.group ?? "") ?? -1);
  const look = { shape: "dot", borderWidthSelected: 4 };
  if (node?.bridging) return { ...look, borderWidth: 3, color: colour(palette.ring, palette.core, palette) };
  if (node?.connecting) return { ...look, borderWidth: 1.5, color: colour(palette.ink, palette.paper, palette) };
  if (node?.kind === "networks") return { ...look, borderWidth: 1.5, color: colour(outline, fill, palette) };
  return { ...look, borderWidth: 1, color: colour(palette.paper, outline, palette) };
}

/**
 * @param {string} border
 * @param {string} background
 * @param {Palette} palette
 */
function colour(border, background, palette) {
  return { border, background, highlight: { border: palette.chosen, background }, hover: { border: palette.chosen, background } };
}

/** @param {Palette} palette */
function tie(palette) {
  return { color: { color: palette.line, opacity: 0.55, highlight: palette.chosen, hover: palette.chosen } };
}

/** @param {HTMLElement} figure */
function begin(figure) {
  start(figure).catch((error) => {
    console.error(error); // the server's picture stays
    figure.dataset.state = "failed";
  });
}

// A map that a narrow window leaves out costs nothing until the window is wide.
const shown = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    shown.unobserve(target);
    begin(/** @type {HTMLElement} */ (target));
  }
});
for (const figure of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-focus]"))) {
  if (figure.checkVisibility()) begin(figure);
  else shown.observe(figure);
}
