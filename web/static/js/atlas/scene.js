/** The map as it comes from the server: marks in columns, a portion at a time (netofnets.services.map.columns). */

/** @typedef {import("./types.js").SceneNode} SceneNode */
/** @typedef {import("./types.js").Columns} Columns */
/** @typedef {import("./types.js").Lines} Lines */
/** @typedef {import("./types.js").Told} Told */

/**
 * The marks of a portion.
 * @param {Columns} portion
 * @returns {SceneNode[]}
 */
export function marksOf(portion) {
  const ids = idsOf(portion);
  const { unit, label, weight, ring, radius, paths } = portion;
  const [group, place, detail] = [decoded(portion.group), decoded(portion.place), decoded(portion.detail)];
  let [x, y] = [0, 0];
  return ids.map((id, i) => {
    [x, y] = [x + portion.x[i], y + portion.y[i]];
    const kind = i < portion.discs ? "networks" : "leaders";
    const looks = { bridging: ring[i] === 2, connecting: ring[i] === 1 };
    const words = { label: label[i], group: group[i], place: place[i], detail: detail[i], href: paths[kind] + id };
    return { id, kind, x: x * unit, y: y * unit, radius: radius[i] * unit, weight: weight[i], ...looks, ...words };
  });
}

/**
 * Of the marks of a portion those that changed, with the tag of each.
 * @param {Columns} portion
 * @param {SceneNode[]} marks
 */
export function changedOf(portion, marks) {
  const badges = portion.changed ? decoded(portion.changed) : [];
  return marks.flatMap(({ id }, i) => (typeof badges[i] === "string" ? [{ id, badge: badges[i] }] : []));
}

/** @template T @param {{of: T[], at: number[]}} coded @returns {T[]} */
function decoded({ of, at }) {
  let n = 0;
  return at.map((step) => of[(n += step)]);
}

/** @param {Columns} portion */
function idsOf({ id, each, first, discs }) {
  const apart = () => Array.from({ length: id.length / each }, (_, i) => id.slice(i * each, (i + 1) * each));
  const rest = each ? apart() : id ? id.split(" ") : [];
  return rest.map((one, i) => first[i < discs ? "networks" : "leaders"] + one);
}

/**
 * Lines between marks that are there; the others come with theirs.
 * @param {Lines} lines
 * @param {SceneNode[]} marks in the order of the server
 */
export function linesOf({ ends, weight, label }, marks) {
  const words = decoded(label);
  return ends.flatMap(([a, b], i) => {
    if (!marks[a] || !marks[b]) return [];
    return [{ source: marks[a].id, target: marks[b].id, weight: weight[i], label: words[i], always: true }];
  });
}

/**
 * The marks that a filter leaves out: `runs` are so many that stay, so many that do not, and so on; null: all stay.
 * @param {number[] | null} runs
 * @param {SceneNode[]} marks in the order of the server
 */
export function leftOut(runs, marks) {
  /** @type {Set<string>} */
  const out = new Set();
  let at = 0;
  (runs ?? []).forEach((length, n) => {
    if (n % 2) for (const { id } of marks.slice(at, at + length)) out.add(id);
    at += length;
  });
  return out;
}

/**
 * An answer as the map reads it. A static site, which can be asked for nothing later, has whole marks instead.
 * @param {Told | {atlas: import("./types.js").AtlasView, moved?: Told["moved"]}} told
 * @returns {Told}
 */
export function read(told) {
  if ("scene" in told) return told;
  const { scene, version } = told.atlas;
  return { version, scene, marks: null, limited: null, moved: null, community: null };
}
