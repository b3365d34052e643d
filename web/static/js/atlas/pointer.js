/** Mouse, pen and touch on the map: drag, pinch and wheel move it, click chooses, hovering names. */

/** @typedef {import("./types.js").Point} Point */
/** @typedef {import("./types.js").State} State */
/** @typedef {import("./view.js").View} View */

const STILL = 6; // pixels that a click may stray
const WHEEL = 0.0018; // share of nearness for one unit of the wheel

/**
 * @param {View} view
 * @param {State} state
 * @param {{choose: (id: string) => void, leave: () => void, refused: () => void}} act `leave` is told of a click beside
 *   all that can be chosen, `refused` of a wheel that the map leaves to the page
 */
export function listenToPointer(view, state, act) {
  const { host, camera } = view;
  /** @type {Map<number, Point>} */
  const down = new Map();
  let strayed = 0;
  /** @type {Point} */
  let begun = { x: 0, y: 0 };
  let box = host.getBoundingClientRect();
  const at = (/** @type {MouseEvent} */ event) => {
    if (!down.size) box = host.getBoundingClientRect(); // while the map is dragged it stays where it is
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  host.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    if (!down.size) [strayed, begun] = [0, at(event)];
    down.set(event.pointerId, at(event));
  });
  host.addEventListener("pointermove", (event) => {
    const now = at(event);
    const before = down.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== "touch") hover(view.meantAt(now));
      return;
    }
    strayed = Math.max(strayed, Math.hypot(now.x - begun.x, now.y - begun.y));
    if (strayed <= STILL) return;
    if (!host.hasPointerCapture(event.pointerId)) {
      host.setPointerCapture(event.pointerId);
      view.hold(true);
    }
    if (down.size === 2) pinch(event.pointerId, before, now);
    else camera.push(now.x - before.x, now.y - before.y);
    down.set(event.pointerId, now);
  });
  host.addEventListener("pointerup", (event) => {
    const was = down.get(event.pointerId);
    down.delete(event.pointerId);
    if (!down.size) view.hold(false);
    if (!was || down.size || strayed > STILL) return;
    host.focus({ preventScroll: true });
    const meant = view.meantAt(at(event));
    if (meant) act.choose(meant);
    else act.leave();
  });
  host.addEventListener("pointercancel", (event) => {
    down.delete(event.pointerId);
    view.hold(false);
  });
  host.addEventListener("pointerleave", () => hover(""));
  host.addEventListener("dblclick", (event) => camera.fly(camera.nearer(2, at(event)), 200));
  host.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && document.activeElement !== host) return act.refused();
    const turned = event.deltaY * (event.deltaMode ? 16 : 1) * (event.ctrlKey ? 4 : 1);
    const to = camera.nearer(Math.exp(-turned * WHEEL), at(event));
    if (!event.ctrlKey && to.ratio === camera.ratio) return; // at the end of the zoom the page scrolls on
    event.preventDefault();
    camera.set(to);
  }, { passive: false });

  /** @param {number} id @param {Point} before @param {Point} now */
  function pinch(id, before, now) {
    const other = [...down].find(([key]) => key !== id)?.[1];
    if (!other) return;
    const spread = (/** @type {Point} */ p) => Math.max(Math.hypot(p.x - other.x, p.y - other.y), 1);
    camera.set(camera.nearer(spread(now) / spread(before), other));
  }

  /** @param {string} id */
  function hover(id) {
    if (state.hovered === id) return;
    state.hovered = id;
    host.classList.toggle("pointing", id !== "");
    view.touch();
  }
}
