/**
 * The shapes that the pages' twins send; they mirror netofnets.services.map.scene, .sizes and .atlas.
 *
 * @typedef {{id: string, kind: string, label: string, x: number, y: number, radius: number, group: string,
 *   place: string, bridging: boolean, connecting: boolean, detail: string, href: string, weight: number}} SceneNode
 * @typedef {{source: string, target: string, weight: number, label: string, always: boolean}} SceneEdge
 * @typedef {{key: string, label: string, slot: number, count: number, community: string}} LegendEntry
 * @typedef {{least_disc: number, least_dot: number, least_ring: number, least_ring_of_many: number, many_rings: number,
 *   grown_dot: number, wide: number, narrow: number, knee: number, slope: number, always_named: number,
 *   few_rings: number, near_rings: number, near_dots: number}} Sizes
 * @typedef {{level: string, title: string, summary: string, note: string, nodes: SceneNode[], edges: SceneEdge[],
 *   legend: LegendEntry[], legend_title: string, sizes: Sizes, districts: District[],
 *   extent?: [number, number, number, number], smallest?: number, lines?: Lines}} Scene
 * @typedef {{id: string, label: string, x: number, y: number, radius: number, networks: number}} District
 * @typedef {{kind: string, id: string, name: string, href: string}} Ref
 * @typedef {{ref: Ref, words: string}} Neighbour
 * @typedef {{ref: Ref, summary: string, facts: [string, string][], networks: Neighbour[], people: Ref[],
 *   people_total: number, reason: string, joins: string}} Selection
 * @typedef {{version: string, scene: Scene, selection: Selection | null}} AtlasView
 * @typedef {{value: string, label: string, count: number, chosen: boolean}} FacetValue
 * @typedef {{name: string, label: string, values: FacetValue[]}} Facet
 * @typedef {{total: number, runs: number[] | null, words: string, legend: LegendEntry[], facets: Facet[],
 *   chosen: {name: string, words: string}[]}} Limited
 * @typedef {{id: string, label: string, what: string, group: string, place: string, detail: string, href: string}} Row
 * @typedef {{version: string, limited: Limited, lines: Lines, note: string, summary: string, rows: Row[],
 *   rows_total: number, page: number, pages: number, missing: boolean, community: Selection | null}} Limiting
 * @typedef {{version: string, selection: Selection | null, edges: SceneEdge[], missing: boolean,
 *   marks?: Columns | null, nodes?: SceneNode[] | null}} Chosen
 *
 * Marks in columns, a portion at a time, and lines by the numbers of their ends (netofnets.services.map.columns):
 * @typedef {{of: string[], at: number[]}} Coded
 * @typedef {{from: number, total: number, stay: number, discs: number, paths: Record<string, string>, unit: number,
 *   each: number, first: Record<string, string>, id: string, label: string[], x: number[], y: number[], radius: number[], weight: number[], ring: number[],
 *   group: Coded, place: Coded, detail: Coded, changed?: {of: (string | null)[], at: number[]}}} Columns
 * @typedef {{ends: [number, number][], weight: number[], label: Coded}} Lines
 *
 * A map as it is told: of a static site with whole marks in its scene, else with the first portion:
 * @typedef {{version: string, scene: Scene, marks: Columns | null, limited: Limited | null,
 *   moved: {met: [number, number][]} | null, community: Selection | null}} Told
 *
 * What changed since a day, and the map on each of some days (netofnets.services.map.moved and .growth):
 * @typedef {{marks: {id: string, badge: string}[], met: {first: string, second: string}[]}} Movement
 * @typedef {{version: string, total: number, days: string[], words: string[], networks: string[], members: number[][], pairs: [number, number][],
 *   shared: number[][], spread: number, edge: number, people: {id: string, first: number, last: number}[]}} Growth
 *
 * The whole map on another level:
 * @typedef {Told & {limited: Limited, rows: Row[], rows_total: number, page: number, pages: number}} Anew
 *
 * What the map shows at one moment; `faded` are the marks that step back, since a filter leaves them out;
 * `moved` are those that changed since a day, each with the tag beside it, and `met` networks that join anew. What is
 * hovered, and where the keyboard is, may be a district (districts.js):
 * @typedef {{scene: Scene, byId: Map<string, SceneNode>, discs: SceneNode[], rings: SceneNode[], dots: SceneNode[],
 *   apart: SceneNode[], edges: SceneEdge[], selected: string, hovered: string, cursor: string, community: string,
 *   faded: Set<string>, moved: Map<string, string>, met: [string, string][]}} State
 *
 * A point in the pixels of the map, and a circle there:
 * @typedef {{x: number, y: number}} Point
 * @typedef {{x: number, y: number, r: number}} Circle
 * @typedef {(node: SceneNode) => Circle} OnScreen
 */

export {};
