// Starts `entente serve` on a fresh database and a headless Chromium on its page. Exit 77: something
// that tools/setup installs is missing, which is said.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const modules = join(root, "tools/web/node_modules");

export function skip(why) {
  console.log(`skipped: ${why}; tools/setup installs it`);
  process.exit(77);
}
const chrome = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
if (!chrome) skip("there is no Chromium");
if (!existsSync(join(modules, "playwright-core"))) skip("the packages of tools/web are missing");
export const { chromium } = await import(join(modules, "playwright-core/index.mjs"));
export const axeFile = join(modules, "axe-core/axe.min.js");

// The program, a folder that goes with the test, and a server in it. `articles`: which to import.
export async function start(program, articles = () => true) {
  const folder = mkdtempSync(join(tmpdir(), "entente-page-"));
  const files = readdirSync(join(root, "data/articles")).filter((f) => f.endsWith(".txt")).sort();
  const chosen = files.filter(articles).map((f) => join(root, "data/articles", f));
  const imported = spawnSync(program, ["--db", join(folder, "news.entente"), "import", "-q", ...chosen], { encoding: "utf8" });
  if (imported.status !== 0) throw new Error(`import: ${imported.stderr}`);
  const server = spawn(program, ["--db", join(folder, "news.entente"), "serve", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const address = await new Promise((resolve, reject) => {
    let text = "";
    server.stdout.on("data", (piece) => {
      text += piece;
      const found = /page\s+(http:\S+)/.exec(text);
      if (found) resolve(found[1]);
    });
    server.on("exit", (code) => reject(new Error(`the server ended with ${code}: ${text}`)));
  });
  const stop = async () => {
    server.removeAllListeners("exit");
    const ended = new Promise((resolve) => server.on("exit", resolve));
    server.kill("SIGTERM");
    const code = await ended;
    rmSync(folder, { recursive: true, force: true });
    return code;
  };
  return { address, folder, files, stop };
}

// `bundle`: a folder whose page is shown in place of the one within the program.
export async function open(address, options = {}, bundle = "") {
  const browser = await chromium.launch({ executablePath: chrome, args: ["--no-sandbox", "--disable-gpu"] });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => { if (message.type() === "error") faults.push(message.text()); });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && url.origin !== new URL(address).origin) faults.push(`asked ${url.origin}`);
  });
  if (bundle)
    for (const file of ["app.js", "app.css"])
      await page.route(`**/${file}`, (route) => route.fulfill({ path: join(bundle, file), contentType: file.endsWith("js") ? "text/javascript" : "text/css" }));
  await page.goto(address);
  await page.locator(".node").first().waitFor();
  return { browser, page, faults };
}
