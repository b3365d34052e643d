/** Search on the map: a combobox over the names of the marks; what is chosen is flown to and selected. */

import { el, isolated } from "../page/dom.js";

/** @typedef {import("./types.js").SceneNode} SceneNode */
/** @typedef {import("./types.js").State} State */

const MOST = 8;

/**
 * The marks whose name has all the words, those that begin with the first word first, weightier ones before.
 * @param {SceneNode[]} nodes
 * @param {string} text
 * @returns {SceneNode[]}
 */
export function found(nodes, text) {
  const words = plain(text).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const scored = nodes
    .map((node) => ({ node, name: plain(node.label) }))
    .filter(({ name }) => words.every((word) => name.includes(word)));
  const rank = (/** @type {string} */ name) => (name.startsWith(words[0]) ? 0 : name.includes(` ${words[0]}`) ? 1 : 2);
  scored.sort((a, b) => rank(a.name) - rank(b.name) || b.node.weight - a.node.weight || (a.name < b.name ? -1 : 1));
  return scored.slice(0, MOST).map(({ node }) => node);
}

/** @param {string} text */
function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * @param {HTMLElement} form holds the field and the list
 * @param {() => State} state
 * @param {(node: SceneNode) => void} go
 */
export function listenToFind(form, state, go) {
  const [input, list] = [form.querySelector("input"), form.querySelector("ul")];
  if (!input || !list) return; // a static site has no fields
  form.hidden = false;
  /** @type {SceneNode[]} */
  let hits = [];
  let at = -1;
  const show = () => {
    list.replaceChildren(...hits.map((node, i) => {
      const chosen = { role: "option", id: `found-${i}`, "data-at": String(i), "aria-selected": String(i === at) };
      return el("li", chosen, [isolated(node.label), el("span", { class: "note" }, [node.detail])]);
    }));
    list.hidden = !hits.length;
    input.setAttribute("aria-expanded", String(hits.length > 0));
    if (at >= 0) input.setAttribute("aria-activedescendant", `found-${at}`);
    else input.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    [hits, at] = [[], -1];
    show();
  };
  const take = (/** @type {number} */ i) => {
    const node = hits[i];
    if (!node) return;
    input.value = node.label;
    close();
    go(node);
  };
  input.addEventListener("input", () => {
    [hits, at] = [found(state().scene.nodes, input.value), -1];
    show();
  });
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && hits.length) {
      event.preventDefault();
      at = (at + step + hits.length) % hits.length;
      show();
    }
    if (event.key === "Escape") close();
    if (event.key === "Enter") take(Math.max(at, 0));
  });
  list.addEventListener("pointerdown", (event) => {
    const item = event.target instanceof Element ? event.target.closest("[data-at]") : null;
    if (!(item instanceof HTMLElement)) return;
    event.preventDefault();
    take(Number(item.dataset.at));
  });
  input.addEventListener("blur", close);
}
