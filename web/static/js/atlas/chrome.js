/** What stands around the picture, kept in step with it: counts, legend, what is chosen, table. */

import { el, isolated, ownPath } from "../page/dom.js";
import { number, word } from "../page/words.js";
import { followLinks, inAddress, isSet } from "./address.js";

/** @typedef {import("./types.js").Limited} Limited */
/** @typedef {import("./types.js").Row} Row */
/** @typedef {import("./types.js").Scene} Scene */
/** @typedef {import("./types.js").LegendEntry} LegendEntry */

/** @param {string} selector @returns {HTMLElement | null} */
const one = (selector) => document.querySelector(selector);

/**
 * @param {Limited} limited
 * @param {{summary: string, note: string}} scene
 */
export function showLimits(limited, { summary, note }) {
  write("#map-summary", summary);
  write("[data-left]", sentence(limited.words));
  write("[data-note]", sentence(note));
  for (const { key, count } of limited.legend) {
    write(`[data-key="${CSS.escape(key)}"] .legend-count`, number(count));
  }
  showCrumbs(limited.chosen);
  for (const facet of limited.facets) showChoices(facet);
  /** @type {[string, string][]} */
  const fields = [["kind", ""], ["least", "1"]];
  for (const [name, unset] of fields) {
    const field = document.querySelector(`[data-form] [name="${name}"]:not([type=hidden])`);
    if (field instanceof HTMLSelectElement || field instanceof HTMLInputElement) field.value = inAddress(name) || unset;
  }
  write("[data-least]", inAddress("least") || "1");
  markCurrent();
}

/** Which links say what is shown already. */
export function markCurrent() {
  followLinks();
  const links = document.querySelectorAll("[data-toggle], [data-around-links] a");
  for (const link of /** @type {NodeListOf<HTMLElement>} */ (links)) {
    const near = link.dataset.set?.startsWith(`near=${inAddress("near")}&`);
    const on = link.dataset.toggle !== undefined ? isSet(link) : near;
    if (on) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

/** @param {{name: string, words: string}[]} chosen */
function showCrumbs(chosen) {
  const bar = one("[data-crumbs]");
  if (!bar) return;
  const all = Object.fromEntries(chosen.map(({ name }) => [name, ""]));
  const link = (/** @type {Record<string, string>} */ set, /** @type {string} */ name, /** @type {Node[]} */ words) =>
    el("a", { href: "#", class: name, "data-set": String(new URLSearchParams({ ...set, page: "" })) }, words);
  const cross = () => el("span", { "aria-hidden": "true" }, [" \u00d7"]);
  const remove = () => el("span", { class: "visually-hidden" }, [word("remove")]);
  const chips = chosen.map(({ name, words }) => link({ [name]: "" }, "chip", [isolated(words), remove(), cross()]));
  bar.replaceChildren(...(chips.length ? [link(all, "", [document.createTextNode(word("everything"))]), ...chips] : []));
  bar.hidden = !chips.length;
}

/** @param {import("./types.js").Facet} facet */
function showChoices({ name, values }) {
  const select = document.querySelector(`[data-filter] select[name="${CSS.escape(name)}"]`);
  if (!(select instanceof HTMLSelectElement)) return;
  const all = select.options[0];
  const options = values.map(({ value, label, count, chosen }) => {
    return new Option(`${label} (${number(count)})`, value, chosen, chosen);
  });
  select.replaceChildren(all, ...options);
  if (!values.some(({ chosen }) => chosen)) select.value = "";
  const label = select.closest("label");
  if (label) label.hidden = !values.length;
}

/**
 * The rows of the table, and how many there are.
 * @param {Row[]} rows
 * @param {number} total
 * @param {number} page
 * @param {number} pages
 */
export function showRows(rows, total, page, pages) {
  const body = one("#marks tbody");
  const made = rows.map((row) => {
    const href = ownPath(row.href);
    const name = isolated(row.label);
    const cells = [row.what, isolated(row.group), row.place, row.detail].map((cell) => el("td", {}, [cell]));
    const head = el("th", { scope: "row" }, [href ? el("a", { href }, [name]) : name]);
    return el("tr", { "data-id": row.id }, [head, ...cells]);
  });
  body?.replaceChildren(...made);
  const marks = word(total === 1 ? "mark" : "marks", { shown: number(total) });
  write("[data-rows]", word(pages > 1 ? "rows_of_page" : "rows", { marks, page, pages }));
  const pager = one("[data-pager]");
  if (pager) pager.hidden = true; // its links are those of another answer; loading the address anew brings them back
}

/** @param {string} selector @param {string} words */
function write(selector, words) {
  const found = one(selector);
  if (found && found.textContent !== words) found.textContent = words;
}

/** @param {string} words */
function sentence(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What is said of the level: title, what the legend counts, which menus and signs there are. @param {Scene} scene */
export function showLevel({ level, title, legend }) {
  write("[data-title]", title);
  const figure = one("[data-atlas]");
  if (figure) figure.dataset.level = level;
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-only]"))) {
    part.hidden = part.dataset.only !== level;
  }
  for (const link of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".segments a[data-set]"))) {
    if (isSet(link)) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const list = one("[data-legend-entries]");
  const known = list?.querySelector("li[data-key]");
  if (!list || !known) return;
  const communities = legend.some(({ community }) => community);
  list.replaceChildren(...legend.map((entry) => legendEntry(entry, known, communities && !entry.community)));
}

/**
 * An entry of the legend like those that the server writes.
 * @param {LegendEntry} entry
 * @param {Element} like
 * @param {boolean} rest whether it is all that is in none of the communities of the legend
 */
function legendEntry({ key, label, slot, count, community }, like, rest) {
  const made = /** @type {HTMLElement} */ (like.cloneNode(true));
  made.dataset.key = key;
  const link = made.querySelector("a");
  /** @type {Record<string, string>} */
  const set = community ? { community, group: "", select: "", near: "" } : { group: key, ...(rest && { community: "" }) };
  if (link) link.dataset.set = String(new URLSearchParams({ ...set, page: "" }));
  for (const mark of made.querySelectorAll("[class*=slot-]")) {
    const name = `slot-${slot < 0 ? "other" : slot}`;
    mark.setAttribute("class", (mark.getAttribute("class") ?? "").replace(/slot-\w+/, name));
  }
  const parts = [made.querySelector("bdi"), made.querySelector(".legend-count")];
  [label, number(count)].forEach((words, i) => parts[i]?.replaceChildren(words));
  return made;
}

/**
 * Follow a link; out of the frame, when the map is in one.
 * @param {string} href
 */
export function follow(href) {
  const target = document.querySelector("base")?.getAttribute("target");
  if (target) open(href, target);
  else location.assign(href);
}

/** @param {string} id */
export function markRow(id) {
  document.querySelector("#marks tr.selected")?.classList.remove("selected");
  if (id) document.querySelector(`#marks tr[data-id="${CSS.escape(id)}"]`)?.classList.add("selected");
}
