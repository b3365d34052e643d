/**
 * The map without a mouse: arrows move to the nearest mark, or from afar to the nearest community; Enter chooses, Escape
 * leaves what was chosen last, + - 0 zoom.
 */

import { number, word } from "../page/words.js";
import { districtOf, fromAfar, nameOf, reachedFromAfar } from "./districts.js";
import { lookOf, neighbourAt } from "./state.js";
import { reveal } from "./travel.js";

/** @typedef {import("./types.js").SceneNode} SceneNode */
/** @typedef {import("./types.js").District} District */
/** @typedef {import("./types.js").State} State */
/** @typedef {import("./view.js").View} View */

/**
 * @typedef {{choose: (id: string) => void, leave: () => boolean, open: (node: SceneNode) => void,
 *   say: (words: string) => void}} Acts
 */

/** @type {Record<string, number>} */
const DIRECTIONS = { ArrowRight: 0, ArrowUp: Math.PI / 2, ArrowLeft: Math.PI, ArrowDown: -Math.PI / 2 };

/**
 * @param {View} view
 * @param {State} state
 * @param {Acts} act
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
 * @param {Acts} act
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
      if (!cursor && !districtOf(state, state.cursor)) return false;
      if (cursor && cursor.id === state.selected) act.open(cursor);
      else act.choose(state.cursor);
      return true;
    case "Escape":
      return act.leave();
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
  const from = districtOf(state, state.cursor) ?? state.byId.get(state.cursor) ?? state.byId.get(state.selected);
  const among = reachable(view, state, from);
  const next = from ? neighbourAt(from, among, direction) : among[0];
  if (!next) {
    say(word("no_further"));
    return;
  }
  state.cursor = "kind" in next ? next.id : nameOf(next);
  reveal(view, next);
  view.render();
  say(described(next));
}

/**
 * From afar communities, until one or a mark in one is chosen; else marks, and near enough members too.
 * @param {View} view
 * @param {State} state
 * @param {SceneNode | District | undefined} from
 * @returns {(SceneNode | District)[]}
 */
function reachable(view, state, from) {
  const far = fromAfar(state, view.ratio) && !state.community && state.scene.districts.length > 0;
  const apart = far ? reachedFromAfar(state) : [];
  if (apart.length && (!from || apart.includes(from))) return apart;
  const every = [...state.discs, ...state.rings, ...(view.ratio < state.scene.sizes.near_dots ? state.dots : [])];
  return every.filter((node) => !state.faded.has(node.id));
}

/** @param {SceneNode | District} next */
function described(next) {
  if (!("kind" in next)) return [next.label, word("district", { networks: number(next.networks) })].join(", ");
  const what = { disc: "", ring: word("bridging"), thin: word("connector"), dot: "" }[lookOf(next)];
  return [next.label, what, next.detail].filter(Boolean).join(", ");
}
