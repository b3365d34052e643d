/** What scripts say: sentences in the reader's language, which the page holds ready; no script has words of its own. */

/** @type {Record<string, string> | null} */
let held = null;

/**
 * A sentence of the page by its name, with values in its fields; empty when the page holds none of that name.
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 */
export function word(name, values = {}) {
  held ??= /** @type {Record<string, string>} */ (JSON.parse(heldBy("words") || "{}"));
  return (held[name] ?? "").replace(/\{(\w+)\}/g, (field, key) => String(values[key] ?? field));
}

/** What stands for a name that is not known. */
export function nameless() {
  return heldBy("nameless");
}

/** A number as the reader's language writes it. @param {number} n */
export function number(n) {
  // Left to itself, Spanish groups digits from five on; pages group from four on.
  return new Intl.NumberFormat(document.documentElement.lang || "en", { useGrouping: "always" }).format(n);
}

/** @param {string} name */
function heldBy(name) {
  return document.querySelector(`[data-${name}]`)?.getAttribute(`data-${name}`) ?? "";
}
