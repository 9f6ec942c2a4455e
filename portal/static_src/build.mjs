/* Builds portal/static/build: one style sheet, the scripts that ship ready-made, and the fonts.
 *
 * Run by `npm run build` (any Node from 20) after `npm ci`. Nothing is fetched here. The build is made in a
 * folder of its own and swapped in at the end, so that a failed build leaves the last good one standing.
 */
import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const source = dirname(fileURLToPath(import.meta.url));
const root = resolve(source, "../..");
const modules = join(root, "node_modules");
const target = join(root, "portal/static/build");
const fresh = `${target}.new`;

const WEIGHTS = [400, 700];
const TRUETYPE = ["400Regular", "400Regular_Italic", "600SemiBold", "700Bold", "700Bold_Italic"];

async function versionOf(name) {
  return JSON.parse(await readFile(join(modules, name, "package.json"), "utf8")).version;
}

async function styles() {
  const { css } = sass.compile(join(source, "portal.scss"), { loadPaths: [modules, root], style: "compressed" });
  await writeFile(join(fresh, "portal.css"), css);
}

async function scripts() {
  // The version stands in the file's name, because a module's import is not rewritten by the manifest storage.
  const govuk = `govuk-frontend-${await versionOf("govuk-frontend")}.min.js`;
  await cp(join(modules, "govuk-frontend/dist/govuk/govuk-frontend.min.js"), join(fresh, govuk));
  await withoutSourceMap(join(fresh, govuk));
  const own = await readFile(join(source, "portal.js"), "utf8");
  await writeFile(join(fresh, "portal.js"), own.replace("./govuk-frontend.min.js", `./${govuk}`));
  await cp(join(modules, "htmx.org/dist/htmx.min.js"), join(fresh, "htmx.min.js"));
}

async function withoutSourceMap(path) {
  const text = await readFile(path, "utf8");
  await writeFile(path, text.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n"));
}

async function fonts() {
  const folder = join(fresh, "fonts");
  await mkdir(folder);
  const pages = join(modules, "@fontsource/atkinson-hyperlegible-next");
  for (const weight of WEIGHTS) {
    for (const style of ["normal", "italic"]) {
      for (const subset of ["latin", "latin-ext"]) {
        const name = `atkinson-hyperlegible-next-${subset}-${weight}-${style}.woff2`;
        await cp(join(pages, "files", name), join(folder, name));
      }
    }
  }
  const print = join(modules, "@expo-google-fonts/atkinson-hyperlegible-next");
  for (const face of TRUETYPE) {
    const name = `AtkinsonHyperlegibleNext_${face}.ttf`;
    await cp(join(print, face, name), join(folder, name));
  }
  await cp(join(pages, "LICENSE"), join(folder, "LICENCE.txt"));
}

async function images() {
  await cp(join(source, "images"), join(fresh, "images"), { recursive: true });
  const document = "assets/images/icon-document.svg"; // the timeline's style sheet names it
  await cp(join(modules, "@ministryofjustice/frontend/moj", document), join(fresh, "images/icon-document.svg"));
}

await rm(fresh, { recursive: true, force: true });
await mkdir(fresh, { recursive: true });
await Promise.all([styles(), scripts(), fonts(), images()]);
await rm(target, { recursive: true, force: true });
await rename(fresh, target);
console.log(`Built ${target}`);
