/** What a reader does on the map, and what follows from it in panel, table and address. */

import { el } from "../page/dom.js";
import { word } from "../page/words.js";
import { cameraInAddress, inAddress, setBy, twinAddress, writeAddress } from "./address.js";
import { listenToButtons, rememberCamera } from "./buttons.js";
import { follow, markCurrent, markRow, showLevel, showLimits, showRows } from "./chrome.js";
import { listenToFind } from "./find.js";
import { listenToForm } from "./form.js";
import { hintAtFirst, hintAtWheel } from "./hints.js";
import { Holding } from "./holding.js";
import { listenToKeys } from "./keyboard.js";
import { listenToLasso } from "./lasso.js";
import { listenToLevels } from "./levels.js";
import { listenToMenus } from "./menus.js";
import { showNotice, showSelection } from "./panel.js";
import { fetched, part, say } from "./part.js";
import { listenToPointer } from "./pointer.js";
import { complete } from "./portions.js";
import { listenToTaking } from "./take.js";
import { listenToTime } from "./time.js";
import { flyTo, reveal } from "./travel.js";
import { View } from "./view.js";

/** @typedef {import("./types.js").Chosen} Chosen */
/** @typedef {import("./types.js").Columns} Columns */
/** @typedef {import("./types.js").Limiting} Limiting */
/** @typedef {import("./types.js").Anew} Anew */
/** @typedef {import("./types.js").SceneNode} SceneNode */
/** @typedef {import("./types.js").Told} Told */

// What changes the marks themselves, or the whole panel, so that the page is loaded anew.
const NEW_MARKS = ["level", "colour", "area", "layer", "among"];

export class Atlas {
  /**
   * @param {HTMLElement} figure
   * @param {string} twin
   * @param {Told} told
   */
  constructor(figure, twin, told) {
    this.twin = twin;
    this.version = figure.dataset.version ?? "";
    this.turn = 0;
    this.holding = new Holding(told, figure.dataset.selected ?? "");
    this.state = this.holding.state;
    const stage = part("[data-stage]");
    const host = el("div", { class: "atlas", tabindex: "0", role: "application", "aria-label": word("keys") });
    stage.append(host);
    stage.classList.add("live");
    this.view = new View(host, this.state);
    const stand = cameraInAddress();
    if (stand) this.view.camera.set(stand);
    this.#listen(stage);
    // Back to a page that was changed by script: the server has not drawn that into it.
    const asked = inAddress("select");
    if (asked !== (figure.dataset.selected ?? "")) void this.choose(asked, false);
  }

  /** @param {HTMLElement} stage */
  #listen(stage) {
    const choose = (/** @type {string} */ id) => void this.choose(id, true);
    const open = (/** @type {SceneNode} */ node) => follow(node.href);
    listenToLasso(this.view, this.state);
    const empty = (/** @type {import("./types.js").Point} */ at) => this.#passed(at);
    listenToPointer(this.view, this.state, { choose, empty, refused: () => hintAtWheel(stage) });
    if (!this.#parts) listenToLevels(this.view, this.state, (level, select) => this.#become(level, select));
    listenToKeys(this.view, this.state, { choose, open, say });
    // A static site has no fields.
    for (const field of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-find]"))) {
      listenToFind(field, () => this.state, (node) => {
        flyTo(this.view, node);
        choose(node.id);
      });
    }
    listenToTaking(part("[data-take]"), this.view, this.state, say);
    listenToButtons(this.view);
    listenToMenus();
    listenToTime(this.view, this.state, () => twinAddress(this.twin, { part: "growth" }), say);
    rememberCamera(this.view);
    hintAtFirst();
    document.addEventListener("click", (event) => this.#clicked(event));
    const forms = /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("[data-form]"));
    for (const form of forms) listenToForm(form, (values) => void this.limit(values, true));
    addEventListener("popstate", () => {
      if ((inAddress("level") || "networks") !== this.state.scene.level) return location.reload();
      void this.choose(inAddress("select"), false);
      void this.limit({}, false);
    });
    markCurrent();
  }

  /** Links that change the map, and names that select on it. @param {MouseEvent} event */
  #clicked(event) {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const hit = event.target instanceof Element ? event.target : null;
    const link = hit?.closest("a[data-set], a[data-choose], a[data-clear]");
    if (!(link instanceof HTMLElement)) return;
    if (link.dataset.choose !== undefined) void this.choose(link.dataset.choose, true);
    else if (link.dataset.clear !== undefined) void this.choose("", true);
    else {
      const values = setBy(link);
      const anew = NEW_MARKS.some((name) => (values[name] ?? inAddress(name)) !== inAddress(name));
      if (anew || this.#parts) return; // the link itself leads there
      void this.limit(values, true);
    }
    event.preventDefault();
  }

  /** A click beside all marks: in a district the community is meant. @param {import("./types.js").Point} at */
  #passed(at) {
    const id = this.view.districtAt(at)?.id;
    if (!id) return void this.choose("", true);
    void this.limit({ community: id === inAddress("community") ? "" : id, page: "" }, true);
  }

  /**
   * Change the level where one has come near or gone far enough; many people come by the disc `select`.
   * @param {string} level
   * @param {string} select
   */
  async #become(level, select) {
    const values = { level: level === "networks" ? "" : level, page: "", ...(select ? { select } : {}) };
    const turn = ++this.turn;
    const answer = /** @type {Anew | null} */ (await fetched(twinAddress(this.twin, { ...values, part: "level" })));
    if (!answer || turn !== this.turn) return;
    writeAddress(values, false);
    this.holding.begin(answer, select || this.state.selected);
    this.view.renew();
    if (level === "networks" && this.view.ratio > 0.9) this.view.camera.set({ x: 0.5, y: 0.5, ratio: 1 });
    showLevel(answer.scene);
    this.#tell({ ...answer, summary: answer.scene.summary, note: answer.scene.note });
    say(answer.scene.title);
    await this.complete(answer.marks);
    if (turn === this.turn && this.state.selected) void this.choose(this.state.selected, false);
  }

  /** Fetch the portions that follow a first one. @param {Columns | null} first @param {number} [offset] */
  complete(first, offset) {
    return complete(this.holding, this.twin, first, () => this.view.renew(), offset);
  }

  /** Whether this is a static site, which has a file for each mark and no filters. */
  get #parts() {
    return part("[data-atlas]").dataset.parts !== undefined;
  }

  /** Limit the map as the address will say, undone by Back if it is a step, and write that everywhere.
   * @param {Record<string, string>} values @param {boolean} step */
  async limit(values, step) {
    if (this.#parts) return;
    if (Object.keys(values).length) writeAddress(values, step);
    const turn = ++this.turn;
    const answer = /** @type {Limiting | null} */ (await fetched(twinAddress(this.twin, { part: "limits" })));
    if (turn !== this.turn) return; // something else was asked for meanwhile
    if (!answer) return showNotice(part("[data-panel]"), word("no_answer"));
    this.holding.lines = answer.lines;
    this.state.edges = this.holding.always;
    this.#tell(answer);
    this.#warn(answer.version);
    say(answer.limited.words || answer.note || word("everything_shown"));
    if (this.state.selected) void this.choose(this.state.selected, false);
  }

  /**
   * What happens when a mark is chosen (empty: nothing any more).
   * @param {string} id
   * @param {boolean} step whether Back should undo it
   */
  async choose(id, step) {
    const { state, view } = this;
    const panel = part("[data-panel]");
    const turn = ++this.turn;
    const known = state.byId.has(id);
    state.selected = known ? id : "";
    state.cursor = state.selected || state.cursor;
    state.edges = this.holding.always;
    if (step) writeAddress({ select: state.selected, page: "", ...(state.selected ? {} : { near: "" }) }, true);
    markRow(state.selected);
    markCurrent();
    view.render();
    part(".map-side").classList.toggle("open", known);
    if (known && matchMedia("(max-width: 700px)").matches) part("[data-stage]").scrollIntoView({ block: "start" });
    const node = state.byId.get(state.selected);
    if (!node) {
      if (this.holding.guests) this.#receive([], "");
      if (!id || step) showSelection(panel, null, () => {});
      if (step || !id) say(id ? word("not_here") : word("cleared"));
      return;
    }
    reveal(view, node);
    const chosen = /** @type {Chosen | null} */ (await fetched(this.#partOf(node.id)));
    if (turn !== this.turn) return; // something else was chosen meanwhile
    if (!chosen) {
      showNotice(panel, word("no_details"));
      return;
    }
    const come = chosen.marks ?? chosen.nodes;
    if (come && this.holding.host !== node.id) this.#receive(come, node.id);
    const there = chosen.edges.filter((edge) => state.byId.has(edge.source) && state.byId.has(edge.target));
    const { always } = this.holding;
    const drawn = new Set(always.map((edge) => edge.source + " " + edge.target));
    state.edges = [...always, ...there.filter((edge) => !drawn.has(edge.source + " " + edge.target))];
    showSelection(panel, chosen.selection, () => void this.choose("", true));
    markCurrent();
    this.#warn(chosen.version);
    view.render();
    say(chosen.selection ? `${word("selected", { name: node.label })} ${chosen.selection.summary}` : word("gone"));
  }

  /** People who come with what is selected, and those who go. @param {Columns | SceneNode[]} come @param {string} id */
  #receive(come, id) {
    if (!Array.isArray(come) && !come.total && !this.holding.guests) return;
    this.holding.receive(come, id);
    this.view.renew();
    if (!Array.isArray(come)) void this.complete(come, this.holding.stay);
    if (!this.#parts) void this.#retell();
  }

  /** Table and counts anew, after people have come or gone. */
  async #retell() {
    const answer = /** @type {Limiting | null} */ (await fetched(twinAddress(this.twin, { part: "limits" })));
    if (answer) this.#tell(answer);
  }

  /** @param {Omit<Limiting, "lines" | "version" | "missing">} answer */
  #tell(answer) {
    this.holding.limit(answer.limited.runs);
    showLimits(answer.limited, answer);
    showRows(answer.rows, answer.rows_total, answer.page, answer.pages);
    markRow(this.state.selected);
    this.view.recolour();
  }

  /** @param {string} version of the data that an answer was made from */
  #warn(version) {
    if (version === this.version) return;
    const anew = el("a", { href: location.href }, [word("anew")]);
    showNotice(part("[data-panel]"), word("updated"), anew);
  }

  /**
   * Where the details of a mark are: the twin tells them when asked; a static site has a file for each.
   * @param {string} id
   */
  #partOf(id) {
    if (this.#parts) return this.twin.replace(/\.json$/, `/${encodeURIComponent(id)}.json`);
    return twinAddress(this.twin, { select: id, part: "selection" });
  }
}
