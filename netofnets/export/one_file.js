/** A map in a file of its own: vis-network draws what pyvis prepared, places fixed; every name is text. */
"use strict";

(() => {
  /** @typedef {{id: string, size: number, label: string, title: string, x: number, y: number}} Prepared */
  /** @typedef {[string, string, string, string, number]} Mark id, name, kind, group, weight */
  /** @typedef {{nameless: string, tie: string, ties: string, marks: string}} Words sentences, with fields in braces */
  /** @typedef {{vis: {nodes: Prepared[], edges: {from: string, to: string}[], options: object}, ties: [string, string, string][],
   *    slots: Record<string, number>, marks: Mark[], rings: [string, boolean][], words: Words}} Facts */

  const find = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  /** @type {Facts} */
  const facts = JSON.parse(find("facts").textContent ?? "");
  const marks = new Map(facts.marks.map((mark) => [mark[0], mark]));
  const rings = new Map(facts.rings);
  const places = new Map(facts.vis.nodes.map((node) => [node.id, node]));
  /** @type {Map<string, [string, string][]>} */
  const tied = new Map();
  for (const [from, to, words] of facts.ties) {
    for (const [one, other] of [[from, to], [to, from]]) tied.set(one, [...(tied.get(one) ?? []), [other, words]]);
  }
  const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("tr[data-id]")]);
  const host = find("map");
  let chosen = "";

  const colours = () => {
    const style = getComputedStyle(document.documentElement);
    return (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  };

  /** @param {string} colour @param {string} ground @param {number} share */
  function mix(colour, ground, share) {
    const [a, b] = [colour, ground].map((hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) || 0));
    return `rgb(${a.map((v, i) => Math.round(v * share + b[i] * (1 - share))).join(",")})`;
  }

  /** @param {string} id */
  function look(id) {
    const [read, [, , kind, group]] = [colours(), marks.get(id) ?? ["", "", "", "", 0]];
    const slot = facts.slots[group] ?? -1;
    const own = read(slot >= 0 && slot < 8 ? `slot-${slot}` : "slot-other");
    const pale = mix(own, read("paper"), parseFloat(read("pale")) / 100);
    let [border, background, borderWidth] = [read("paper"), own, 1];
    if (kind === "networks") [border, background, borderWidth] = [own, pale, 1.5];
    if (rings.has(id)) [border, background, borderWidth] = rings.get(id) ? [read("ring"), read("core"), 3] : [read("ink"), read("paper"), 1.5];
    const lit = { border: read("chosen"), background };
    return { id, borderWidth, borderWidthSelected: 4, color: { border, background, highlight: lit, hover: lit } };
  }

  const line = () => ({ color: { color: colours()("line-strong"), opacity: 0.5, highlight: colours()("chosen"), hover: colours()("chosen") } });

  for (const part of document.querySelectorAll("[hidden]")) if (part.id !== "chosen") part.removeAttribute("hidden");
  const nodes = new vis.DataSet(facts.vis.nodes.map((node) => ({ ...node, label: undefined, ...look(node.id) })));
  const edges = new vis.DataSet(facts.vis.edges.map((edge, at) => ({ ...edge, id: String(at), ...line() })));
  const network = new vis.Network(host, /** @type {any} */ ({ nodes, edges }), {
    ...facts.vis.options,
    physics: { enabled: false },
    interaction: { hover: true, tooltipDelay: 120, keyboard: false, zoomView: false },
  });
  for (const frame of host.querySelectorAll("[tabindex]")) frame.removeAttribute("tabindex");
  const fit = () => network.fit({ animation: false, maxZoomLevel: 6 });
  fit();

  // The wheel scrolls the page, unless the map has the focus or Ctrl is held.
  const wheel = (/** @type {WheelEvent} */ event) => {
    if (!event.ctrlKey && document.activeElement !== host) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2);
  };
  host.addEventListener("wheel", wheel, { passive: false });

  /** @param {number} by */
  function zoom(by) {
    network.moveTo({ scale: Math.min(Math.max(network.getScale() * by, 0.05), 8), animation: false });
  }

  /** A name in at most three lines of some 16 letters. @param {string} name */
  function wrap(name) {
    const lines = [""];
    for (const word of name.split(/\s+/)) {
      const last = lines.length - 1;
      if (!lines[last] || lines[last].length + word.length < 16) lines[last] = `${lines[last]} ${word}`.trim();
      else lines.push(word);
    }
    return (lines.length > 3 ? [...lines.slice(0, 2), `${lines[2]}…`] : lines).map((t) => (t.length > 24 ? `${t.slice(0, 23)}…` : t));
  }

  /** Names, the weightiest first, none over another; what is chosen is always named. */
  network.on("afterDrawing", (/** @type {CanvasRenderingContext2D} */ pen) => {
    const [read, size] = [colours(), 13 / network.getScale()];
    Object.assign(pen, { textAlign: "center", textBaseline: "top", lineJoin: "round", lineWidth: size / 3.5, strokeStyle: read("halo") });
    const [left, right] = [0, host.clientWidth].map((x) => network.DOMtoCanvas({ x, y: 0 }).x);
    const near = new Set([chosen, ...(tied.get(chosen) ?? []).map(([id]) => id)]);
    const rank = (/** @type {Mark} */ [id, , kind, , weight]) => (id === chosen ? 2e9 : near.has(id) ? 1e9 : kind !== "leaders" ? 1e5 : rings.has(id) ? 1e3 : 0) + weight;
    /** @type {[number, number, number, number][]} */
    const taken = [];
    for (const mark of [...marks.values()].sort((a, b) => rank(b) - rank(a))) {
      const place = places.get(mark[0]);
      if (!place || place.x < left || place.x > right) continue;
      pen.font = `${mark[0] === chosen ? 700 : 500} ${size}px ${read("sans")}`;
      const lines = wrap(mark[1] || facts.words.nameless);
      const half = Math.max(...lines.map((text) => pen.measureText(text).width)) / 2;
      const high = lines.length * size * 1.15;
      const x = Math.min(Math.max(place.x, left + half), Math.max(right - half, left + half)); // in sight, too
      const y = mark[2] !== "leaders" && half < place.size ? place.y - high / 2 : place.y + place.size + size * 0.25;
      const box = /** @type {[number, number, number, number]} */ ([x - half, y, x + half, y + high]);
      const free = taken.every((other) => box[2] < other[0] || box[0] > other[2] || box[3] < other[1] || box[1] > other[3]);
      if (!free && mark[0] !== chosen) continue;
      taken.push(box);
      pen.fillStyle = mark[0] === chosen ? read("chosen") : read("ink");
      lines.forEach((text, at) => {
        pen.strokeText(text, x, y + at * size * 1.15);
        pen.fillText(text, x, y + at * size * 1.15);
      });
    }
  });

  /** @param {string} id empty: nothing @param {boolean} [intoSight] */
  function choose(id, intoSight = false) {
    chosen = marks.has(id) ? id : "";
    network.unselectAll();
    find("chosen").hidden = !chosen;
    for (const row of rows) row.classList.toggle("chosen", row.dataset.id === chosen);
    if (!chosen) return network.redraw();
    network.selectNodes([chosen]);
    const place = places.get(chosen);
    if (intoSight && place) {
      const { x, y } = network.canvasToDOM(place);
      if (x < 0 || y < 0 || x > host.clientWidth || y > host.clientHeight) network.moveTo({ position: place, animation: false });
    }
    tell();
    network.redraw();
  }

  function tell() {
    const row = rows.find((one) => one.dataset.id === chosen);
    const words = [...(row?.querySelectorAll("td > span") ?? [])].map((part) => part.textContent ?? "");
    find("chosen-title").textContent = marks.get(chosen)?.[1] || facts.words.nameless;
    find("chosen-detail").textContent = words.join(". ");
    const own = tied.get(chosen) ?? [];
    find("chosen-ties").replaceChildren(
      ...own.map(([other, why]) => {
        const item = document.createElement("li");
        item.append(press(other), why ? ` ${why}` : "");
        return item;
      }),
    );
    const ties = (own.length === 1 ? facts.words.tie : facts.words.ties).replace("{ties}", String(own.length));
    find("told").textContent = `${find("chosen-title").textContent}. ${words.join(". ")}. ${ties}`;
  }

  /** @param {string} id */
  function press(id) {
    const made = document.createElement("button");
    made.type = "button";
    made.dir = "auto";
    made.textContent = marks.get(id)?.[1] || facts.words.nameless;
    made.addEventListener("click", () => choose(id, true));
    return made;
  }

  /** The nearest mark in a direction, by angle and distance. @param {number} dx @param {number} dy */
  function step(dx, dy) {
    const from = places.get(chosen) ?? { id: "", ...network.getViewPosition() };
    let [best, least] = ["", Infinity];
    for (const { id, x, y } of places.values()) {
      const [along, aside] = [(x - from.x) * dx + (y - from.y) * dy, Math.abs((x - from.x) * dy - (y - from.y) * dx)];
      const cost = along + 2 * aside;
      if (id !== from.id && along > 0 && aside <= along && cost < least) [best, least] = [id, cost];
    }
    if (best) choose(best, true);
  }

  const keys = /** @type {Record<string, () => void>} */ ({
    ArrowLeft: () => step(-1, 0), ArrowRight: () => step(1, 0), ArrowUp: () => step(0, -1), ArrowDown: () => step(0, 1),
    "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), 0: fit,
    Escape: () => choose(""),
  });
  host.addEventListener("keydown", (event) => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  const buttons = /** @type {Record<string, () => void>} */ ({ in: keys["+"], out: keys["-"], fit: keys[0] });
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-do]"))) {
    button.addEventListener("click", () => buttons[button.dataset.do ?? ""]?.());
  }
  network.on("click", ({ nodes: hit }) => choose(hit[0] ?? ""));
  for (const row of rows) row.querySelector("bdi")?.replaceWith(press(row.dataset.id ?? ""));

  const search = /** @type {HTMLInputElement} */ (find("find"));
  search.addEventListener("input", () => {
    const wanted = search.value.trim().toLocaleLowerCase();
    for (const row of rows) row.hidden = !(row.textContent ?? "").toLocaleLowerCase().includes(wanted);
    const left = rows.filter((row) => !row.hidden).length;
    find("found").textContent = facts.words.marks.replace("{shown}", String(left)).replace("{all}", String(rows.length));
  });
  const repaint = () => {
    nodes.update(facts.vis.nodes.map((node) => look(node.id)));
    edges.update(edges.getIds().map((id) => ({ id: String(id), ...line() })));
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  network.once("afterDrawing", () => {
    document.documentElement.dataset.state = "ready";
  });
  network.redraw();
})();
