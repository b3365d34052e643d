/** What the map holds of what the server has: marks in the server's order, and what is told of them by their numbers. */

import { districtOf } from "./districts.js";
import { changedOf, leftOut, linesOf, marksOf } from "./scene.js";
import { makeState } from "./state.js";

/** @typedef {import("./types.js").SceneNode} SceneNode */
/** @typedef {import("./types.js").SceneEdge} SceneEdge */
/** @typedef {import("./types.js").Columns} Columns */
/** @typedef {import("./types.js").Told} Told */

export class Holding {
  /** @param {Told} told @param {string} wanted id of the mark to select, as soon as it is here */
  constructor(told, wanted) {
    /** @type {SceneNode[]} */
    this.order = []; // by number, with holes while portions are on their way
    this.told = told;
    this.wanted = wanted;
    this.stay = 0; // marks that are here whatever is selected
    this.total = 0;
    this.come = 0; // how often other people came with what is selected
    this.host = ""; // the mark that they came with
    this.loading = 0; // how many rows of portions are on their way
    this.lines = told.scene.lines ?? null;
    this.runs = told.limited?.runs ?? null;
    /** @type {{id: string, badge: string}[]} */
    this.changed = [];
    this.state = makeState({ ...told.scene, nodes: [], edges: [] }, "", null);
    this.begin(told, wanted);
  }

  /** Another map, such as that of people instead of networks. @param {Told} told @param {string} wanted */
  begin(told, wanted) {
    this.told = told;
    this.wanted = wanted;
    this.changed = [];
    this.order = told.marks ? [] : told.scene.nodes;
    this.stay = told.marks ? told.marks.stay : this.order.length;
    this.total = told.marks ? told.marks.total : this.order.length;
    this.host = this.total > this.stay ? wanted : "";
    this.runs = told.limited?.runs ?? null;
    this.lines = told.scene.lines ?? null;
    this.state.selected = "";
    if (told.marks) this.add(told.marks);
    else this.#renew();
  }

  /** A portion. @param {Columns} portion @param {number} [from] the number of its first mark */
  add(portion, from = portion.from) {
    const marks = marksOf(portion);
    marks.forEach((mark, i) => (this.order[from + i] = mark));
    this.changed.push(...changedOf(portion, marks));
    this.#renew();
  }

  /** Who comes with the mark `host`; those who came before go. @param {Columns | SceneNode[]} come @param {string} host */
  receive(come, host) {
    this.host = host;
    this.come += 1;
    this.order.length = Math.min(this.order.length, this.stay);
    if (Array.isArray(come)) this.order.push(...come);
    else this.add(come, this.stay);
    this.total = this.stay + (Array.isArray(come) ? come.length : come.total);
    this.#renew();
  }

  /** Whether anybody is here only with what is selected. */
  get guests() {
    return this.total > this.stay;
  }

  /** What a filter leaves. @param {number[] | null} runs */
  limit(runs) {
    this.runs = runs;
    this.state.faded = leftOut(runs, this.order);
  }

  /** Lines that are drawn whatever is selected. */
  get always() {
    if (this.lines) return linesOf(this.lines, this.order);
    const { byId, scene } = this.state;
    return scene.edges.filter((edge) => edge.always && byId.has(edge.source) && byId.has(edge.target));
  }

  /** Those lines and others, where both ends are here, each once. @param {SceneEdge[]} edges */
  with(edges) {
    const { always } = this;
    const { byId } = this.state;
    const name = (/** @type {SceneEdge} */ { source, target }) => source + " " + target;
    const drawn = new Set(always.map(name));
    const there = edges.filter((edge) => byId.has(edge.source) && byId.has(edge.target));
    return [...always, ...there.filter((edge) => !drawn.has(name(edge)))];
  }

  /** The state anew: what is selected, pointed at and on the way of the keyboard stays, where it is still there. */
  #renew() {
    const { scene, moved } = this.told;
    const nodes = this.order.filter(Boolean);
    const edges = this.lines ? linesOf(this.lines, this.order) : scene.edges;
    const met = (moved?.met ?? []).flatMap(([a, b]) => {
      return this.order[a] && this.order[b] ? [{ first: this.order[a].id, second: this.order[b].id }] : [];
    });
    const { selected, hovered, cursor, community } = this.state;
    const made = makeState({ ...scene, nodes, edges }, selected || this.wanted, { marks: this.changed, met });
    const there = (/** @type {string} */ id) => (made.byId.has(id) || districtOf(made, id) ? id : "");
    const faded = leftOut(this.runs, this.order);
    Object.assign(this.state, made, { hovered: there(hovered), cursor: there(cursor), community, faded });
  }
}
