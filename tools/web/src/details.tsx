// What is known of the thing that was chosen: an edge as a sentence with its quotes, a node with
// its names and links. Every word that came from outside is text.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { ask, type Edge, type Evidence, type Version } from "./api";
import { shortInterval, spoken, spokenInterval } from "./dates";
import { addCentre, centres, edgeById, familyNames, hide, mode, nodes, openArticle, pathEnds, phrase, removeCentre, report, selection, visibleEdges } from "./state";
import { counted, cut, shown, webAddress } from "./text";
import { Shape } from "./scene";

export function sentence(e: Edge): string {
  const told = e.speaker && e.mode === "alleged" ? `${e.speaker} says: ` : "";
  const plan = e.mode === "planned" ? "planned: " : e.mode === "requested" ? "demanded: " : "";
  return `${told}${plan}${e.head} ${e.negated ? "not: " : ""}${phrase(e.type)} ${e.tail}`;
}

const Confidence = ({ value }: { value: number }) => (
  <span class="confidence" title="How sure the reading of the sources is">
    <svg width="44" height="6" aria-hidden="true"><rect width="44" height="6" rx="3" /><rect class="full" width={44 * value} height="6" rx="3" /></svg>
    {Math.round(value * 100)}% sure
  </span>);

const Quote = ({ source }: { source: Evidence }) => {
  const link = webAddress(source.url);
  return (
    <figure class="quote">
      <blockquote>{cut(source.quote, 600)}</blockquote>
      <figcaption>
        <b>{cut(source.title ?? source.document, 90)}</b>
        <span>{[source.author, source.publisher, source.published ? spoken(source.published) : null, source.page ? `page ${source.page}` : null].filter(Boolean).map((t) => shown(t!)).join(" · ")}</span>
        {source.speaker && <span>said by {shown(source.speaker)}</span>}
        {source.time_phrase && <span>dated from “{shown(source.time_phrase)}”</span>}
        <button class="link" onClick={() => openArticle(source.document_id, source.start, source.end)}>Read in the article</button>
        {link && <a href={link.href} target="_blank" rel="noopener noreferrer">{link.host}</a>}
      </figcaption>
    </figure>);
};

function History({ edge }: { edge: Edge }) {
  const versions = useSignal<Version[] | null>(null);
  useEffect(() => {
    versions.value = null;
    ask<{ history: Version[] }>(`facts/${edge.id}/history`).then((a) => { versions.value = a.history; }, report);
  }, [edge.id]);
  if (!versions.value) return null;
  return (
    <details class="history"><summary>What was believed, and when</summary>
      <ol>{versions.value.map((v) => <li>commit {v.from_commit}{v.until_commit === null ? " until now" : ` until ${v.until_commit}`}: {spokenInterval(v.valid)}, {counted(v.statements, "statement")}, {Math.round(v.confidence * 100)}%</li>)}</ol>
    </details>);
}

export const EdgeCard = ({ edge, open }: { edge: Edge; open: boolean }) => (
  <article class={`card ${edge.family}`}>
    <p class="when">{spokenInterval(edge.valid)}{edge.holds === "maybe" && <em> · perhaps, the dates leave it open</em>}</p>
    <h3>
      <button class="name-link" onClick={() => { selection.value = { kind: "node", id: edge.head_id }; }}>{cut(edge.head, 80)}</button>{" "}
      <span class={edge.negated ? "verb negated" : "verb"}>{edge.negated ? "not: " : ""}{phrase(edge.type)}</span>{" "}
      <button class="name-link" onClick={() => { selection.value = { kind: "node", id: edge.tail_id }; }}>{cut(edge.tail, 80)}</button>
    </h3>
    <p class="chips"><span class="chip">{edge.type.replaceAll("_", " ").toLowerCase()}</span>{edge.mode !== "actual" && <span class="chip warn">{edge.mode}{edge.speaker ? ` by ${cut(edge.speaker, 40)}` : ""}</span>}<Confidence value={edge.confidence} /></p>
    {(open ? edge.evidence : edge.evidence.slice(0, 1)).map((source) => <Quote source={source} />)}
    {open && edge.evidence_count > edge.evidence.length &&
      <p class="muted">{edge.evidence_count - edge.evidence.length} more sources: <code>entente why {edge.id}</code></p>}
    {open && <History edge={edge} />}
  </article>);

function NodeDetails({ id }: { id: number }) {
  const node = nodes.value.get(id);
  if (!node) return <p class="muted">This name is not in view.</p>;
  const links = visibleEdges.value.filter((e) => e.head_id === id || e.tail_id === id);
  const groups = new Map<string, Edge[]>();
  for (const e of links) { const key = `${e.family} ${e.type}`; groups.set(key, [...(groups.get(key) ?? []), e]); }
  const ordered = [...groups.values()].sort((a, b) => b.length - a.length);
  const isCentre = centres.value.some((c) => c.id === id);
  return (
    <>
      <header class="node-head">
        <svg class="glyph large" viewBox="-14 -14 28 28" aria-hidden="true"><Shape label={node.label} r={10} /></svg>
        <div><h2>{cut(node.name, 200)}</h2><p class="muted">{node.label} · {counted(links.length, "link")} in view</p></div>
      </header>
      {node.aliases.length > 0 && <p class="aliases">also {node.aliases.slice(0, 6).map((a) => cut(a, 60)).join(", ")}</p>}
      <p class="actions">
        {isCentre ? <button onClick={() => removeCentre(id)}>Collapse</button> : <button class="primary" onClick={() => addCentre({ id, name: node.name })}>Expand</button>}
        <button onClick={() => { mode.value = "path"; pathEnds.from.value = { id, name: node.name }; }}>Path from here</button>
        <button onClick={() => { mode.value = "path"; pathEnds.to.value = { id, name: node.name }; }}>Path to here</button>
        <button onClick={() => hide(id)}>Hide</button>
      </p>
      {ordered.map((list) => (
        <section class="relations">
          <h3><i class={`swatch ${list[0].family}`} />{list[0].type.replaceAll("_", " ").toLowerCase()} <span class="muted">{list.length}</span></h3>
          <ul>{list.slice(0, 8).map((e) => (
            <li><button class="row" onClick={() => { selection.value = { kind: "edges", ids: [e.id] }; }}>
              <span class="muted when">{shortInterval(e.valid)}</span>
              <span class="grow">{e.head_id === id ? `${phrase(e.type)} ` : ""}<b>{cut(e.head_id === id ? e.tail : e.head, 50)}</b>{e.head_id === id ? "" : ` ${phrase(e.type)}`}</span>
            </button></li>))}</ul>
          {list.length > 8 && <button class="link" onClick={() => { selection.value = { kind: "edges", ids: list.map((e) => e.id) }; }}>all {list.length}</button>}
        </section>))}
    </>);
}

export function Details() {
  const s = selection.value;
  if (!s) return null;
  const chosen = s.kind === "edges" ? s.ids.map((id) => edgeById.value.get(id)).filter((e): e is Edge => !!e).sort((a, b) => (b.valid_from ?? "").localeCompare(a.valid_from ?? "")) : [];
  return (
    <aside class="details" aria-label="Details">
      <button class="close icon" aria-label="Close details" onClick={() => { selection.value = null; }}>×</button>
      {s.kind === "node" ? <NodeDetails id={s.id} /> : (
        <>
          <h2 class="eyebrow">{chosen[0] ? familyNames[chosen[0].family] : "Link"}{chosen.length > 1 && ` · ${chosen.length} of one kind`}</h2>
          {chosen.slice(0, 40).map((e) => <EdgeCard key={e.id} edge={e} open={chosen.length === 1} />)}
          {chosen.length === 0 && <p class="muted">This link is not in view.</p>}
        </>)}
    </aside>);
}
