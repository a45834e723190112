// Every view of the page as a picture, to look at: node views.mjs PROGRAM FOLDER [PAGE]
// PAGE is a folder that build.mjs made, in place of the page within the program.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { open, root, start } from "./browser.mjs";

const [, , program, folder, bundle] = process.argv;
mkdirSync(folder, { recursive: true });
const { address, stop } = await start(program, (file) => file !== "2025-02-fentanyl-tariffs.txt");

async function view(name, options, work) {
  const { browser, page, faults } = await open(address, options, bundle);
  try {
    await page.waitForTimeout(300);
    await work(page);
    await page.waitForTimeout(400);
  } catch (error) { console.log(`${name}: ${error.message.split("\n")[0]}`); }
  await page.screenshot({ path: join(folder, `${name}.png`) });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) console.log(`${name}: ${wide} px wider than the window`);
  for (const fault of faults) console.log(`${name}: ${fault}`);
  await browser.close();
  console.log(`views: ${name}.png`);
}
const choose = async (page, id, text, option) => {
  await page.locator(id).fill(text);
  await page.getByRole("option", { name: option }).first().waitFor();
  await page.keyboard.press("Enter");
};
const drop = (page) => page.evaluate(([name, body]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([body], name, { type: "text/plain" }));
  dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
}, ["2025-02-fentanyl-tariffs.txt", readFileSync(join(root, "data/articles/2025-02-fentanyl-tariffs.txt"), "utf8")]);

const views = {
  start: async () => {},
  node: async (page) => { await choose(page, "#search", "norfentanyl", /norfentanyl/); await page.locator(".relations .row").first().click(); await page.locator(".quote").first().waitFor(); },
  many: async (page) => { await page.getByRole("button", { name: /more left out/ }).click(); await page.waitForTimeout(800); },
  path: async (page) => {
    await page.keyboard.press("p");
    await choose(page, "#path-from", "Sinaloa", /Sinaloa Cartel/);
    await choose(page, "#path-to", "Ministry of Public", /Ministry of Public Security/);
    await page.getByRole("button", { name: /^Path 2/ }).click();
  },
  compare: async (page) => {
    await page.keyboard.press("c");
    await page.getByLabel("First date").fill("2024-08-15");
    await page.getByLabel("Second date").fill("2024-09-02");
    await page.getByLabel("Second date").press("Enter");
    await page.getByText(/controls norfentanyl/).first().waitFor();
  },
  table: async (page) => { await page.keyboard.press("r"); },
  names: async (page) => { await page.getByRole("tab", { name: "In this view" }).click(); },
  duplicates: async (page) => { await page.keyboard.press("m"); await page.getByRole("dialog").waitFor(); await page.waitForTimeout(700); },
  import: async (page) => { await drop(page); await page.getByText(/new links|already/).first().waitFor({ timeout: 30000 }); await page.getByText(/^Review \d+ links?$/).click().catch(() => {}); },
  review: async (page) => {
    await drop(page);
    await page.getByText(/^Review \d+ links?$/).click({ timeout: 30000 });
    await page.getByRole("button", { name: /Look through them/ }).click();
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("e");
  },
};
const only = (process.env.VIEWS ?? "").split(",").filter(Boolean);
const forms = { light: { colorScheme: "light" }, dark: { colorScheme: "dark" }, narrow: { colorScheme: "light", viewport: { width: 360, height: 740 } } };
for (const [form, options] of Object.entries(forms))
  for (const [name, work] of Object.entries(views))
    if (!only.length || only.includes(name) || only.includes(`${form}-${name}`)) await view(`${form}-${name}`, options, work);
await stop();
