// Copies Bootstrap, HTMX, the font and a small icon sprite out of node_modules, so that pages load nothing from outside.
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const weights = [400, 600, 700];
const subsets = ["vietnamese", "latin"];

// Used as <svg class="icon" aria-hidden="true"><use href="…/vendor/icons.svg#phone"></use></svg>
const icons = `alert-triangle archive arrow-left arrow-right bell broadcast building calendar-event check chevron-down
chevron-left chevron-right circle circle-check circle-dashed clipboard-list clock copy device-desktop device-tv disc
door-enter door-exit dots download external-link eye eye-off file-text files filter flag gavel hand-stop help-circle
history home id-badge-2 info-circle key link list-check lock lock-open login logout mail map-pin menu-2 message
microphone microphone-off pencil phone player-pause player-play player-stop plug-connected plus presentation printer
record-mail refresh report-analytics search send settings shield-check square-x table trash upload user user-check
users video video-off volume volume-off wifi wifi-off world x`.split(/\s+/);

export async function copyVendor(modules, output) {
  await rm(output, { recursive: true, force: true });
  await mkdir(join(output, "fonts"), { recursive: true });
  await Promise.all([
    copyText(join(modules, "bootstrap/dist/css/bootstrap.min.css"), join(output, "bootstrap.min.css")),
    copyText(join(modules, "bootstrap/dist/js/bootstrap.bundle.min.js"), join(output, "bootstrap.bundle.min.js")),
    copyText(join(modules, "htmx.org/dist/htmx.min.js"), join(output, "htmx.min.js")),
    copyFont(join(modules, "@fontsource/be-vietnam-pro"), output),
    writeSprite(join(modules, "@tabler/icons/icons/outline"), join(output, "icons.svg")),
  ]);
}

// The comment that names a source map would make Django's manifest storage look for a file we do not ship.
async function copyText(from, to) {
  const text = await readFile(from, "utf8");
  await writeFile(to, text.replace(/\/[/*]# sourceMappingURL=.*$/gm, "").trimEnd() + "\n");
}

async function copyFont(source, output) {
  const ranges = JSON.parse(await readFile(join(source, "unicode.json"), "utf8"));
  const rules = [];
  for (const weight of weights) {
    for (const subset of subsets) {
      const file = `be-vietnam-pro-${subset}-${weight}-normal.woff2`;
      await copyFile(join(source, "files", file), join(output, "fonts", file));
      rules.push(
        `@font-face{font-family:"Be Vietnam Pro";font-style:normal;font-weight:${weight};font-display:swap;` +
          `src:url("fonts/${file}") format("woff2");unicode-range:${ranges[subset]}}`,
      );
    }
  }
  await copyFile(join(source, "LICENSE"), join(output, "fonts", "LICENSE"));
  await writeFile(join(output, "be-vietnam-pro.css"), rules.join("\n") + "\n");
}

async function writeSprite(source, to) {
  const symbols = await Promise.all(
    icons.map(async (name) => {
      const svg = await readFile(join(source, `${name}.svg`), "utf8");
      const inner = svg.slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>")).replace(/\s+/g, " ").trim();
      return (
        `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" ` +
        `stroke-linecap="round" stroke-linejoin="round">${inner}</symbol>`
      );
    }),
  );
  await writeFile(to, `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);
}
