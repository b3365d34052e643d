/** How a name is broken into lines. */

const LINES = 3;
const MOST_WORDS = 24; // of a name; what follows is not written on the map

/**
 * As few lines (at most three) of about equal width as a name takes.
 * @param {string} text
 * @param {(text: string) => number} measure
 * @param {number} wrapped width from which a line is broken
 * @returns {string[]}
 */
export function wrap(text, measure, wrapped) {
  const words = text.split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
  const widest = (/** @type {string[]} */ lines) => Math.max(...lines.map(measure));
  let best = [words.join(" ")];
  for (let count = 2; count <= Math.min(LINES, words.length) && widest(best) > wrapped; count++) {
    best = splits(words, count).reduce((a, b) => (widest(b) < widest(a) ? b : a));
  }
  return best;
}

/**
 * All ways to break words into so many lines.
 * @param {string[]} words
 * @param {number} count
 * @returns {string[][]}
 */
function splits(words, count) {
  if (count === 1) return [[words.join(" ")]];
  const firsts = Array.from({ length: words.length - count + 1 }, (_, i) => i + 1);
  return firsts.flatMap((at) => {
    const first = words.slice(0, at).join(" ");
    return splits(words.slice(at), count - 1).map((rest) => [first, ...rest]);
  });
}
