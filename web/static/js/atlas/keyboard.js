/** The map without a mouse: arrows move to the nearest mark, Enter chooses, Escape clears, + - 0 zoom. */

import { word } from "../page/words.js";
import { lookOf, neighbourAt } from "./state.js";
import { reveal } from "./travel.js";

/** @typedef {import("./types.js").SceneNode} SceneNode */
/** @typedef {import("./types.js").State} State */
/** @typedef {import("./view.js").View} View */

/** @type {Record<string, number>} */
const DIRECTIONS = { ArrowRight: 0, ArrowUp: Math.PI / 2, ArrowLeft: Math.PI, ArrowDown: -Math.PI / 2 };

/**
 * @param {View} view
 * @param {State} state
 * @param {{choose: (id: string) => void, open: (node: SceneNode) => void, say: (words: string) => void}} act
 */
export function listenToKeys(view, state, act) {
  view.host.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (handled(event.key, view, state, act)) {
      event.preventDefault();
      event.stopPropagation();
    }
  });
  for (const name of ["focus", "blur"]) view.host.addEventListener(name, () => view.render());
}

/**
 * @param {string} key
 * @param {View} view
 * @param {State} state
 * @param {{choose: (id: string) => void, open: (node: SceneNode) => void, say: (words: string) => void}} act
 * @returns {boolean}
 */
function handled(key, view, state, act) {
  if (key in DIRECTIONS) {
    move(DIRECTIONS[key], view, state, act.say);
    return true;
  }
  const cursor = state.byId.get(state.cursor);
  switch (key) {
    case "Enter":
      if (!cursor) return false;
      if (cursor.id === state.selected) act.open(cursor);
      else act.choose(cursor.id);
      return true;
    case "Escape":
      if (!state.selected && !state.cursor) return false;
      state.cursor = "";
      act.choose("");
      return true;
    case "+":
    case "=":
      view.zoom(1.5);
      return true;
    case "-":
      view.zoom(1 / 1.5);
      return true;
    case "0":
      view.fit();
      return true;
    default:
      return false;
  }
}

/**
 * @param {number} direction
 * @param {View} view
 * @param {State} state
 * @param {(words: string) => void} say
 */
function move(direction, view, state, say) {
  const from = state.byId.get(state.cursor) ?? state.byId.get(state.selected);
  const every = [...state.discs, ...state.rings, ...(view.ratio < state.scene.sizes.near_dots ? state.dots : [])];
  const among = every.filter((node) => !state.faded.has(node.id));
  const next = from ? neighbourAt(from, among, direction) : among[0];
  if (!next) {
    say(word("no_further"));
    return;
  }
  state.cursor = next.id;
  reveal(view, next);
  view.render();
  const what = { disc: "", ring: word("bridging"), thin: word("connector"), dot: "" }[lookOf(next)];
  say([next.label, what, next.detail].filter(Boolean).join(", "));
}
