// Checks the types of the page. Exit 77: the compiler is not there, tools/setup fetches it.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const compiler = fileURLToPath(new URL("node_modules/typescript/bin/tsc", import.meta.url));
if (!existsSync(compiler)) {
  console.log("skipped: the packages of tools/web are missing; tools/setup fetches them");
  process.exit(77);
}
process.exit(spawnSync(process.execPath, [compiler, "--noEmit", "-p", fileURLToPath(new URL(".", import.meta.url))], { stdio: "inherit" }).status ?? 1);
