// Kuzu beside us: COPY of the same table; or durable commits of one edge each, into what it made.
//   node kuzu_bench.mjs MODULES DATABASE THREADS load NODES.csv EDGES.csv
//   node kuzu_bench.mjs MODULES DATABASE THREADS commit COUNT
// MODULES is the folder in which `npm install kuzu` was run. Prints `NAME NUMBER` lines.
import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";

const [modules, database, threads, part, ...rest] = process.argv.slice(2);
const kuzu = createRequire(path.resolve(modules, "x.js"))("kuzu");
const db = new kuzu.Database(database, 4 * 2 ** 30);
const connection = new kuzu.Connection(db, Number(threads));
const ask = (text) => {
  const result = connection.querySync(text);
  const rows = result.getAllSync();
  result.close();
  return rows;
};
const cpu = () => { const used = process.cpuUsage(); return (used.user + used.system) / 1e6; };
const put = (name, number) => console.log(`${name} ${number}`);
const size = (place) => fs.statSync(place).isDirectory()
  ? fs.readdirSync(place).reduce((sum, name) => sum + size(path.join(place, name)), 0)
  : fs.statSync(place).size;

if (part === "load") {
  const [nodes, edges] = rest;
  ask("CREATE NODE TABLE Actor(name STRING PRIMARY KEY)");
  ask("CREATE REL TABLE Edge(FROM Actor TO Actor, type STRING, first_day DATE, last_day STRING, confidence DOUBLE)");
  const cpuBefore = cpu(), before = performance.now();
  ask(`COPY Actor FROM '${nodes}' (header = true)`);
  ask(`COPY Edge FROM '${edges}' (header = true)`);
  ask("CHECKPOINT");
  put("load_wall", (performance.now() - before) / 1000);
  put("load_cpu", cpu() - cpuBefore);
  put("edges", Number(Object.values(ask("MATCH ()-[e:Edge]->() RETURN count(*)")[0])[0]));
  put("bytes", [database, database + ".wal"].filter(fs.existsSync).reduce((sum, place) => sum + size(place), 0));
} else {
  const commits = Number(rest[0]);
  const names = ask("MATCH (a:Actor) RETURN a.name AS name LIMIT 1000").map((row) => row.name);
  const insert = connection.prepareSync(
    "MATCH (a:Actor {name: $a}), (b:Actor {name: $b}) " +
    "CREATE (a)-[:Edge {type: 'CONSULT', first_day: date('2018-01-02'), last_day: '2018-01-02', confidence: 0.8}]->(b)");
  const start = performance.now();
  for (let i = 0; i < commits; ++i) {
    const result = connection.executeSync(insert, { a: names[i * 7 % names.length], b: names[i * 31 % names.length] });
    result.close();
  }
  put("commits_a_second", commits / ((performance.now() - start) / 1000));
}
process.exit(0);  // closing asks for a checkpoint that nobody measures
