/** What a reader can do with the map, tied to what follows from it. */

import { cameraInAddress, inAddress, twinAddress } from "./address.js";
import { listenToButtons, rememberCamera } from "./buttons.js";
import { follow } from "./chrome.js";
import { communityIn } from "./districts.js";
import { listenToFind } from "./find.js";
import { listenToForm } from "./form.js";
import { hintAtFirst, hintAtWheel } from "./hints.js";
import { listenToKeys } from "./keyboard.js";
import { listenToLasso } from "./lasso.js";
import { listenToLevels } from "./levels.js";
import { listenToLinks } from "./links.js";
import { listenToMenus } from "./menus.js";
import { part, say } from "./part.js";
import { listenToPointer } from "./pointer.js";
import { flyTo } from "./travel.js";

/** @typedef {import("./types.js").SceneNode} SceneNode */

/**
 * @param {import("./app.js").Atlas} atlas
 * @param {HTMLElement} stage
 */
export function listen(atlas, stage) {
  const { view, state, parts } = atlas;
  const choose = (/** @type {string} */ id) => void (communityIn(id) ? atlas.enter(id) : atlas.choose(id, true));
  const limit = (/** @type {Record<string, string>} */ values) => void atlas.limit(values, true);
  const open = (/** @type {SceneNode} */ node) => follow(node.href);
  listenToLasso(view, state);
  listenToPointer(view, state, { choose, leave: () => atlas.leave(false), refused: () => hintAtWheel(stage) });
  if (!parts) listenToLevels(view, state, (level, select) => atlas.become(level, select));
  listenToKeys(view, state, { choose, leave: () => atlas.leave(true), open, say });
  // A static site has no fields.
  for (const field of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-find]"))) {
    listenToFind(field, () => state, (node) => {
      flyTo(view, node);
      choose(node.id);
    });
  }
  const menu = part("[data-take]");
  menu.hidden = false;
  menu.addEventListener("click", async (event) => (await import("./take.js")).take(event, menu, view, state, say));
  listenToButtons(view);
  listenToMenus();
  listenToDays(atlas);
  rememberCamera(view);
  hintAtFirst();
  listenToLinks({ choose, limit }, parts);
  const forms = /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("[data-form]"));
  for (const form of forms) listenToForm(form, limit);
  addEventListener("popstate", () => {
    if ((inAddress("level") || "networks") !== state.scene.level) return location.reload();
    const moved = state.community !== inAddress("community");
    void atlas.choose(inAddress("select"), false);
    void atlas.limit({}, false);
    if (moved) view.camera.fly(cameraInAddress() ?? { x: 0.5, y: 0.5, ratio: 1 }, 250);
  });
}

/** What plays the days is fetched when somebody opens them. @param {import("./app.js").Atlas} atlas */
function listenToDays({ view, state, twin }) {
  const days = document.querySelector("[data-time]");
  if (!(days instanceof HTMLDetailsElement)) return; // a static site
  const begin = async () => {
    const { listenToTime } = await import("./time.js");
    listenToTime(view, state, () => twinAddress(twin, { part: "growth" }), say);
  };
  if (days.open) void begin();
  else days.addEventListener("toggle", () => void begin(), { once: true });
}
