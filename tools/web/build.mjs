// Bundles the page into a folder: index.html, app.js, app.css, icon.svg, each also as .gz and .br.
//   node build.mjs [OUT]     OUT is dist by default
import { build } from "esbuild";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "dist");
mkdirSync(out, { recursive: true });

await build({
  entryPoints: { app: join(here, "src/main.tsx") },
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  banner: { js: "/* Entente, Apache-2.0. Contains Preact and signals (MIT) and d3-force (ISC). */" },
  logLevel: "warning",
});
for (const name of ["index.html", "icon.svg"]) copyFileSync(join(here, "src", name), join(out, name));

let total = 0;
for (const name of ["index.html", "app.js", "app.css", "icon.svg"]) {
  const bytes = readFileSync(join(out, name));
  const gz = gzipSync(bytes, { level: 9 });
  writeFileSync(join(out, `${name}.gz`), gz);
  writeFileSync(join(out, `${name}.br`), brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }));
  total += gz.length;
}
const budget = 200 * 1024;
console.log(`web: first load ${(total / 1024).toFixed(1)} KB gzip of ${budget / 1024}`);
if (total > budget) {
  console.error("web: the page is over its budget");
  process.exit(1);
}
