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
  const whole = words.join(" ");
  if (words.length < 2 || measure(whole) <= wrapped) return [whole];
  const [space, widths] = [measure(" "), words.map(measure)]; // a line is as wide as its words: measured once each
  const width = (/** @type {number[]} */ line) => line.reduce((sum, at) => sum + widths[at] + space, -space);
  const widest = (/** @type {number[][]} */ lines) => Math.max(...lines.map(width));
  let best = [words.map((_, at) => at)];
  for (let count = 2; count <= Math.min(LINES, words.length) && widest(best) > wrapped; count++) {
    best = splits(words.map((_, at) => at), count).reduce((a, b) => (widest(b) < widest(a) ? b : a));
  }
  return best.map((line) => line.map((at) => words[at]).join(" "));
}

/**
 * All ways to break words, by their numbers, into so many lines.
 * @param {number[]} words
 * @param {number} count
 * @returns {number[][][]}
 */
function splits(words, count) {
  if (count === 1) return [[words]];
  const firsts = Array.from({ length: words.length - count + 1 }, (_, i) => i + 1);
  return firsts.flatMap((at) => splits(words.slice(at), count - 1).map((rest) => [words.slice(0, at), ...rest]));
}
