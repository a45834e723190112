// The README's pictures: node pictures.mjs PROGRAM FOLDER
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { open, start } from "./browser.mjs";

const [, , program, folder] = process.argv;
mkdirSync(folder, { recursive: true });
const { address, stop } = await start(program);

async function picture(name, colorScheme, work) {
  const { browser, page } = await open(address, { colorScheme, viewport: { width: 1360, height: 850 } });
  await page.waitForTimeout(300);
  await work(page);
  await page.mouse.move(5, 845);
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await browser.close();
  console.log(`pictures: ${name}.png`);
}
const choose = async (page, id, text, option) => {
  await page.locator(id).fill(text);
  await page.getByRole("option", { name: option }).first().waitFor();
  await page.keyboard.press("Enter");
};

await picture("light", "light", async (page) => {
  await choose(page, "#search", "norfentanyl", /norfentanyl/);
  await page.getByRole("heading", { name: "norfentanyl", level: 2 }).waitFor();
  await choose(page, "#search", "China", /^China/);
  await page.getByRole("heading", { name: "China", level: 2 }).waitFor();
  await page.waitForTimeout(600);
  await page.getByRole("button", { name: "Close details" }).click();
  await page.getByRole("button", { name: /^norfentanyl, Chemical/ }).focus();
  await page.keyboard.press("Enter");
  await page.locator(".relations .row").first().click();
  await page.locator(".quote").first().waitFor();
});
await picture("dark", "dark", async (page) => {
  await page.keyboard.press("p");
  await choose(page, "#path-from", "Sinaloa", /Sinaloa Cartel/);
  await choose(page, "#path-to", "Ministry of Public", /Ministry of Public Security/);
  await page.getByRole("button", { name: /^Path 2/ }).click();
  await page.locator(".hop").nth(2).click();
});
await picture("many", "light", async (page) => {
  await page.getByRole("button", { name: /more left out/ }).click();
  await page.waitForTimeout(800);
});
await stop();
