/** Taking the map along: a link, a picture with legend, date and source, print, full screen, presentation. */

import { word } from "../page/words.js";
import { picture } from "./picture.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./view.js").View} View */

/**
 * @param {HTMLElement} menu
 * @param {View} view
 * @param {State} state
 * @param {(words: string) => void} say
 */
export function listenToTaking(menu, view, state, say) {
  menu.hidden = false;
  const figure = /** @type {HTMLElement} */ (menu.closest("[data-atlas]"));
  /** @type {Record<string, () => Promise<string> | string>} */
  const ways = {
    link: async () => {
      await navigator.clipboard.writeText(location.href);
      return word("copied");
    },
    svg: () => saved(new Blob([drawn(view, state).text], { type: "image/svg+xml" }), "svg"),
    png: async () => saved(await rastered(drawn(view, state)), "png"),
    print: () => {
      print();
      return "";
    },
    full: async () => {
      if (document.fullscreenElement) await document.exitFullscreen();
      else await figure.requestFullscreen();
      return "";
    },
    present: async () => {
      figure.classList.add("presented");
      await figure.requestFullscreen();
      return word("presented");
    },
  };
  document.addEventListener("fullscreenchange", () => {
    if (!document.fullscreenElement) figure.classList.remove("presented");
  });
  menu.addEventListener("click", async (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-do]") : null;
    const way = button instanceof HTMLElement ? ways[button.dataset.do ?? ""] : undefined;
    if (!way) return;
    menu.removeAttribute("open");
    try {
      const words = await way();
      if (words) say(words);
    } catch (error) {
      say(word("refused"));
      console.info(error);
    }
  });
}

/** @param {View} view @param {State} state */
function drawn(view, state) {
  const version = (document.querySelector("[data-atlas]")?.getAttribute("data-version") ?? "").slice(0, 10);
  const day = new Date().toISOString().slice(0, 10);
  const left = document.querySelector("[data-left]")?.textContent ?? "";
  const source = word("source", { version, day, site: location.origin });
  return picture(view, state, [state.scene.title, left].filter(Boolean).join(". "), source);
}

/**
 * @param {{text: string, width: number, height: number}} svg
 * @returns {Promise<Blob>}
 */
async function rastered({ text, width, height }) {
  const image = new Image();
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * 2, height * 2];
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the browser made no picture"))), "image/png");
  });
}

/** @param {Blob} blob @param {string} kind */
function saved(blob, kind) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `atlas.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  return word("saved");
}
