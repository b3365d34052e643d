/** Links of the page that change the map, and names that select on it: followed without loading the page anew. */

import { inAddress, setBy } from "./address.js";

// What changes the marks themselves, or the whole panel, so that the page is loaded anew.
const NEW_MARKS = ["level", "colour", "area", "layer", "among"];

/**
 * @param {{choose: (id: string) => void, limit: (values: Record<string, string>) => void}} act
 * @param {boolean} still whether every link that changes the map leads to a page of its own, as on a static site
 */
export function listenToLinks(act, still) {
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const hit = event.target instanceof Element ? event.target : null;
    const link = hit?.closest("a[data-set], a[data-choose], a[data-clear]");
    if (!(link instanceof HTMLElement)) return;
    if (link.dataset.choose !== undefined) act.choose(link.dataset.choose);
    else if (link.dataset.clear !== undefined) act.choose("");
    else {
      const values = setBy(link);
      const anew = NEW_MARKS.some((name) => (values[name] ?? inAddress(name)) !== inAddress(name));
      if (anew || still) return; // the link itself leads there
      act.limit(values);
    }
    event.preventDefault();
  });
}
