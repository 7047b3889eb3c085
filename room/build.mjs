// Bundles the island's entries into ../tiepdan/static/room and copies what Django's own pages need
// into ../tiepdan/static/vendor. Both folders are made anew each time and are not kept in git.
import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";
import { copyVendor } from "./vendor.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const output = join(here, "../tiepdan/static/room");
const watching = process.argv.includes("--watch");

const entries = ["readiness", "room", "player", "office", "reader"]
  .map((name) => join(here, "src", `${name}.ts`))
  .filter((file) => existsSync(file));

const options = {
  entryPoints: entries,
  outdir: output,
  bundle: true,
  format: "esm",
  target: ["chrome110", "firefox115", "safari16.4"],
  minify: !watching,
  // Django's manifest storage looks for every file that a bundle names: none is named, none can be missing.
  sourcemap: watching ? "inline" : false,
  legalComments: "eof",
  charset: "utf8",
  loader: { ".svg": "text" },
  logLevel: "info",
};

if (watching) {
  await mkdir(output, { recursive: true });
  await (await context(options)).watch();
} else {
  await rm(output, { recursive: true, force: true });
  await build(options);
  await copyVendor(join(here, "node_modules"), join(here, "../tiepdan/static/vendor"));
}
