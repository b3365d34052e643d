/** The panel beside the map: the same as the server writes, built from the twin. */

import { el, isolated, mark, ownPath } from "../page/dom.js";
import { nameless, number, word } from "../page/words.js";

/** @typedef {import("./types.js").Ref} Ref */
/** @typedef {import("./types.js").Selection} Selection */

/**
 * @param {HTMLElement} panel
 * @param {Selection | null} selection
 * @param {() => void} clear
 */
export function showSelection(panel, selection, clear) {
  panel.replaceChildren(...(selection ? parts(selection, clear) : copied("[data-at-hand]")));
  panel.scrollTop = 0;
}

/**
 * A sentence at the top of the panel.
 * @param {HTMLElement} panel
 * @param {string} words
 * @param {HTMLElement} [action]
 */
export function showNotice(panel, words, action) {
  panel.querySelector("[data-notice]")?.remove();
  panel.prepend(el("p", { class: "notice", "data-notice": "" }, action ? [words, " ", action] : [words]));
}

/** What the page holds ready. @param {string} selector */
function copied(selector) {
  const held = document.querySelector(`template${selector}`);
  return held instanceof HTMLTemplateElement ? [held.content.cloneNode(true)] : [];
}

/**
 * @param {Selection} selection
 * @param {() => void} clear
 * @returns {Node[]}
 */
function parts(selection, clear) {
  const person = selection.ref.kind === "leaders";
  const community = selection.ref.kind === "communities";
  const title = el("h2", { class: "panel-title" }, [link(selection.ref)]);
  const made = [closing(clear), title, el("p", {}, [selection.summary])];
  if (selection.reason) {
    made.push(el("p", { class: "reason" }, [mark("ring", word("bridging")), " " + selection.reason]));
  }
  if (selection.joins) {
    const ring = selection.reason ? [] : [mark("ring thin", word("connector")), " "];
    made.push(el("p", { class: "reason" }, [...ring, selection.joins]));
  }
  if (selection.facts.length) made.push(facts(selection.facts));
  if (selection.networks.length) {
    made.push(el("h3", {}, [word(person || community ? "networks" : "shares")]));
    const compared = (/** @type {Ref} */ other) => (person || community ? [] : comparison(selection.ref, other));
    const items = selection.networks.map((n) => [link(n.ref), ...(n.words ? [note(n.words)] : []), ...compared(n.ref)]);
    made.push(list(items));
  }
  if (selection.people.length) {
    made.push(el("h3", {}, [word(person ? "works" : community ? "bridges" : "members")]));
    made.push(list(selection.people.map((ref) => [link(ref)])));
    const more = selection.people_total - selection.people.length;
    if (more > 0) made.push(el("p", { class: "note" }, [word("more", { shown: number(more) })]));
  }
  return [...made, ...copied("[data-around]"), ...(person || community ? [] : addForm(selection)), actions(selection.ref, clear)];
}

/**
 * The form that puts a network side by side with another; of many networks with those that it shares members with.
 * @param {Selection} selection
 */
function addForm({ ref, networks }) {
  const [held] = copied("[data-compare-with]");
  if (!(held instanceof DocumentFragment)) return [];
  const [hidden, select] = [held.querySelector("[name=among]"), held.querySelector("select")];
  if (!(hidden instanceof HTMLInputElement && select)) return [];
  hidden.value = [...hidden.value.split(","), ref.id].filter(Boolean).join(",");
  const few = networks.map((n) => new Option(n.ref.name, n.ref.id));
  if (document.querySelector("[data-compare-with][data-few]")) select.replaceChildren(...few);
  select.querySelector(`option[value="${CSS.escape(ref.id)}"]`)?.remove();
  return [held];
}

/** On a telephone the panel lies over the page, so it can be put away at its top. @param {() => void} clear */
function closing(clear) {
  const button = el("button", { type: "button", class: "quiet sheet-close", "aria-label": word("close") }, ["\u00d7"]);
  button.addEventListener("click", clear);
  return button;
}

/**
 * @param {Ref} ref
 * @param {() => void} clear
 */
function actions(ref, clear) {
  const button = el("button", { type: "button", class: "button quiet" }, [word("clear")]);
  button.addEventListener("click", clear);
  const href = ownPath(ref.href);
  const open = href ? [el("a", { class: "button", href }, [word("open")])] : [];
  return el("p", { class: "actions" }, [...open, button]);
}

/** @param {Ref} ref */
function link(ref) {
  const href = ownPath(ref.href);
  const name = isolated(ref.name || nameless());
  return href ? el("a", { href }, [name]) : name;
}

/**
 * The page that puts two networks side by side, where this site has it.
 * @param {Ref} first
 * @param {Ref} second
 */
function comparison(first, second) {
  const address = document.querySelector("[data-compare]")?.getAttribute("data-compare");
  if (!address) return [];
  const both = new URLSearchParams({ first: first.id, second: second.id });
  const href = `${address}${address.includes("?") ? "&" : "?"}${both}`;
  const label = word("compare_with", { name: second.name });
  return [el("a", { href, class: "note compare", "aria-label": label }, [word("compare")])];
}

/** @param {string} words */
function note(words) {
  return el("span", { class: "note" }, [words]);
}

/** @param {Node[][]} items */
function list(items) {
  return el("ul", { class: "plain-list" }, items.map((item) => el("li", {}, item)));
}

/** @param {[string, string][]} pairs */
function facts(pairs) {
  const rows = pairs.map(([label, value]) => el("div", {}, [el("dt", {}, [label]), el("dd", {}, [isolated(value)])]));
  return el("dl", { class: "facts" }, rows);
}
