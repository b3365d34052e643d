/** The address of the map: what is selected, filtered and in view, so that a link shows the same again. */

/** @typedef {import("./camera.js").Stand} Stand */

/** A value of the address; empty when there is none. @param {string} name */
export function inAddress(name) {
  return new URLSearchParams(location.search).get(name) ?? "";
}

/**
 * Where the camera of the address stands, which the camera moves into what can be seen; null when it does not say.
 * @returns {Stand | null}
 */
export function cameraInAddress() {
  const [x, y, ratio] = inAddress("view").split(",").map(Number);
  return [x, y, ratio].every(Number.isFinite) ? { x, y, ratio } : null;
}

/**
 * @param {Record<string, string>} values empty ones are left out
 * @param {boolean} step whether Back should lead to what was before
 */
export function writeAddress(values, step) {
  const url = changed(location.href, values);
  if (step) history.pushState(null, "", url);
  else history.replaceState(null, "", url);
  followLinks();
}

/** @param {Stand} stand */
export function writeCamera({ x, y, ratio }) {
  const whole = Math.abs(x - 0.5) < 0.005 && Math.abs(y - 0.5) < 0.005 && Math.abs(ratio - 1) < 0.01;
  writeAddress({ view: whole ? "" : [x, y, ratio].map((v) => v.toFixed(ratio < 0.05 ? 5 : 3)).join(",") }, false);
}

/**
 * The twin's address for what the page shows now, or for a part of it.
 * @param {string} twin
 * @param {Record<string, string>} [values]
 */
export function twinAddress(twin, values = {}) {
  const url = new URL(twin, location.href);
  return changed(url.origin + url.pathname + location.search, { view: "", ...values });
}

/**
 * What a link changes of the address: one that can be switched on switches off what it has set already.
 * @param {HTMLElement} link
 * @returns {Record<string, string>}
 */
export function setBy(link) {
  const values = Object.fromEntries(new URLSearchParams(link.dataset.set ?? ""));
  if (link.dataset.toggle !== undefined && isSet(link)) for (const name of Object.keys(values)) values[name] = "";
  return values;
}

/** Whether the address says all that a link would set. @param {HTMLElement} link */
export function isSet(link) {
  const values = [...new URLSearchParams(link.dataset.set ?? "")];
  const own = values.filter(([name]) => !["page", "near", "select"].includes(name));
  return own.every(([name, value]) => inAddress(name) === value);
}

/** Links that change the map keep everything else that the address says. */
export function followLinks() {
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-set]"))) {
    link.href = changed(location.href, setBy(link));
  }
}

/**
 * @param {string} href
 * @param {Record<string, string>} parameters empty ones are left out
 */
export function changed(href, parameters) {
  const url = new URL(href);
  for (const [name, value] of Object.entries(parameters)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  return url.pathname + url.search + url.hash;
}
