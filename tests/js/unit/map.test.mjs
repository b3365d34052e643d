/** The parts of the map that need no browser; run by tests/web/test_scripts.py. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const folder = new URL("../../../web/static/js/atlas/", import.meta.url);
const { Camera, boundsOf, clamped } = await import(new URL("camera.js", folder));
const { Field, holds, placeLabels } = await import(new URL("place.js", folder));
const { drawnRadius, rulesFor } = await import(new URL("sizes.js", folder));
const { makeState, markAt, neighbourAt } = await import(new URL("state.js", folder));
const { found } = await import(new URL("find.js", folder));
const { marksOf } = await import(new URL("scene.js", folder));
const { levelDue } = await import(new URL("levels.js", folder));
const { within } = await import(new URL("lasso.js", folder));
const { tagsOn } = await import(new URL("moved.js", folder));
const { turnTo } = await import(new URL("time.js", folder));
const { wrap } = await import(new URL("wrap.js", folder));

const mark = (id, kind, x, y, radius, more = {}) => ({
  id, kind, x, y, radius, label: id, group: "g0", place: "disc", bridging: false, connecting: false, detail: "", href: "", weight: 1, ...more,
});
const flat = (node) => ({ x: node.x, y: node.y, r: node.radius });

test("sizes follow the rules of the scene, as the server draws them", () => {
  const { sizes, cases } = JSON.parse(readFileSync(process.env.SIZES, "utf8"));
  for (const { kind, radius, scale, rings, width, drawn } of cases) {
    const look = { disc: {}, ring: { bridging: true }, dot: {} }[kind];
    const node = mark("m", kind === "disc" ? "networks" : "leaders", 0, 0, radius, look);
    const got = drawnRadius(rulesFor(sizes, rings, width)(node), scale, sizes.slope);
    assert.ok(Math.abs(got - drawn) < 1e-9, `${kind} ${radius} x ${scale}: ${got}, the server draws ${drawn}`);
  }
});

test("a point that is zoomed at stays where it is, and the map is never left", () => {
  const camera = new Camera({ left: -10, right: 30, low: 0, high: 20 }, () => {});
  camera.resize({ width: 800, height: 500 });
  const at = camera.toScreen({ x: 5, y: 15 });
  camera.set(camera.nearer(2.5, at));
  const after = camera.toScreen({ x: 5, y: 15 });
  assert.ok(Math.hypot(after.x - at.x, after.y - at.y) < 1e-6);
  const before = camera.toScreen({ x: 0, y: 0 });
  camera.push(12, -7);
  const pushed = camera.toScreen({ x: 0, y: 0 });
  assert.deepEqual([pushed.x - before.x, pushed.y - before.y].map((v) => Math.round(v)), [12, -7]);
  camera.push(1e9, 1e9);
  assert.deepEqual([camera.stand.x, camera.stand.y], [0, 1]);
  assert.deepEqual(clamped({ x: 9, y: -9, ratio: 0 }), { x: 1, y: 0, ratio: 0.03 });
});

test("the bounds hold every mark", () => {
  const bounds = boundsOf([mark("a", "networks", 0, 0, 5), mark("b", "networks", 20, 10, 2)]);
  assert.deepEqual([bounds.left, bounds.right, bounds.high], [-5, 22, 12]);
  assert.ok(bounds.low < -5);
});

test("names never cover another mark or each other, and each has a place where there is room", () => {
  const circles = [[100, 100, 30], [170, 100, 30], [135, 160, 30], [300, 220, 40]].map(([x, y, r]) => ({ x, y, r }));
  const obstacles = new Field(circles);
  const ways = [{ text: "a name", width: 60, height: 17, look: "" }, { text: "a\nname", width: 34, height: 28, look: "small" }];
  const wanted = circles.map((c, i) => ({ id: String(i), ...c, ways, must: false, inside: false, obstacles }));
  const placed = placeLabels(wanted, { width: 400, height: 300 });
  assert.equal(placed.length, 4);
  for (const { want, box } of placed) {
    assert.ok(box.left >= 0 && box.top >= 0 && box.right <= 400 && box.bottom <= 300);
    assert.equal(obstacles.covered(box, want), false);
    for (const other of placed) {
      if (other.want.id === want.id) continue;
      const apart = box.right <= other.box.left || other.box.right <= box.left || box.bottom <= other.box.top || other.box.bottom <= box.top;
      assert.ok(apart, `${want.id} and ${other.want.id}`);
    }
  }
});

test("a disc that has no room for its name stays without", () => {
  const circle = { x: 20, y: 20, r: 6 };
  const ways = [{ text: "long", width: 90, height: 17, look: "" }];
  const want = { id: "a", ...circle, ways, must: true, inside: false, obstacles: new Field([circle]) };
  assert.deepEqual(placeLabels([want], { width: 80, height: 40 }), []);
});

test("a click in a disc means the disc until its members are large enough to be meant", () => {
  const nodes = [mark("disc", "networks", 0, 0, 50), mark("dot", "leaders", 10, 0, 2), mark("ring", "leaders", 49, 0, 4, { connecting: true })];
  const state = makeState({ nodes, edges: [], legend: [] }, "");
  assert.equal(markAt(state, { x: 10, y: 0 }, flat).id, "disc");
  assert.equal(markAt(state, { x: 49, y: 1 }, flat).id, "ring");
  assert.equal(markAt(state, { x: 38, y: 0 }, flat).id, "disc"); // beside the ring, in the disc
  assert.equal(markAt(state, { x: 58, y: 0 }, flat).id, "ring"); // beside the ring, in the open
  const near = (node) => ({ x: node.x * 4, y: node.y * 4, r: node.radius * 4 });
  assert.equal(markAt(state, { x: 41, y: 3 }, near).id, "dot");
  assert.equal(markAt(state, { x: 300, y: 300 }, flat), null);
});

test("arrows go to the nearest mark in their direction", () => {
  const [here, right, above, far] = [mark("here", "networks", 0, 0, 1), mark("right", "networks", 10, 2, 1), mark("above", "networks", 1, 9, 1), mark("far", "networks", 40, 0, 1)];
  assert.equal(neighbourAt(here, [here, right, above, far], 0).id, "right");
  assert.equal(neighbourAt(here, [here, right, above, far], Math.PI / 2).id, "above");
  assert.equal(neighbourAt(here, [here, right, above, far], Math.PI), null);
});

test("search finds names without their accents, beginnings first", () => {
  const nodes = ["Inés Pérez", "Pérez Galdós", "Ana Perezosa", "Bo"].map((label, i) => mark(String(i), "leaders", 0, 0, 1, { label }));
  assert.deepEqual(found(nodes, "PEREZ").map((node) => node.label), ["Pérez Galdós", "Ana Perezosa", "Inés Pérez"]);
  assert.deepEqual(found(nodes, "  "), []);
});

test("a name is broken into lines of about equal width", () => {
  assert.deepEqual(wrap("one two three four", (text) => text.length, 10), ["one two", "three four"]);
  assert.deepEqual(wrap("alpha beta", (text) => text.length, 6), ["alpha", "beta"]);
  assert.deepEqual(wrap("alpha beta", (text) => text.length, 60), ["alpha beta"]);
});

test("on another day discs have the size of that day, who was not there steps back, and lines are of that day", () => {
  globalThis.location = { search: "" };
  const nodes = [mark("a", "networks", 0, 0, 9), mark("b", "networks", 50, 0, 9), mark("p", "leaders", 1, 0, 1)];
  const state = makeState({ level: "networks", nodes, edges: [], legend: [] }, "");
  const growth = {
    days: ["2020-01-01", ""], words: ["", ""], networks: ["a", "b"], members: [[4, 0], [9, 1]], pairs: [[0, 1]],
    shared: [[0], [3]], spread: 2, edge: 1, people: [{ id: "p", first: 1, last: 1 }],
  };
  turnTo(state, growth, 0);
  assert.deepEqual(state.discs.map(({ id, radius }) => [id, radius]), [["a", 5], ["b", 1]]);
  assert.deepEqual([[...state.faded].sort(), state.edges.length], [["b", "p"], 0]);
  turnTo(state, growth, 1);
  assert.deepEqual([state.discs.map(({ radius }) => radius), state.faded.size], [[7, 3], 0]);
  assert.deepEqual(state.edges, [{ source: "a", target: "b", weight: 3, label: "", always: true }]);
});

test("a disc that changed has its tag at its rim, and one that a filter leaves out has none", () => {
  const nodes = [mark("a", "networks", 0, 0, 10), mark("b", "networks", 50, 0, 10), mark("c", "networks", 90, 0, 10)];
  const moved = { marks: [{ id: "a", badge: "+3", words: "" }, { id: "b", badge: "+1", words: "" }], met: [] };
  const state = makeState({ level: "networks", nodes, edges: [], legend: [] }, "", moved);
  state.faded = new Set(["b"]);
  assert.deepEqual(tagsOn(state, state.discs, flat).map(({ x, y, tag }) => [x, y, tag]), [[7.1, -7.1, "+3"]]);
});

test("people come where a disc is large and one is nearer than at first, and go only from farther away", () => {
  assert.equal(levelDue("networks", 0.4, 0.25), "people");
  assert.equal(levelDue("networks", 1, 0.4), ""); // three large discs seen from where the map begins
  assert.equal(levelDue("networks", 0.1, 0.05), "");
  assert.equal(levelDue("people", 0.4, 0.18), ""); // between the two: no to and fro
  assert.equal(levelDue("people", 1, 0.4), "networks");
  assert.equal(levelDue("people", 0.5, 0.1), "networks");
});

test("a map with other bounds shows the same place as large as before", () => {
  const camera = new Camera({ left: 0, right: 100, low: 0, high: 50 }, () => {});
  camera.resize({ width: 800, height: 500 });
  camera.set({ x: 0.3, y: 0.6, ratio: 0.4 });
  const [before, scale] = [camera.toScreen({ x: 25, y: 33 }), camera.scale];
  camera.rebound({ left: -20, right: 110, low: -30, high: 60 });
  const after = camera.toScreen({ x: 25, y: 33 });
  assert.ok(Math.hypot(after.x - before.x, after.y - before.y) < 1e-6 && Math.abs(camera.scale - scale) < 1e-9);
});

test("a lasso holds the discs whose middle it surrounds, also where it is not convex", () => {
  const nodes = [mark("a", "networks", 1, 1, 1), mark("b", "networks", 9, 1, 1), mark("c", "networks", 5, 8, 1)];
  const state = makeState({ level: "networks", nodes, edges: [], legend: [] }, "");
  const line = [[0, 0], [10, 0], [10, 10], [9, 3], [1, 3], [0, 10]].map(([x, y]) => ({ x, y }));
  assert.deepEqual(within(state, line, flat).sort(), ["a", "b"]);
});

test("the name of a member who is chosen stands in the own disc, beside the dot, over other members and on no other disc", () => {
  const discs = [{ x: 200, y: 150, r: 100 }, { x: 360, y: 150, r: 50 }];
  const dots = [];
  for (let x = 110; x < 300; x += 9) for (let y = 60; y < 250; y += 9) {
    if (Math.hypot(x - 200, y - 150) < 96) dots.push({ x, y, r: 3 });
  }
  const chosen = dots[Math.floor(dots.length * 0.8)];
  const ways = [{ text: "a name", width: 90, height: 17, look: "" }];
  assert.deepEqual(discs.filter((one) => !holds(one, chosen)), [discs[1]]);
  const obstacles = new Field([discs[1], ...dots]);
  const [placed] = placeLabels([{ id: "a", ...chosen, ways, must: true, inside: false, obstacles }], { width: 420, height: 300 });
  const { left, right, top, bottom } = placed.box;
  assert.ok(chosen.x < left || chosen.x > right || chosen.y < top || chosen.y > bottom, "not on the dot itself");
  const [x, y] = [Math.min(Math.max(360, left), right), Math.min(Math.max(150, top), bottom)];
  assert.ok(Math.hypot(x - 360, y - 150) >= 50, "not on the other disc");
  // On a telephone all around the dot there are discs: the name stands beside those.
  const crowd = [[50, 100], [80, 60], [110, 100], [80, 140]].map(([cx, cy]) => ({ x: cx, y: cy, r: 26 }));
  const tight = { id: "b", x: 80, y: 100, r: 2, ways, must: true, inside: false, obstacles: new Field(crowd) };
  const frame = { width: 260, height: 200 };
  assert.deepEqual(placeLabels([tight], frame), []);
  const [beside] = placeLabels([{ ...tight, hosts: [{ x: 80, y: 100, r: 70 }] }], frame);
  assert.ok(!tight.obstacles.covered(beside.box));
});

test("marks are read as they were packed, whether or not their ids are of one length", () => {
  const coded = (/** @type {string} */ value) => ({ of: [value], at: [0, 0, 0] });
  const words = { label: ["A", "B", "C"], group: coded("g0"), place: coded("disc"), detail: coded("") };
  const numbers = { x: [2, 3, -1], y: [1, 1, 1], radius: [4, 2, 2], weight: [9, 1, 1], ring: [0, 2, 1] };
  const portion = { from: 0, total: 3, stay: 3, discs: 1, paths: { networks: "/n/", leaders: "/l/" }, unit: 0.5 };
  const first = { networks: "n", leaders: "l" };
  const even = marksOf({ ...portion, ...words, ...numbers, first, each: 2, id: "aabbcc" });
  assert.deepEqual(even.map(({ id, x, y, href }) => [id, x, y, href]), [
    ["naa", 1, 0.5, "/n/naa"], ["lbb", 2.5, 1, "/l/lbb"], ["lcc", 2, 1.5, "/l/lcc"],
  ]);
  const uneven = marksOf({ ...portion, ...words, ...numbers, first: { networks: "", leaders: "" }, each: 0, id: "n1 l l22" });
  assert.deepEqual(uneven.map(({ id, bridging, connecting }) => [id, bridging, connecting]), [
    ["n1", false, false], ["l", true, false], ["l22", false, true],
  ]);
});
