// Reads exported files with programs that others wrote, as readers.py does, and prints the same lines.
//   node readers.mjs KIND FILE...
// exit 77: the reader is not installed.
import { readFileSync } from "node:fs";

const line = (head, type, tail, told) => {
  const facts = Object.entries(told).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return [head, type, tail, ...facts.map(([name, value]) => `${name}=${value}`)].join(" ").replaceAll("\n", "\\n");
};
const truth = (value) => (value ? "True" : "False");

// As Gephi Lite has it: it drops start and end, and keeps what stands in attributes.
async function graphology(format, file) {
  const { MultiDirectedGraph } = await import("graphology");
  const { parse } = (await import(`graphology-${format}`)).default;
  const graph = parse(MultiDirectedGraph, readFileSync(file, "utf8"));
  const rows = graph.mapEdges((edge, told, from, to) => [
    Number(String(told.id ?? edge).replace(/^e/, "")),
    line(graph.getNodeAttribute(from, "label"), told.type, graph.getNodeAttribute(to, "label"),
         { from: told.valid_from, to: told.valid_to, mode: told.mode, negated: truth(told.negated) }),
  ]);
  return rows.sort(([a], [b]) => a - b).map(([, text]) => text);
}

// Types are what DuckDB makes of the columns: strftime() takes dates alone.
async function duckdb(nodes, edges) {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const connection = await (await DuckDBInstance.create()).connect();
  const rows = await connection.runAndReadAll(`
    SELECT head.name AS head, edge.":TYPE" AS type, tail.name AS tail,
           strftime(edge."start:date", '%Y-%m-%d') AS start, strftime(edge."end:date", '%Y-%m-%d') AS "end",
           edge.valid_from, edge.valid_to, edge.mode, edge."negated:boolean" = true AS negated
    FROM read_csv($edges) edge
    JOIN read_csv($nodes) head ON head."id:ID" = edge.":START_ID"
    JOIN read_csv($nodes) tail ON tail."id:ID" = edge.":END_ID"
    ORDER BY edge."id:long"`, { nodes, edges });
  return rows.getRowObjectsJson().map((row) => line(row.head, row.type, row.tail,
    { start: row.start, end: row.end, from: row.valid_from, to: row.valid_to, mode: row.mode, negated: truth(row.negated) }));
}

const readers = { graphology_gexf: (file) => graphology("gexf", file), graphology_graphml: (file) => graphology("graphml", file), duckdb_csv: duckdb };
try {
  console.log((await readers[process.argv[2]](...process.argv.slice(3))).join("\n"));
} catch (error) {
  console.error(error.message);
  process.exit(error.code === "ERR_MODULE_NOT_FOUND" ? 77 : 1);
}
