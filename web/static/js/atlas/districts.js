/** Communities on a large map: circles around their networks, which are pointed at, chosen and reached like marks. */

/** @typedef {import("./types.js").District} District */
/** @typedef {import("./types.js").SceneNode} SceneNode */
/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Point} Point */
/** @typedef {import("./types.js").Circle} Circle */

const NAME = "district "; // before the number of a community, where marks have their id
const ROOM = 1.15; // of a district, around it
const SHARE = 0.18; // of the view that the radius of its largest disc may take: no people come yet (levels.js)

/** What a district is called among marks. @param {District} district */
export function nameOf({ id }) {
  return NAME + id;
}

/** The community that is meant by such a name; empty for a mark. @param {string} name */
export function communityIn(name) {
  return name.startsWith(NAME) ? name.slice(NAME.length) : "";
}

/** The district of a name like that of {@link nameOf}. @param {State} state @param {string} name */
export function districtOf(state, name) {
  const community = communityIn(name);
  return community ? state.scene.districts.find(({ id }) => id === community) : undefined;
}

/** Whether one looks from so far that districts are named, and meant by a click. @param {State} state @param {number} ratio */
export function fromAfar({ scene }, ratio) {
  return ratio >= scene.sizes.near_rings;
}

/**
 * The district around a point, as it is called among marks; empty where there is none.
 * @param {State} state
 * @param {Point} at
 * @param {(district: District) => Circle} circleOf
 */
export function meantAround({ scene }, at, circleOf) {
  const found = scene.districts.find((one) => {
    const { x, y, r } = circleOf(one);
    return Math.hypot(x - at.x, y - at.y) <= r;
  });
  return found ? nameOf(found) : "";
}

/**
 * What arrow keys reach from afar, before anything is chosen: the districts, and networks that lie in none.
 * @param {State} state
 * @returns {(SceneNode | District)[]}
 */
export function reachedFromAfar({ scene, discs, faded }) {
  const within = (/** @type {SceneNode} */ disc) => {
    return scene.districts.some(({ x, y, radius }) => Math.hypot(disc.x - x, disc.y - y) <= radius);
  };
  return [...scene.districts, ...discs.filter((disc) => !faded.has(disc.id) && !within(disc))];
}

/**
 * How much of the map around the middle of a district to have in view.
 * @param {District} district
 * @param {State} state
 */
export function roomAround({ x, y, radius }, { discs, faded }) {
  const own = discs.filter((disc) => !faded.has(disc.id) && Math.hypot(disc.x - x, disc.y - y) <= radius);
  return Math.max(radius * ROOM, ...own.map((disc) => disc.radius / (2 * SHARE)));
}

/**
 * The outlines of the district that is chosen, of the one that is pointed at, and of the one where the keyboard is.
 * @param {State} state
 * @param {import("./palette.js").Palette} palette
 * @param {boolean} focused
 * @param {(district: District) => Circle} circleOf
 */
export function outlinesOf(state, palette, focused, circleOf) {
  const of = (/** @type {string} */ name) => {
    const district = districtOf(state, name);
    return district ? [circleOf(district)] : [];
  };
  return [
    { circles: of(NAME + state.community), colour: palette.chosen, width: 2.5, dash: [] },
    { circles: state.hovered === NAME + state.community ? [] : of(state.hovered), colour: palette.ink, width: 1.5, dash: [] },
    { circles: focused ? of(state.cursor) : [], colour: palette.focus, width: 3, dash: [6, 4] },
  ];
}

/**
 * Answers whether anything was drawn.
 * @param {CanvasRenderingContext2D} pen
 * @param {{circles: Circle[], colour: string, width: number, dash: number[]}[]} outlines
 */
export function paintOutlines(pen, outlines) {
  for (const { circles, colour, width, dash } of outlines) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.setLineDash(dash);
    for (const { x, y, r } of circles) {
      pen.beginPath();
      pen.arc(x, y, r, 0, 2 * Math.PI);
      pen.stroke();
    }
  }
  pen.setLineDash([]);
  return outlines.some(({ circles }) => circles.length > 0);
}
