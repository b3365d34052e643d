/** The portions of a map after the first: asked for one after the other, while the map is used already. */

import { twinAddress } from "./address.js";
import { fetched, part } from "./part.js";

/** @typedef {import("./types.js").Columns} Columns */
/** @typedef {import("./holding.js").Holding} Holding */

/**
 * Ends where an answer is missing, is of other data, or is not wanted any more. The figure says when all is here.
 * @param {Holding} holding
 * @param {string} twin
 * @param {Columns | null} first of a static site, which has whole marks, none
 * @param {() => void} taken
 * @param {number} [offset] number of the first mark of the first portion
 */
export async function complete(holding, twin, first, taken, offset = 0) {
  const figure = part("[data-atlas]");
  delete figure.dataset.whole;
  holding.loading += 1;
  if (first) await readOn(holding, twinAddress(twin, { part: "marks" }), first, taken, offset);
  holding.loading -= 1;
  if (!holding.loading) figure.dataset.whole = "";
}

/**
 * @param {Holding} holding
 * @param {string} address with the selection of now
 * @param {Columns} first
 * @param {() => void} taken
 * @param {number} offset
 */
async function readOn(holding, address, first, taken, offset) {
  const { told, come } = holding;
  for (let from = offset + first.label.length; from < offset + first.total; ) {
    const answer = /** @type {{version: string, marks: Columns} | null} */ (await fetched(`${address}&from=${from}`));
    if (holding.told !== told || (holding.come !== come && from >= holding.stay)) return;
    if (!answer || answer.version !== told.version || !answer.marks.label.length) return;
    holding.add(answer.marks);
    taken();
    from += answer.marks.label.length;
  }
}
