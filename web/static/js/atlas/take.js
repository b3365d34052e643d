/** Taking the map along: a link, a picture with legend, date and source, print, full screen, presentation. */

import { word } from "../page/words.js";
import { picture } from "./picture.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./view.js").View} View */

/**
 * What a click in the menu means; this module is fetched by the first.
 * @param {MouseEvent} event
 * @param {HTMLElement} menu
 * @param {View} view
 * @param {State} state
 * @param {(words: string) => void} say
 */
export async function take({ target }, menu, view, state, say) {
  const button = target instanceof Element ? target.closest("[data-do]") : null;
  const figure = /** @type {HTMLElement} */ (menu.closest("[data-atlas]"));
  const way = button instanceof HTMLElement ? waysOf(figure, view, state)[button.dataset.do ?? ""] : undefined;
  if (!way) return;
  menu.removeAttribute("open");
  try {
    const words = await way();
    if (words) say(words);
  } catch (error) {
    say(word("refused"));
    console.info(error);
  }
}

/**
 * @param {HTMLElement} figure
 * @param {View} view
 * @param {State} state
 * @returns {Record<string, () => Promise<string> | string>}
 */
function waysOf(figure, view, state) {
  return {
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
      document.addEventListener("fullscreenchange", () => {
        if (!document.fullscreenElement) figure.classList.remove("presented");
      });
      await figure.requestFullscreen();
      return word("presented");
    },
  };
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
