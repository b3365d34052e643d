/** Building parts of a page from data: text is always text, never markup. */

/**
 * An element with attributes and children. Attribute values that are null are left out.
 * @param {string} name
 * @param {Record<string, string | null>} [attributes]
 * @param {(Node | string)[]} [children]
 * @returns {HTMLElement}
 */
export function el(name, attributes = {}, children = []) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/**
 * A name in any script and direction, isolated from what stands beside it.
 * @param {string} text
 */
export function isolated(text) {
  return el("bdi", {}, [text]);
}

/**
 * A path of this site (in a static site that of a file), or null: nothing else that comes from data may become a link.
 * @param {string} href
 */
export function ownPath(href) {
  return /^(\/(?![/\\])|[a-z]+\/\w+\.html$)/.test(href) ? href : null;
}

const SVG = "http://www.w3.org/2000/svg";

/**
 * A small picture of one circle, as in the legend.
 * @param {string} name its class
 * @param {string} label what it means, for those who do not see it
 */
export function mark(name, label) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "inline-mark");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  const circle = document.createElementNS(SVG, "circle");
  for (const [key, value] of Object.entries({ class: name, cx: "8", cy: "8", r: "5" })) circle.setAttribute(key, value);
  svg.append(circle);
  return svg;
}
