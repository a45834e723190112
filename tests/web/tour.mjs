// A walk through the page by keyboard: search, a path, the brush, a quote in its article, two dates
// compared, an article dropped and its edges arriving, a picture; and what a screen reader finds.
//   node tour.mjs PROGRAM [PAGE]     PAGE: a folder of build.mjs, in place of the page within the program
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { axeFile, open, root, start } from "./browser.mjs";

const program = process.argv[2];
const { address, stop } = await start(program, (file) => file !== last());
function last() { return "2025-02-fentanyl-tariffs.txt"; }
const { browser, page, faults } = await open(address, {}, process.argv[3]);
let done = 0;
const step = async (name, work) => {
  try { await work(); done++; console.log(`ok  ${name}`); }
  catch (error) {
    console.log(`not ok  ${name}\n${error.stack}`);
    await page.screenshot({ path: process.env.ENTENTE_SHOT ?? "tour-failed.png" }).catch(() => {});
    process.exitCode = 1;
  }
};
const focused = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.getAttribute("aria-label") || document.activeElement?.className?.baseVal || document.activeElement?.tagName);
const status = page.locator("p[role=status]");

async function accessible(what) {
  await page.evaluate(readFileSync(axeFile, "utf8"));
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  assert.deepEqual(result.violations.map((v) => `${what}: ${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`), []);
}

await step("the token leaves the address", async () => {
  assert.ok(!page.url().includes("token"));
});
await step("search by keyboard puts a name and its links into the graph", async () => {
  await page.keyboard.press("/");
  assert.equal(await focused(), "search");
  await page.keyboard.type("norfent");
  await page.getByRole("option", { name: /norfentanyl/ }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "norfentanyl", level: 2 }).waitFor();
  await page.getByRole("button", { name: /^norfentanyl, Chemical, \d+ link/ }).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
});
await step("arrow keys walk the graph and Enter opens a name", async () => {
  await page.getByRole("button", { name: /^norfentanyl, Chemical/ }).focus();
  const from = await focused();
  for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]) { await page.keyboard.press(key); if ((await focused()) !== from) break; }
  assert.notEqual(await focused(), from);
  await page.keyboard.press("Enter");
  await page.getByRole("complementary", { name: "Details" }).waitFor();
  await page.keyboard.press("Escape");
});
await step("a path between two names, with dates", async () => {
  await page.keyboard.press("p");
  await page.waitForFunction(() => document.activeElement?.id === "path-from");
  await page.keyboard.type("Sinaloa");
  await page.getByRole("option", { name: /Sinaloa Cartel/ }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator("#path-to").focus();
  await page.keyboard.type("Ministry of Public");
  await page.getByRole("option", { name: /Ministry of Public Security/ }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: /^Path 1: Sinaloa Cartel/ }).waitFor();
  assert.ok((await page.locator(".hop time").count()) >= 2);
  await accessible("paths");
});
await step("a link of the path shows its sentence, and the article it came from", async () => {
  await page.locator(".hop").first().focus();
  await page.keyboard.press("Enter");
  const quote = (await page.locator(".quote blockquote").first().innerText()).trim();
  assert.ok(quote.length > 20);
  await accessible("a link");
  await page.getByRole("button", { name: "Read in the article" }).first().focus();
  await page.keyboard.press("Enter");
  await page.locator("dialog mark").waitFor();
  assert.equal((await page.locator("dialog mark").innerText()).trim(), quote);
  await accessible("an article");
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.getByText("the best connected names").or(page.locator(".scene-bar .chip")).first().waitFor();
});
await step("the brush, by key and by mouse, dims what did not hold", async () => {
  for (const chip of await page.locator(".scene-bar .chip button").all()) await chip.click();
  await page.waitForFunction(() => document.querySelectorAll(".node").length > 20);
  await page.keyboard.press("t");
  assert.equal(await focused(), "First day shown");
  const before = await page.locator(".strand.dim").count();
  for (let i = 0; i < 3; i++) await page.keyboard.press("PageUp");
  await page.locator(".strand.dim").first().waitFor();
  assert.ok((await page.locator(".strand.dim").count()) > before);
  await page.keyboard.press("Home");
  const box = await page.locator(".timeline-bars svg").boundingBox();
  await page.mouse.move(box.x + box.width * 0.45, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.7, box.y + 20, { steps: 5 });
  await page.mouse.up();
  assert.match(await status.innerText(), /to .* \d{4}: \d+ links?/);
  const first = await page.locator(".handle").first().getAttribute("aria-valuetext");
  await page.keyboard.press("Escape");
  await page.locator("body").press("]");
  assert.notEqual(await page.locator(".handle").first().getAttribute("aria-valuetext"), first);
  await page.getByRole("button", { name: "All time" }).click();
  await accessible("the graph");
});
await step("as of a date, what holds then", async () => {
  await page.keyboard.press("a");
  await page.keyboard.type("2019-06-01");
  const answered = page.waitForResponse((r) => r.url().includes("as_of=2019-06-01"));
  await page.keyboard.press("Enter");
  await page.locator("#as-of").blur();
  assert.equal((await answered).status(), 200);
  await page.locator("#as-of").fill("");
  await page.locator("#as-of").blur();
  await page.waitForFunction(() => document.querySelectorAll(".node").length > 20);
});
await step("a date that cannot be read is said, not ignored", async () => {
  await page.locator("#as-of").fill("2024-13");
  await page.locator("#as-of").press("Enter");
  await page.getByRole("alert").waitFor();
  await page.locator("#as-of").fill("");
  await page.locator("#as-of").press("Enter");
  await page.getByRole("alert").waitFor({ state: "detached" });
  await page.locator("#as-of").blur();
});
await step("two dates compared", async () => {
  await page.keyboard.press("c");
  await page.getByLabel("First date").fill("2024-08-15");
  await page.getByLabel("Second date").fill("2024-09-02");
  await page.getByLabel("Second date").press("Enter");
  await page.getByText(/China controls norfentanyl/).first().waitFor();
  await accessible("a comparison");
  await page.getByRole("button", { name: /China controls norfentanyl/ }).first().click();
  await page.locator(".quote blockquote").first().waitFor();
  await page.getByRole("button", { name: "Leave" }).click();
});
await step("the table has what the graph has", async () => {
  await page.locator("body").press("r");
  await page.getByRole("columnheader", { name: "Whom" }).waitFor();
  const rows = await page.locator("tbody tr").count();
  assert.equal(await page.locator("caption").innerText(), `${rows} links`);
  await accessible("the table");
  await page.locator("body").press("g");
});
await step("a dropped article is imported, and its links arrive", async () => {
  const text = readFileSync(join(root, "data/articles", last()), "utf8");
  const before = await page.locator("#scene").getAttribute("aria-label");
  await page.evaluate(([name, body]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([body], name, { type: "text/plain" }));
    for (const kind of ["dragenter", "drop"]) dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, [last(), text]);
  await page.getByText(/\d+ new links/).first().waitFor({ timeout: 30_000 });
  await page.locator(".strand.fresh").first().waitFor();
  assert.notEqual(await page.locator("#scene").getAttribute("aria-label"), before);
  await accessible("an import");
  await page.getByText(/^Review \d+ links?$/).click();
  await accessible("a review");
  await page.getByRole("button", { name: /Look through them/ }).click();
  const review = page.getByRole("dialog", { name: /^Review of/ });
  await review.waitFor();
  assert.ok((await review.locator("blockquote").innerText()).trim().length > 20);
  await accessible("a link to judge");
  const first = await review.locator("h2").innerText();
  await page.keyboard.press("a");  // by key: accepted, and on to the next
  await page.waitForFunction((text) => document.querySelector("dialog h2").innerText !== text, first);
  await page.keyboard.press("e");
  await accessible("a link to change");
  await review.getByLabel("said how").selectOption("planned");
  await review.getByLabel("when").fill("2024-03");
  const second = await review.locator("h2").innerText();
  const changed = page.waitForResponse((r) => r.url().includes("/v1/verbs"));
  await review.getByRole("button", { name: "Save" }).click();
  assert.equal((await changed).status(), 200);
  await page.waitForFunction((text) => document.querySelector("dialog h2").innerText !== text, second);
  await review.locator(".review").focus().catch(() => {});
  const rejected = page.waitForResponse((r) => r.url().includes("/v1/verbs"));
  await review.getByRole("button", { name: /^Reject/ }).click();
  assert.equal((await rejected).status(), 200);
  await review.getByRole("button", { name: "The one before" }).click();
  await review.locator(".verdict").waitFor();
  await page.keyboard.press("Escape");
  await review.waitFor({ state: "detached" });
  const there = await page.locator("#scene").getAttribute("aria-label");
  await page.getByRole("button", { name: /Take all of it back/ }).click();
  await page.locator(".imports li.undone").waitFor();
  await page.waitForFunction((label) => document.querySelector("#scene").getAttribute("aria-label") !== label, there);
  await page.getByRole("button", { name: "Close the list" }).click();
});
await step("names that may be one are listed with reasons, and kept apart by a button", async () => {
  await page.locator("body").press("m");
  const list = page.getByRole("dialog", { name: "Names that may be one" });
  await list.waitFor();
  await list.locator(".pairs > li, .dialog-body > p + p").first().waitFor();
  await accessible("possible duplicates");
  const pairs = await list.locator(".pairs > li").count();
  if (pairs) {
    const judged = page.waitForResponse((r) => r.url().includes("/v1/verbs"));
    await list.getByRole("button", { name: "They are two" }).first().click();
    assert.equal((await judged).status(), 200);
    await page.waitForFunction((n) => document.querySelectorAll(".pairs > li").length < n, pairs);
  }
  await page.keyboard.press("Escape");
});
await step("a page full of scripts is text", async () => {
  await page.evaluate(() => {
    const transfer = new DataTransfer();
    const body = "---\ntitle: <img src=x onerror=document.title='owned'>\npublisher: <script>document.title='owned'</script>\npublished: 2024-08-07\n---\nChina controls norfentanyl. <script>document.title='owned'</script>\n";
    transfer.items.add(new File([body], "evil.html", { type: "text/html" }));
    dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
  });
  await page.locator(".imports li.done, .imports li.failed").first().waitFor({ timeout: 30_000 });
  assert.ok(!(await page.title()).includes("owned"));
  await page.getByRole("button", { name: "Close the list" }).click();
});
await step("a picture with its citation, and a link that shows the same", async () => {
  await page.getByText("Export", { exact: true }).click();
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "SVG" }).click();
  const svg = readFileSync(await (await saving).path(), "utf8");
  assert.match(svg, /known by commit \d+/);
  assert.match(svg, /China/);
  assert.ok(!svg.includes("class="));
  const gexf = page.waitForEvent("download");
  await page.getByRole("link", { name: /^gexf for Gephi/ }).or(page.locator("a[href*='export/gexf?']")).first().click();
  assert.match(readFileSync(await (await gexf).path(), "utf8"), /<gexf /);
  await page.keyboard.press("Escape");
});
await step("dark and small, it still has no fault", async () => {
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await accessible("dark");
  await page.setViewportSize({ width: 360, height: 740 });
  await accessible("small");
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
  await page.getByRole("button", { name: "Filters" }).click();
  await page.getByRole("tab", { name: "In this view" }).click();
  await accessible("small, with filters");
  await page.getByRole("button", { name: "Close the filters" }).click();
  await page.setViewportSize({ width: 1440, height: 900 });
});
await step("keys are listed", async () => {
  await page.locator("body").press("?");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await accessible("keys");
  await page.keyboard.press("Escape");
});
await step("no error, and no request elsewhere", async () => {
  assert.deepEqual(faults.filter((f) => !f.includes("400")), []);
});
await browser.close();
await step("the server stops in order", async () => { assert.equal(await stop(), 0); });
console.log(`${done} passed, ${process.exitCode ? "some" : 0} failed`);
