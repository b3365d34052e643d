/** The colours of the map, read from the style sheet so that light and dark have one source. */

const SLOTS = 8;
const FAINT = 0.16;

/**
 * @typedef {{slots: string[], pale: string[], other: string, otherPale: string, paper: string, ink: string,
 *   surface: string, fresh: string, line: string, chosen: string, ring: string, core: string, focus: string}} Palette
 */

const FORCED = "(forced-colors: active)";

/**
 * Where the reader's system names the colours, those: all groups have the colour of text, and the legend filters.
 * @returns {Palette}
 */
function systemPalette() {
  const probe = document.createElement("span");
  document.body.append(probe);
  const read = (/** @type {string} */ name) => {
    probe.style.color = name;
    const [r, g, b] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? ["0", "0", "0"]).map(Number);
    return "#" + [r, g, b].map((v) => Math.round(v).toString(16).padStart(2, "0")).join("");
  };
  const [ink, paper, line, chosen] = ["CanvasText", "Canvas", "GrayText", "Highlight"].map(read);
  probe.remove();
  const all = (/** @type {string} */ colour) => Array.from({ length: SLOTS }, () => colour);
  const named = { slots: all(ink), pale: all(paper), other: ink, otherPale: paper, paper, ink, line, chosen };
  return { ...named, surface: paper, fresh: chosen, ring: chosen, core: ink, focus: chosen };
}

/** @returns {Palette} */
export function readPalette() {
  if (matchMedia(FORCED).matches) return systemPalette();
  const style = getComputedStyle(document.documentElement);
  const read = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  const paper = read("--paper");
  const share = parseFloat(read("--pale")) / 100;
  const slots = Array.from({ length: SLOTS }, (_, i) => read(`--slot-${i}`));
  const other = read("--slot-other");
  return {
    slots,
    pale: slots.map((colour) => mix(colour, paper, share)),
    other,
    otherPale: mix(other, paper, share),
    paper,
    ink: read("--ink"),
    surface: read("--surface"),
    fresh: read("--accent"),
    line: read("--line-strong"),
    chosen: read("--chosen"),
    ring: read("--ring"),
    core: read("--core"),
    focus: read("--focus"),
  };
}

/**
 * Colours of a group: of its dots and outline, and the pale fill of its discs.
 * @param {Palette} palette
 * @param {number} slot
 * @returns {[string, string]}
 */
export function coloursOf(palette, slot) {
  const known = slot >= 0 && slot < SLOTS;
  return known ? [palette.slots[slot], palette.pale[slot]] : [palette.other, palette.otherPale];
}

/**
 * `share` of one colour in another, both written #rrggbb.
 * @param {string} colour
 * @param {string} ground
 * @param {number} share
 */
export function mix(colour, ground, share) {
  const [a, b] = [channels(colour), channels(ground)];
  return "#" + a.map((v, i) => Math.round(v * share + b[i] * (1 - share)).toString(16).padStart(2, "0")).join("");
}

/**
 * A colour as it steps back where a filter leaves its mark out.
 * @param {string} colour
 * @param {Palette} palette
 */
export function faint(colour, palette) {
  return mix(colour, palette.paper, FAINT);
}

/** Red, green and blue, 0 to 255. @param {string} hex */
export function channels(hex) {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) || 0);
}

/**
 * Call back when the light or dark scheme, or the system's own colours, come or go.
 * @param {() => void} repaint
 */
export function onSchemeChange(repaint) {
  for (const what of ["(prefers-color-scheme: dark)", FORCED]) matchMedia(what).addEventListener("change", repaint);
}
