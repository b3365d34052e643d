/**
 * The scripts of the map and the sheets of all pages, each as one file in web/static/built: `npm run build` here writes
 * them, `npm run built` ends with exit code 1 where they are not those of their sources. Both are kept in the tree, since
 * nothing of node is there where the program runs.
 */

import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const STATIC = fileURLToPath(new URL("../../web/static", import.meta.url));
const MADE = { atlas: `${STATIC}/js/atlas/main.js`, site: `${STATIC}/css/site.css` };

const check = process.argv.includes("--check");
const { outputFiles } = await build({
  entryPoints: MADE,
  outdir: `${STATIC}/built`,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome111", "firefox113", "safari16.4"], // the oldest that know color-mix(), which the sheets stand on
  charset: "utf8",
  lineLimit: 200,
  write: !check,
});
for (const { path, text } of check ? outputFiles : []) {
  const kept = await readFile(path, "utf8").catch(() => "");
  if (kept === text) continue;
  console.error(`${relative(process.cwd(), path)} is not that of its sources: run npm run build in tests/js`);
  process.exitCode = 1;
}
