/** The address of the map: what is selected and where the camera stands, so that a link shows the same again. */

import { clamped } from "./camera.js";

/** @typedef {import("./camera.js").Stand} Stand */

/** Id of the selected mark in the address; empty when there is none. */
export function selectedInAddress() {
  return new URLSearchParams(location.search).get("select") ?? "";
}

/**
 * Where the camera of the address stands, moved into what can be seen; null when the address does not say.
 * @returns {Stand | null}
 */
export function cameraInAddress() {
  const [x, y, ratio] = (new URLSearchParams(location.search).get("view") ?? "").split(",").map(Number);
  if (![x, y, ratio].every(Number.isFinite)) return null;
  return clamped({ x, y, ratio });
}

/**
 * @param {string} selected
 * @param {boolean} step whether Back should lead to what was before
 */
export function writeSelected(selected, step) {
  const url = changed(location.href, { select: selected, page: "" });
  if (step) history.pushState(null, "", url);
  else history.replaceState(null, "", url);
  followLinks();
}

/** @param {Stand} stand */
export function writeCamera({ x, y, ratio }) {
  const whole = Math.abs(x - 0.5) < 0.005 && Math.abs(y - 0.5) < 0.005 && Math.abs(ratio - 1) < 0.01;
  const view = whole ? "" : [x, y, ratio].map((v) => v.toFixed(3)).join(",");
  history.replaceState(null, "", changed(location.href, { view }));
  followLinks();
}

/**
 * The twin's address for what a click changes.
 * @param {string} twin
 * @param {string} selected
 */
export function partAddress(twin, selected) {
  return changed(new URL(twin, location.href).href, { select: selected, part: "selection", view: "" });
}

/** Links that change the colours keep what is selected and where the camera stands. */
function followLinks() {
  const now = new URLSearchParams(location.search);
  const kept = { select: now.get("select") ?? "", view: now.get("view") ?? "" };
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("[data-keep] a"))) {
    link.href = changed(link.href, kept);
  }
}

/**
 * @param {string} href
 * @param {Record<string, string>} parameters empty ones are left out
 */
function changed(href, parameters) {
  const url = new URL(href);
  for (const [name, value] of Object.entries(parameters)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  return url.pathname + url.search + url.hash;
}
