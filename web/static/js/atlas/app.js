/** What a reader does on the map, and what follows from it in panel, table and address. */

import { el } from "../page/dom.js";
import { word } from "../page/words.js";
import { cameraInAddress, inAddress, twinAddress, writeAddress } from "./address.js";
import { markCurrent, markRow, showLevel, showLimits, showRows } from "./chrome.js";
import { communityIn } from "./districts.js";
import { Holding } from "./holding.js";
import { listen } from "./listen.js";
import { showNotice, showSelection } from "./panel.js";
import { fetched, part, say } from "./part.js";
import { complete } from "./portions.js";
import { flyInto, reveal } from "./travel.js";
import { View } from "./view.js";

/** @typedef {import("./types.js").Chosen} Chosen */
/** @typedef {import("./types.js").Columns} Columns */
/** @typedef {import("./types.js").Limiting} Limiting */
/** @typedef {import("./types.js").Anew} Anew */
/** @typedef {import("./types.js").SceneNode} SceneNode */
/** @typedef {import("./types.js").Told} Told */

export class Atlas {
  /**
   * @param {HTMLElement} figure
   * @param {string} twin
   * @param {Told} told
   * @param {HTMLCanvasElement} drawn for the marks
   */
  constructor(figure, twin, told, drawn) {
    this.twin = twin;
    this.version = figure.dataset.version ?? "";
    this.turn = 0;
    this.holding = new Holding(told, figure.dataset.selected ?? "");
    this.state = this.holding.state;
    this.state.community = inAddress("community");
    this.community = told.community ?? null; // what the panel says of it
    const stage = part("[data-stage]");
    const host = el("div", { class: "atlas", tabindex: "0", role: "application", "aria-label": word("keys") });
    stage.append(host);
    stage.classList.add("live");
    this.view = new View(host, this.state, drawn);
    const stand = cameraInAddress();
    if (stand) this.view.camera.set(stand);
    listen(this, stage);
    // Back to a page that was changed by script: the server has not drawn that into it.
    const asked = inAddress("select");
    if (asked !== (figure.dataset.selected ?? "")) void this.choose(asked, false);
  }

  /** Go up by one: from what is selected to the community around it, or to everything. Answers whether there was any.
   * @param {boolean} far whether to look from afar again */
  leave(far) {
    const { state, view } = this;
    const community = inAddress("community");
    if (!state.selected && !state.cursor && !community) return false;
    const inside = state.selected !== "" || state.cursor !== "";
    state.cursor = "";
    if (inside || !community) void this.choose("", true);
    else void this.limit({ community: "", near: "", page: "" }, true);
    if (far && !inside) view.fit();
    return true;
  }

  /**
   * Change the level where one has come near or gone far enough; many people come by the disc `select`.
   * @param {string} level
   * @param {string} select
   */
  async become(level, select) {
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
  get parts() {
    return part("[data-atlas]").dataset.parts !== undefined;
  }

  /** Limit the map as the address will say, undone by Back if it is a step, and write that everywhere.
   * @param {Record<string, string>} values @param {boolean} step */
  async limit(values, step) {
    if (this.parts) return;
    if (Object.keys(values).length) writeAddress(values, step);
    const turn = ++this.turn;
    const { state } = this;
    const before = state.community;
    state.community = inAddress("community");
    if (values.select === "") this.#drop();
    const answer = /** @type {Limiting | null} */ (await fetched(twinAddress(this.twin, { part: "limits" })));
    if (turn !== this.turn) return; // something else was asked for meanwhile
    if (!answer) return showNotice(part("[data-panel]"), word("no_answer"));
    this.holding.lines = answer.lines;
    state.edges = this.holding.always;
    this.community = answer.community;
    this.#tell(answer);
    this.#warn(answer.version);
    const told = answer.limited.words || answer.note || word("everything_shown");
    const entered = before !== state.community ? answer.community : null;
    if (entered && step) flyInto(this.view, state.community);
    say(entered ? `${entered.ref.name}. ${entered.summary} ${told}` : told);
    if (state.selected) void this.choose(state.selected, false);
    else if (before !== state.community || values.select === "") this.#unselected();
  }

  /** Choose a community by the name of its district. @param {string} name */
  enter(name) {
    const community = communityIn(name);
    if (community === inAddress("community")) return void this.leave(false);
    return this.limit({ community, group: "", select: "", near: "", page: "" }, true);
  }

  /** Nothing is selected any more: who came with it goes. */
  #drop() {
    this.state.selected = this.state.cursor = "";
    if (this.holding.guests) this.#receive([], "");
  }

  /** On a telephone the panel lies over the page while it has something to say. @param {boolean} open */
  #raise(open) {
    part(".map-side").classList.toggle("open", open);
    if (open && matchMedia("(max-width: 700px)").matches) part("[data-stage]").scrollIntoView({ block: "start" });
  }

  /** The panel while no mark is selected: of the community that is chosen, else where to begin. */
  #unselected() {
    this.#raise(this.community !== null);
    showSelection(part("[data-panel]"), this.community, () => this.leave(false));
    markCurrent();
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
    const near = inAddress("near");
    state.selected = known ? id : "";
    state.cursor = state.selected || state.cursor;
    state.edges = this.holding.always;
    if (step) writeAddress({ select: state.selected, page: "", ...(state.selected ? {} : { near: "" }) }, true);
    markRow(state.selected);
    markCurrent();
    view.render();
    this.#raise(known);
    const node = state.byId.get(state.selected);
    if (!node) {
      if (this.holding.guests) this.#receive([], "");
      if (!id || step) this.#unselected();
      if (step || !id) say(id ? word("not_here") : word("cleared"));
      if (step && near) void this.limit({}, false); // it was the neighbourhood of what is not selected now
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
    state.edges = this.holding.with(chosen.edges);
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
    if (!this.parts) void this.#retell();
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
    if (this.parts) return this.twin.replace(/\.json$/, `/${encodeURIComponent(id)}.json`);
    return twinAddress(this.twin, { select: id, part: "selection" });
  }
}
