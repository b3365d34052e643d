/** All marks in one WebGL call: circles with an outline, whose size in pixels follows the rules of sizes.js. */

import { contextOf } from "./webgl.js";

/** @typedef {import("./camera.js").Camera} Camera */

const VERTEX = `#version 300 es
in vec2 corner; in vec2 place; in vec3 rule; in vec3 outline; in vec4 fill; in vec4 line;
uniform vec2 centre; uniform vec2 frame; uniform float scale; uniform float slope;
out vec2 at; out float size; out float width; out float dash; out vec4 inner; out vec4 outer;
void main() {
  float drawn = max(rule.x * scale, rule.y);
  size = drawn <= rule.z ? drawn : rule.z + slope * sqrt(drawn - rule.z);
  width = max(outline.x, outline.y * size);
  dash = outline.z;
  inner = fill; outer = line;
  at = corner * (size + width * 0.5 + 1.0);
  gl_Position = vec4(((place - centre) * scale + at) * 2.0 / frame, 0.0, 1.0);
}`;

const FRAGMENT = `#version 300 es
precision highp float;
uniform float pixels;
in vec2 at; in float size; in float width; in float dash; in vec4 inner; in vec4 outer;
out vec4 colour;
void main() {
  float away = length(at);
  float whole = clamp(0.5 + (size + width * 0.5 - away) * pixels, 0.0, 1.0);
  float rim = clamp(0.5 + (away - size + width * 0.5) * pixels, 0.0, 1.0);
  if (dash > 0.0 && fract(atan(at.y, at.x) * size / 9.0) > 0.55) { whole = min(whole, 1.0 - rim); }
  vec4 mixed = mix(vec4(inner.rgb * inner.a, inner.a), vec4(outer.rgb * outer.a, outer.a), rim);
  colour = mixed * whole;
}`;

const FLOATS = 8; // place, rule, outline
export const COLOUR_BYTES = 8; // fill and outline of one mark

export class Marks {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {() => void} restored called when the browser gives the drawing context back after taking it
   */
  constructor(canvas, restored) {
    this.canvas = canvas;
    this.count = 0;
    this.ready = this.#begin();
    canvas.addEventListener("webglcontextlost", (event) => {
      event.preventDefault();
      this.ready = false;
    });
    canvas.addEventListener("webglcontextrestored", () => {
      this.ready = this.#begin();
      restored();
    });
  }

  #begin() {
    const gl = contextOf(this.canvas);
    if (!gl) return false;
    const program = compiled(gl);
    gl.useProgram(program);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    this.gl = gl;
    this.geometry = gl.createBuffer();
    this.colours = gl.createBuffer();
    attribute(gl, program, gl.createBuffer(), "corner", 2, gl.FLOAT, 0, 0, 0);
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]), gl.STATIC_DRAW);
    for (const [name, size, offset] of /** @type {const} */ ([["place", 2, 0], ["rule", 3, 8], ["outline", 3, 20]])) {
      attribute(gl, program, this.geometry, name, size, gl.FLOAT, FLOATS * 4, offset, 1);
    }
    for (const [name, offset] of /** @type {const} */ ([["fill", 0], ["line", 4]])) {
      attribute(gl, program, this.colours, name, 4, gl.UNSIGNED_BYTE, COLOUR_BYTES, offset, 1);
    }
    const names = ["centre", "frame", "scale", "slope", "pixels"];
    this.uniforms = Object.fromEntries(names.map((name) => [name, gl.getUniformLocation(program, name)]));
    return true;
  }

  /**
   * For each mark x, y, radius, least radius, knee, least width of the outline, its share of the radius, dashed or not.
   * @param {Float32Array} geometry
   */
  shape(geometry) {
    this.count = geometry.length / FLOATS;
    this.#give(this.geometry, geometry);
  }

  /** @param {Uint8Array} colours */
  paint(colours) {
    this.#give(this.colours, colours);
  }

  /** @param {WebGLBuffer | null | undefined} buffer @param {Float32Array | Uint8Array} data */
  #give(buffer, data) {
    if (!this.gl || !this.ready) return;
    this.gl.bindBuffer(this.gl.ARRAY_BUFFER, buffer ?? null);
    this.gl.bufferData(this.gl.ARRAY_BUFFER, data, this.gl.STATIC_DRAW);
  }

  /**
   * @param {Camera} camera
   * @param {number} slope
   */
  draw(camera, slope) {
    const { gl, uniforms } = this;
    if (!gl || !uniforms || !this.ready) return;
    const { width, height } = this.canvas;
    const { x, y } = camera.centre;
    gl.viewport(0, 0, width, height);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniform2f(uniforms.centre, x, y);
    gl.uniform2f(uniforms.frame, camera.frame.width, camera.frame.height);
    gl.uniform1f(uniforms.scale, camera.scale);
    gl.uniform1f(uniforms.slope, slope);
    gl.uniform1f(uniforms.pixels, width / camera.frame.width);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.count);
  }
}

/** @param {WebGL2RenderingContext} gl */
function compiled(gl) {
  const program = gl.createProgram();
  for (const [kind, text] of /** @type {const} */ ([[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]])) {
    const shader = gl.createShader(kind);
    if (!shader) continue; // the context was lost meanwhile
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`the map's shaders: ${gl.getProgramInfoLog(program)}`);
  }
  return program;
}

/**
 * @param {WebGL2RenderingContext} gl
 * @param {WebGLProgram} program
 * @param {WebGLBuffer | null} buffer
 * @param {string} name
 * @param {number} size
 * @param {number} type
 * @param {number} stride
 * @param {number} offset
 * @param {number} divisor 1: one value for each mark
 */
function attribute(gl, program, buffer, name, size, type, stride, offset, divisor) {
  const at = gl.getAttribLocation(program, name);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  if (at < 0) return;
  gl.enableVertexAttribArray(at);
  gl.vertexAttribPointer(at, size, type, type === gl.UNSIGNED_BYTE, stride, offset);
  gl.vertexAttribDivisor(at, divisor);
}
