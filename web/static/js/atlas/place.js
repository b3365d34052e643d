/** Where labels go: the most important first, each where it covers no label, disc or ring. As web/labels.py does. */

/**
 * A label that a mark would like; `own` are the obstacles that count for it.
 * @typedef {{id: string, text: string, x: number, y: number, r: number, width: number, height: number, must: boolean,
 *   inside: boolean, obstacles: Circle[]}} Wanted
 * @typedef {{x: number, y: number, r: number}} Circle
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 */

const GAP = 4;
const ON_ITSELF = 6; // cost of a label that covers its own mark, in pixels of covered depth
const ON_OTHERS = 4; // a label on another mark seems to name that one, so each pixel of depth costs more

/**
 * @param {Wanted[]} wanted in order of importance
 * @param {{width: number, height: number}} frame
 * @returns {{want: Wanted, box: Box}[]}
 */
export function placeLabels(wanted, frame) {
  /** @type {{want: Wanted, box: Box}[]} */
  const placed = [];
  for (const want of wanted) {
    const box = bestBox(want, placed, frame);
    if (box) placed.push({ want, box });
  }
  return placed;
}

/**
 * @param {Wanted} want
 * @param {{box: Box}[]} placed
 * @param {{width: number, height: number}} frame
 * @returns {Box | null}
 */
function bestBox(want, placed, frame) {
  let best = null;
  let least = Infinity;
  for (const { box, covered } of priced(want, frame)) {
    const seen = box.left >= 0 && box.top >= 0 && box.right <= frame.width && box.bottom <= frame.height;
    if (!seen || placed.some((other) => overlap(box, other.box))) continue;
    if (covered === 0) return box;
    if (want.must && covered < least) [best, least] = [box, covered];
  }
  return best;
}

/**
 * Boxes with what they cost: on the mark where that is welcome, around it, and last on it anyway.
 * @param {Wanted} want
 * @param {{width: number, height: number}} frame
 * @returns {Generator<{box: Box, covered: number}>}
 */
function* priced(want, frame) {
  const middle = boxAt(want, want.x, want.y);
  const onItself = (/** @type {Box} */ box) => {
    const others = depth(box, want.obstacles) - depth(box, [want]);
    return { box, covered: Math.max(0, others) * ON_OTHERS + (others < 1e-6 && want.inside ? 0 : ON_ITSELF) };
  };
  if (want.inside) yield onItself(middle);
  for (const box of candidates(want)) yield { box, covered: depth(box, want.obstacles) * ON_OTHERS };
  yield onItself(middle);
  yield onItself(boxAt(want, ...within(want, frame)));
}

/**
 * @param {Wanted} want
 * @param {number} x
 * @param {number} y
 * @returns {Box}
 */
function boxAt(want, x, y) {
  const [w, h] = [want.width / 2, want.height / 2];
  return { left: x - w, right: x + w, top: y - h, bottom: y + h };
}

/**
 * @param {Wanted} want
 * @returns {Box[]}
 */
function candidates(want) {
  const reach = want.r + GAP;
  const half = want.width / 2;
  const down = reach + want.height / 2;
  const side = reach * 0.75;
  const middles = [
    [want.x, want.y + down],
    [want.x, want.y - down],
    [want.x + reach + half, want.y],
    [want.x - reach - half, want.y],
    [want.x + half * 0.6, want.y + down],
    [want.x - half * 0.6, want.y + down],
    [want.x + half * 0.6, want.y - down],
    [want.x - half * 0.6, want.y - down],
    [want.x + side + half, want.y + side],
    [want.x - side - half, want.y + side],
    [want.x + side + half, want.y - side],
    [want.x - side - half, want.y - side],
  ];
  return middles.map(([x, y]) => boxAt(want, x, y));
}

/**
 * The middle of a disc that is larger than the frame is out of sight; the nearest place in the frame is not.
 * @param {Wanted} want
 * @param {{width: number, height: number}} frame
 * @returns {[number, number]}
 */
function within(want, frame) {
  const [w, h] = [want.width / 2 + GAP, want.height / 2 + GAP];
  return [Math.min(Math.max(want.x, w), frame.width - w), Math.min(Math.max(want.y, h), frame.height - h)];
}

/** @param {Box} a @param {Box} b */
function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/**
 * How deep a box reaches into circles, summed; 0 when it touches none.
 * @param {Box} box
 * @param {Circle[]} circles
 */
function depth(box, circles) {
  let sum = 0;
  for (const { x, y, r } of circles) {
    const dx = Math.min(Math.max(x, box.left), box.right) - x;
    const dy = Math.min(Math.max(y, box.top), box.bottom) - y;
    sum += Math.max(0, r - Math.hypot(dx, dy));
  }
  return sum;
}
