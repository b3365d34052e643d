/**
 * Networks chosen on the map to be put side by side: by drawing around them (the button, or Shift and drag), one by one
 * with Shift and a click or Enter. The panel has a list for the same.
 */

import { changed, inAddress } from "./address.js";
import { markAt } from "./state.js";

/** @typedef {import("./types.js").Point} Point */
/** @typedef {import("./types.js").State} State */
/** @typedef {import("./view.js").View} View */

const MOST = 30; // networks side by side, as the server takes them
const STILL = 6; // pixels that a click may stray
const SVG = "http://www.w3.org/2000/svg";

/**
 * The ids of the discs whose middle is within a closed line, the largest first.
 * @param {State} state
 * @param {Point[]} line
 * @param {import("./types.js").OnScreen} onScreen
 */
export function within(state, line, onScreen) {
  return state.discs.filter((disc) => !state.faded.has(disc.id) && inside(onScreen(disc), line)).map(({ id }) => id);
}

/** Whether a ray to the right crosses a closed line an odd number of times. @param {Point} at @param {Point[]} line */
function inside({ x, y }, line) {
  let odd = false;
  line.forEach((a, i) => {
    const b = line[(i + 1) % line.length];
    if (a.y > y !== b.y > y && x < a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x)) odd = !odd;
  });
  return odd;
}

/** The networks that stand side by side now. */
export function chosenNow() {
  const ids = [...inAddress("among").split(","), inAddress("add")].filter(Boolean);
  return [...new Set(ids)];
}

/** Open the map with these side by side; with none, the whole. @param {string[]} ids */
function open(ids) {
  const among = ids.slice(0, MOST).join(",");
  location.assign(changed(location.href, { among, add: "", select: "", near: "", page: "" }));
}

/** Put a network to the others, or take it out. @param {string} id */
function toggle(id) {
  const now = chosenNow();
  open(now.includes(id) ? now.filter((one) => one !== id) : [...now, id]);
}

/**
 * @param {View} view
 * @param {State} state
 */
export function listenToLasso(view, state) {
  const button = document.querySelector("[data-lasso]");
  if (!(button instanceof HTMLButtonElement)) return; // a static site
  const { host } = view;
  /** @type {Point[] | null} */
  let line = null;
  const drawn = document.createElementNS(SVG, "svg");
  drawn.setAttribute("class", "lasso");
  drawn.setAttribute("aria-hidden", "true");
  drawn.append(document.createElementNS(SVG, "path"));
  const at = (/** @type {PointerEvent} */ { clientX, clientY }) => {
    const box = host.getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top };
  };
  const on = () => button.getAttribute("aria-pressed") === "true";
  const end = () => {
    line = null;
    drawn.remove();
    view.hold(false);
  };
  button.addEventListener("click", () => {
    button.setAttribute("aria-pressed", String(!on()));
    host.classList.toggle("drawing", on());
  });
  host.addEventListener("pointerdown", (event) => {
    if (event.button || !(event.shiftKey || on())) return;
    event.stopImmediatePropagation();
    line = [at(event)];
    host.setPointerCapture(event.pointerId);
    host.append(drawn);
    view.hold(true);
  });
  host.addEventListener("pointermove", (event) => {
    if (!line) return;
    event.stopImmediatePropagation();
    line.push(at(event));
    drawn.firstElementChild?.setAttribute("d", "M" + line.map(({ x, y }) => `${x} ${y}`).join("L") + "z");
  });
  host.addEventListener("pointerup", (event) => {
    if (!line) return;
    event.stopImmediatePropagation();
    const [first] = line;
    const still = line.every(({ x, y }) => Math.hypot(x - first.x, y - first.y) <= STILL);
    const mark = still ? markAt(state, first, view.onScreen) : null;
    const found = still ? [] : within(state, line, view.onScreen);
    end();
    if (mark?.kind === "networks") toggle(mark.id);
    else if (found.length) open(found);
  });
  host.addEventListener("pointercancel", end);
  host.addEventListener("keydown", (event) => {
    const mark = event.key === "Enter" && event.shiftKey ? state.byId.get(state.cursor) : undefined;
    if (mark?.kind !== "networks") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    toggle(mark.id);
  });
}
