/**
 * The map on other days. While a slider moves or the days are played, discs, lines and people come and go where they
 * stand; where it comes to rest, the page of that day is opened, with its own counts, table and address.
 */

import { changed, inAddress } from "./address.js";
import { fetched } from "./part.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Growth} Growth */
/** @typedef {import("./view.js").View} View */

const [A_DAY, REST] = [750, 900]; // milliseconds for each day that is played; after the last movement of the slider
const LINES = 60; // so many as the map draws at first
const CAME_HERE = "netofnets-day"; // the slider had the keyboard when the page was opened

/**
 * The map as it was on one of the days: sizes of discs and lines by how many were there, and who steps back.
 * @param {State} state
 * @param {Growth} growth
 * @param {number} day its number
 */
export function turnTo(state, growth, day) {
  const { networks, members, pairs, shared } = growth;
  const size = new Map(networks.map((id, at) => [id, members[day][at]]));
  const away = new Set([...size].filter(([, n]) => !n).map(([id]) => id));
  for (const { id, first, last } of growth.people) if (day < first || day > last) away.add(id);
  state.faded = away;
  if (state.scene.level !== "networks") return; // people stand where they do in the discs of today
  resize(state, growth, size);
  const joined = pairs.map(([a, b], at) => ({ source: networks[a], target: networks[b], weight: shared[day][at] }));
  const heaviest = joined.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight).slice(0, LINES);
  state.edges = heaviest.map((pair) => ({ ...pair, label: "", always: true }));
}

/**
 * Discs grow with their members, unless they measure something else.
 * @param {State} state
 * @param {Growth} growth
 * @param {Map<string, number>} size
 */
function resize({ discs }, { spread, edge }, size) {
  if (inAddress("area")) return;
  for (const disc of discs) disc.radius = spread * Math.sqrt(size.get(disc.id) ?? 0) + edge;
}

/**
 * @param {View} view
 * @param {State} state
 * @param {() => string} address where the days are told
 * @param {(words: string) => void} say
 */
export function listenToTime(view, state, address, say) {
  const slider = document.querySelector("#day");
  const play = document.querySelector("[data-play]");
  if (!(slider instanceof HTMLInputElement && play instanceof HTMLButtonElement)) return;
  new Time(view, state, address, say, slider, play);
}

class Time {
  /**
   * @param {View} view
   * @param {State} state
   * @param {() => string} address
   * @param {(words: string) => void} say
   * @param {HTMLInputElement} slider
   * @param {HTMLButtonElement} play
   */
  constructor(view, state, address, say, slider, play) {
    this.view = view;
    this.state = state;
    this.address = address;
    this.say = say;
    this.slider = slider;
    this.play = play;
    this.opened = slider.value;
    this.words = [play.textContent ?? "", play.dataset.pause ?? ""];
    /** @type {Promise<Growth | null> | null} */
    this.growth = null;
    this.timer = 0;
    this.playing = false;
    slider.hidden = false;
    play.hidden = view.calm.matches; // where motion is not welcome, the slider and the two buttons go day by day
    slider.addEventListener("input", () => void this.#moved());
    play.addEventListener("click", () => void (this.playing ? this.#stop() : this.#start()));
    if (sessionStorage.getItem(CAME_HERE)) slider.focus({ preventScroll: true });
    sessionStorage.removeItem(CAME_HERE);
  }

  /** The days are told once, when they are first asked for. */
  #told() {
    this.growth ??= everyDay(this.address());
    return this.growth;
  }

  async #moved() {
    this.#pause();
    await this.#show();
    this.timer = setTimeout(() => this.#rest(), REST);
  }

  async #show() {
    const growth = await this.#told();
    const day = Number(this.slider.value);
    if (!growth || day >= growth.days.length) return;
    const name = growth.days[day] || (this.slider.dataset.now ?? "");
    this.slider.setAttribute("aria-valuetext", name);
    write("[data-day]", name);
    write("[data-then]", growth.words[day]);
    turnTo(this.state, growth, day);
    this.view.shape();
  }

  async #start() {
    const last = Number(this.slider.max);
    this.playing = true;
    this.play.textContent = this.words[1];
    if (Number(this.slider.value) >= last) this.slider.value = "0";
    await this.#show();
    const step = async () => {
      if (!this.playing) return;
      if (Number(this.slider.value) >= last) return this.#stop();
      this.slider.value = String(Number(this.slider.value) + 1);
      await this.#show();
      this.timer = setTimeout(step, A_DAY);
    };
    this.timer = setTimeout(step, A_DAY);
  }

  #pause() {
    clearTimeout(this.timer);
    this.playing = false;
    this.play.textContent = this.words[0];
  }

  async #stop() {
    this.#pause();
    const growth = await this.#told();
    this.say(growth?.words[Number(this.slider.value)] ?? "");
    this.#rest();
  }

  /** Open the page of the day that the slider stands at: also that of today, since sizes and lines have moved. */
  async #rest() {
    const growth = await this.#told();
    if (!growth || this.slider.dataset.alone !== undefined) return; // where days have no pages, the picture stays
    if (document.activeElement === this.slider) sessionStorage.setItem(CAME_HERE, "1");
    const there = changed(location.href, { as_of: growth.days[Number(this.slider.value)], page: "" });
    if (this.slider.value === this.opened) location.replace(there);
    else location.assign(there);
  }
}

/** The portions of the answer, put together. @param {string} address @returns {Promise<Growth | null>} */
async function everyDay(address) {
  const ask = async (/** @type {number} */ from) => {
    const answer = await fetched(`${address}&from=${from}`);
    return /** @type {{growth: Growth} | null} */ (answer)?.growth ?? null;
  };
  const all = await ask(0);
  if (!all) return null;
  for (let from = size(all); from < all.total; ) {
    const more = await ask(from);
    if (more?.version !== all.version || !size(more)) return null;
    all.networks.push(...more.networks);
    all.people.push(...more.people);
    more.members.forEach((members, day) => all.members[day].push(...members));
    from += size(more);
  }
  return all;
}

/** @param {Growth} growth */
function size({ networks, people }) {
  return Math.max(networks.length, people.length);
}

/** @param {string} selector @param {string} words */
function write(selector, words) {
  const found = document.querySelector(selector);
  if (found) found.textContent = words;
}
