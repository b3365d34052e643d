/**
 * The shapes that the pages' twins send; they mirror netofnets.services.map.scene and netofnets.services.map.atlas.
 *
 * @typedef {{id: string, kind: string, label: string, x: number, y: number, radius: number, group: string,
 *   place: string, bridging: boolean, connecting: boolean, detail: string, href: string, weight: number}} SceneNode
 * @typedef {{source: string, target: string, weight: number, label: string, always: boolean}} SceneEdge
 * @typedef {{key: string, label: string, slot: number, count: number}} LegendEntry
 * @typedef {{level: string, title: string, summary: string, nodes: SceneNode[], edges: SceneEdge[],
 *   legend: LegendEntry[]}} Scene
 * @typedef {{kind: string, id: string, name: string, href: string}} Ref
 * @typedef {{ref: Ref, words: string}} Neighbour
 * @typedef {{ref: Ref, summary: string, facts: [string, string][], networks: Neighbour[], people: Ref[],
 *   people_total: number, reason: string, joins: string}} Selection
 * @typedef {{version: string, scene: Scene, selection: Selection | null}} AtlasView
 * @typedef {{version: string, selection: Selection | null, edges: SceneEdge[], missing: boolean}} Chosen
 *
 * What the map shows at one moment:
 * @typedef {{scene: Scene, byId: Map<string, SceneNode>, discs: SceneNode[], rings: SceneNode[], dots: SceneNode[],
 *   edges: SceneEdge[], selected: string, hovered: string, cursor: string}} State
 *
 * A point in the pixels of the map:
 * @typedef {{x: number, y: number}} Point
 */

export {};
