/** The atlas: replaces the server's picture by one that can be moved, and keeps panel, table and address in step. */

import { el } from "../page/dom.js";
import { cameraInAddress, partAddress, selectedInAddress, writeCamera, writeSelected } from "./address.js";
import { listenToKeys } from "./keyboard.js";
import { showNotice, showSelection } from "./panel.js";
import { listenToPointer } from "./pointer.js";
import { makeState } from "./state.js";
import { View } from "./view.js";
import { reasonAgainst } from "./webgl.js";

/** @typedef {import("./types.js").AtlasView} AtlasView */
/** @typedef {import("./types.js").Chosen} Chosen */
/** @typedef {import("./types.js").State} State */

const KEYS =
  "Map. Arrow keys move to the nearest mark, Enter chooses it and Enter again opens its page, Escape clears, " +
  "plus and minus zoom, zero shows all. The table below holds the same marks.";

/**
 * @param {string} selector
 * @returns {HTMLElement}
 */
function part(selector) {
  const found = document.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`the page has no ${selector}`);
  return found;
}

async function start() {
  const figure = part("[data-atlas]");
  const twin = figure.dataset.twin ?? "";
  const answer = await fetch(twin);
  if (!answer.ok) throw new Error(`${twin}: ${answer.status}`);
  const { atlas } = /** @type {{atlas: AtlasView}} */ (await answer.json());
  const reason = atlas.scene.nodes.length ? reasonAgainst() : "There is nothing to draw.";
  if (reason) {
    part("[data-hint]").append(" " + reason);
    figure.dataset.state = "still";
    return;
  }
  await styled();
  draw(figure, atlas, twin);
  figure.dataset.state = "ready";
}

/** Until the style sheets are there, the map has no size. */
function styled() {
  if (document.readyState === "complete") return Promise.resolve();
  return new Promise((resolve) => addEventListener("load", resolve, { once: true }));
}

/**
 * @param {HTMLElement} figure
 * @param {AtlasView} atlas
 * @param {string} twin
 */
function draw(figure, atlas, twin) {
  const state = makeState(atlas.scene, figure.dataset.selected ?? "");
  const stage = part("[data-stage]");
  const host = el("div", { class: "atlas", tabindex: "0", role: "application", "aria-label": KEYS });
  stage.append(host);
  stage.classList.add("live");
  const view = new View(host, state);
  const stand = cameraInAddress();
  if (stand) view.camera.set(stand);
  const say = (/** @type {string} */ words) => {
    part("[data-live]").textContent = words;
  };
  const choose = chooser(view, state, twin, figure.dataset.version ?? "", say);
  listenToPointer(view, state, { choose: (id) => choose(id, true), area: () => false, refused: () => hintAtWheel(stage) });
  listenToKeys(view, state, { choose: (id) => choose(id, true), open: (node) => follow(node.href), say });
  addEventListener("popstate", () => choose(selectedInAddress(), false));
  listenToButtons(view);
  rememberCamera(view);
  // Back to a page that was selected by script: the server has not drawn that selection into it.
  const asked = selectedInAddress();
  if (asked !== state.selected) choose(asked, false);
}

/** Once: how the wheel comes to move the map and not the page. @param {HTMLElement} stage */
function hintAtWheel(stage) {
  const hint = stage.querySelector("[data-wheel]");
  if (!(hint instanceof HTMLElement)) return;
  hint.hidden = false;
  clearTimeout(Number(hint.dataset.timer));
  hint.dataset.timer = String(setTimeout(() => (hint.hidden = true), 1600));
}

/**
 * What happens when a mark is chosen (empty: nothing any more).
 * @param {View} view
 * @param {State} state
 * @param {string} twin
 * @param {string} version of the data that the page was drawn from
 * @param {(words: string) => void} say
 * @returns {(id: string, step: boolean) => void}
 */
function chooser(view, state, twin, version, say) {
  const panel = part("[data-panel]");
  const always = state.edges.filter((edge) => edge.always);
  let latest = 0;
  const choose = async (/** @type {string} */ id, /** @type {boolean} */ step) => {
    const turn = ++latest;
    state.selected = state.byId.has(id) ? id : "";
    state.cursor = state.selected || state.cursor;
    state.edges = always;
    if (step) writeSelected(state.selected, true);
    markRow(state.selected);
    view.render();
    const node = state.byId.get(state.selected);
    if (!node) {
      showSelection(panel, null, () => {});
      say(id ? "What the address selects is not on this map." : "Selection cleared.");
      return;
    }
    view.reveal(node);
    const chosen = await fetchPart(partOf(twin, node.id));
    if (turn !== latest) return; // something else was chosen meanwhile
    if (!chosen) {
      showNotice(panel, "The details could not be loaded. The page about it may still open from the table.");
      return;
    }
    const edges = chosen.edges.filter((edge) => state.byId.has(edge.source) && state.byId.has(edge.target));
    const known = new Set(always.map((edge) => edge.source + " " + edge.target));
    state.edges = [...always, ...edges.filter((edge) => !known.has(edge.source + " " + edge.target))];
    showSelection(panel, chosen.selection, () => choose("", true));
    if (chosen.version !== version) {
      showNotice(panel, "The data was updated since this map was drawn.", el("a", { href: location.href }, ["Draw it anew"]));
    }
    view.render();
    say(chosen.selection ? `${node.label} selected. ${chosen.selection.summary}` : "This is no longer in the data.");
  };
  return (id, step) => void choose(id, step);
}

/**
 * Where the details of a mark are: the twin tells them when asked; a static site has a file for each.
 * @param {string} twin
 * @param {string} id
 */
function partOf(twin, id) {
  if (part("[data-atlas]").dataset.parts === undefined) return partAddress(twin, id);
  return twin.replace(/\.json$/, `/${encodeURIComponent(id)}.json`);
}

/**
 * Follow a link; out of the frame, when the map is in one.
 * @param {string} href
 */
function follow(href) {
  const target = document.querySelector("base")?.getAttribute("target");
  if (target) open(href, target);
  else location.assign(href);
}

/**
 * @param {string} address
 * @returns {Promise<Chosen | null>}
 */
async function fetchPart(address) {
  try {
    const answer = await fetch(address);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null; // the server has gone: the map itself still works
  }
}

/** @param {string} id */
function markRow(id) {
  document.querySelector("#marks tr.selected")?.classList.remove("selected");
  if (id) document.querySelector(`#marks tr[data-id="${CSS.escape(id)}"]`)?.classList.add("selected");
}

/** @param {View} view */
function listenToButtons(view) {
  const group = part("[data-zoom]");
  group.hidden = false;
  group.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button?.dataset.do === "in") view.zoom(1.5);
    if (button?.dataset.do === "out") view.zoom(1 / 1.5);
    if (button?.dataset.do === "fit") view.fit();
  });
}

/** @param {View} view */
function rememberCamera(view) {
  let known = JSON.stringify(view.camera.stand);
  let timer = 0;
  view.host.addEventListener("rest", () => {
    const now = JSON.stringify(view.camera.stand);
    if (now === known) return;
    known = now;
    clearTimeout(timer);
    timer = setTimeout(() => writeCamera(view.camera.stand), 250);
  });
}

start().catch((error) => {
  console.error(error); // the server's picture stays
  const figure = document.querySelector("[data-atlas]");
  if (figure instanceof HTMLElement) figure.dataset.state = "failed";
});
