/** The level follows how near one is: people come where a disc is large, and go where one looks from afar again. */

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").SceneNode} SceneNode */
/** @typedef {import("./view.js").View} View */

const [COME, GO] = [0.2, 0.13]; // radius of the largest disc in view, as a share of the shorter side of the picture
const [NEAR, FAR] = [0.7, 0.85]; // share of the map in view: never nearer, or farther, than at first sight

/**
 * The level that is due, or an empty text where it is the right one; `disc` is the largest in view.
 * @param {string} level
 * @param {number} ratio share of the map in view
 * @param {number} share of the picture that the radius of that disc takes
 */
export function levelDue(level, ratio, share) {
  if (level === "networks" && ratio < NEAR && share > COME) return "people";
  if (level === "people" && (ratio > FAR || share < GO)) return "networks";
  return "";
}

/**
 * @param {View} view
 * @param {State} state
 * @param {(level: string, select: string) => Promise<void>} become
 */
export function listenToLevels(view, state, become) {
  if (state.scene.level !== "networks") return; // whoever asked for people gets them, near or far
  const figure = view.host.closest("[data-atlas]");
  const people = Number(figure?.getAttribute("data-people") ?? 0);
  const byDisc = figure?.hasAttribute("data-by-disc"); // those of one disc at a time
  let busy = false;
  view.host.addEventListener("rest", async () => {
    const { width, height } = view.camera.frame;
    const seen = state.discs.map((disc) => ({ disc, ...view.onScreen(disc) })).filter(({ x, y, r }) => {
      return x + r > 0 && y + r > 0 && x - r < width && y - r < height;
    });
    const [first] = seen.sort((a, b) => b.r - a.r);
    const due = first ? levelDue(state.scene.level, view.ratio, first.r / Math.min(width, height)) : "";
    if (!due || busy || !people) return;
    busy = true;
    await become(due, due === "people" && byDisc ? first.disc.id : "");
    busy = false;
  });
}
