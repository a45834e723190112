// The same data as rows: everything the graph shows, for eyes and readers that prefer a table.
import { useSignal } from "@preact/signals";
import type { Edge } from "./api";
import { shortInterval } from "./dates";
import { litEdges, phrase, selection, sourceOf, visibleEdges } from "./state";
import { counted, cut } from "./text";

const kColumns: { name: string; key: (e: Edge) => string | number; text: (e: Edge) => string }[] = [
  { name: "When", key: (e) => e.valid_from ?? e.valid_to ?? "", text: (e) => shortInterval(e.valid) },
  { name: "Who", key: (e) => e.head, text: (e) => cut(e.head, 60) },
  { name: "What", key: (e) => e.type, text: (e) => (e.negated ? "not: " : "") + phrase(e.type) },
  { name: "Whom", key: (e) => e.tail, text: (e) => cut(e.tail, 60) },
  { name: "How", key: (e) => e.mode, text: (e) => e.mode },
  { name: "Sure", key: (e) => e.confidence, text: (e) => `${Math.round(e.confidence * 100)}%` },
  { name: "Source", key: sourceOf, text: (e) => cut(sourceOf(e), 40) + (e.evidence.length > 1 ? ` +${e.evidence.length - 1}` : "") },
];

export function Table() {
  const by = useSignal(0), down = useSignal(true), most = useSignal(200);
  const rows = visibleEdges.value.filter((e) => litEdges.value.has(e.id)).sort((a, b) => {
    const x = kColumns[by.value].key(a), y = kColumns[by.value].key(b);
    return (x < y ? -1 : x > y ? 1 : a.id - b.id) * (down.value ? -1 : 1);
  });
  return (
    <div class="table" tabIndex={0} role="region" aria-label="Links as a table">
      <table>
        <caption>{counted(rows.length, "link")}</caption>
        <thead><tr>{kColumns.map((c, i) => <th scope="col" aria-sort={by.value === i ? (down.value ? "descending" : "ascending") : "none"}>
          <button onClick={() => { if (by.value === i) down.value = !down.value; else { by.value = i; down.value = i === 5; } }}>{c.name}<span aria-hidden="true">{by.value === i ? (down.value ? " ↓" : " ↑") : ""}</span></button></th>)}</tr></thead>
        <tbody>{rows.slice(0, most.value).map((e) => (
          <tr key={e.id} class={selection.value?.kind === "edges" && selection.value.ids.includes(e.id) ? "chosen" : ""}>
            {kColumns.map((c, i) => <td class={i === 0 || i === 5 ? "figure" : ""}>{i === 2
              ? <button class="link" onClick={() => { selection.value = { kind: "edges", ids: [e.id] }; }}><i class={`swatch ${e.family}`} />{c.text(e)}</button> : c.text(e)}</td>)}
          </tr>))}</tbody>
      </table>
      {rows.length > most.value && <button onClick={() => { most.value += 500; }}>Show {Math.min(500, rows.length - most.value)} more</button>}
    </div>);
}
