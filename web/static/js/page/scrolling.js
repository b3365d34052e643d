/** Scrolling the page stays possible over a map. */

/**
 * The wheel moves the map when it has the focus or Ctrl is held; one finger scrolls the page, two move the map.
 * @param {HTMLElement} host
 */
export function leavePageScrolling(host) {
  const wheel = (/** @type {WheelEvent} */ event) => {
    if (!event.ctrlKey && document.activeElement !== host) event.stopPropagation();
  };
  const touch = (/** @type {TouchEvent} */ event) => {
    if (event.touches.length < 2) event.stopPropagation();
  };
  host.addEventListener("wheel", wheel, { capture: true, passive: true });
  host.addEventListener("touchstart", touch, { capture: true, passive: true });
  host.addEventListener("touchmove", touch, { capture: true, passive: true });
}
