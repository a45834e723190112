// The article with its passage, the keys, and what became of dropped articles.
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { mayWrite } from "./api";
import { spoken } from "./dates";
import { sentence } from "./details";
import { reviewing } from "./review";
import { article, help, importFiles, imports, say, selection, undoImport } from "./state";
import { counted, cut, shown, webAddress } from "./text";

export function Dialog({ label, close, children }: { label: string; close: () => void; children: preact.ComponentChildren }) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => { element.current?.showModal(); }, []);
  return (
    <dialog ref={element} aria-label={label} onClose={close} onClick={(event) => { if (event.target === element.current) element.current?.close(); }}>
      <button class="close icon" aria-label="Close" onClick={() => element.current?.close()}>×</button>
      <div class="dialog-body">{children}</div>
    </dialog>);
}

export function Article() {
  const it = article.value;
  const passage = useRef<HTMLElement>(null);
  useEffect(() => { passage.current?.scrollIntoView({ block: "center" }); }, [it]);
  if (!it) return null;
  const characters = Array.from(it.text.text);  // offsets count characters, not UTF-16 units
  const { document: d, citations } = it.text;
  const link = webAddress(d.url);
  const others = citations.filter((c) => c.start !== it.start);
  const marks = [...new Set(others.map((c) => `${c.start} ${c.end}`))].map((k) => k.split(" ").map(Number)).filter(([s, e]) => e <= it.start || s >= it.end).sort((a, b) => a[0] - b[0]);
  const pieces: preact.ComponentChild[] = [];
  let at = 0;
  for (const [start, end, main] of [...marks, [it.start, it.end, 1]].sort((a, b) => a[0] - b[0])) {
    if (start < at) continue;
    pieces.push(shown(characters.slice(at, start).join("")));
    const text = shown(characters.slice(start, end).join(""));
    pieces.push(main ? <mark ref={passage} tabIndex={-1}>{text}</mark> : <span class="cited">{text}</span>);
    at = end;
  }
  pieces.push(shown(characters.slice(at).join("")));
  return (
    <Dialog label={`Article: ${d.title ?? d.name}`} close={() => { article.value = null; }}>
      <header class="article-head"><p class="eyebrow">{[d.publisher, d.published ? spoken(d.published) : null].filter(Boolean).map((t) => shown(t!)).join(" · ")}</p>
        <h2>{cut(d.title ?? d.name, 200)}</h2>
        <p class="muted">{counted(citations.length, "link")} cite this article; their passages are underlined.{link && <> <a href={link.href} target="_blank" rel="noopener noreferrer">{link.host}</a></>}</p></header>
      <div class="article-text" tabIndex={0} role="region" aria-label="Text of the article">{pieces}</div>
    </Dialog>);
}

const kKeys: [string, string][] = [
  ["/", "search"], ["p", "paths between two names"], ["c", "compare two dates"], ["t", "to the timeline"], ["[  ]", "a month earlier, later"],
  ["a", "as of: the date field"], ["g", "graph"], ["r", "rows: the table"], ["e", "expand the chosen name"], ["x", "hide it"], ["u", "bring back the last hidden"], ["m", "names that may be one"],
  ["arrows", "walk to the nearest name"], ["Enter", "open it"], ["+  −  0", "nearer, farther, all in sight"], ["Esc", "close"], ["?", "these keys"]];
export const Help = () => (
  <Dialog label="Keys" close={() => { help.value = false; }}>
    <h2>Keys</h2>
    <dl class="keys">{kKeys.map(([key, what]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div>)}</dl>
    <p class="muted">On the timeline: arrows move a handle by a month, with Shift by a day; Home and End go to its ends.</p>
  </Dialog>);

export const over = signal(false);
const read = async (files: FileList | null | undefined) => {
  if (!files?.length) return;
  if (!mayWrite()) return say("To import, open the address that entente serve printed: it holds the token.");
  await importFiles([...files]);
};
export function watchDrops() {
  let depth = 0;
  addEventListener("dragenter", (event) => { if (event.dataTransfer?.types.includes("Files")) { depth++; over.value = true; } });
  addEventListener("dragleave", () => { if (--depth <= 0) { depth = 0; over.value = false; } });
  addEventListener("dragover", (event) => { event.preventDefault(); });
  addEventListener("drop", (event) => { event.preventDefault(); depth = 0; over.value = false; void read(event.dataTransfer?.files); });
}
export const ImportButton = () => (
  <label class="button" title={mayWrite() ? "Or drop articles anywhere on the page" : "Open the address that entente serve printed: it holds the token"}>
    Import<input class="unseen" type="file" multiple accept=".txt,.md,.html,.htm,.pdf,text/*,application/pdf" disabled={!mayWrite()} aria-label="Import articles" onChange={(event) => { const input = event.currentTarget; void read(input.files).then(() => { input.value = ""; }); }} />
  </label>);

export function Imports() {
  if (over.value) return <div class="drop-target" aria-hidden="true"><p>{mayWrite() ? "Drop articles to read them into the graph" : "To import, open the address that entente serve printed"}</p></div>;
  if (!imports.value.length) return null;
  const ended = imports.value.filter((one) => one.state === "done" || one.state === "failed" || one.state === "undone").length;
  return (
    <section class="imports" aria-label="Imported articles">
      <header><h2>{ended < imports.value.length ? `Importing, ${ended} of ${imports.value.length} done` : "Imported"}</h2><button class="close icon" aria-label="Close the list" onClick={() => { imports.value = []; }}>×</button></header>
      {imports.value.length > 1 && ended < imports.value.length && <progress aria-label="Articles imported" max={imports.value.length} value={ended} />}
      <ul>{imports.value.map((one, at) => (
        <li class={one.state}>
          <p><b>{cut(one.name, 60)}</b> <span class="muted">{cut(one.text, 200)}</span></p>
          {(one.state === "reading" || one.state === "storing") && <progress aria-label={`${one.name} ${one.text}`} />}
          {one.edges.length > 0 && <details><summary>Review {counted(one.edges.length, "link")}</summary>
            <p class="actions">{one.document !== undefined && <button class="primary" onClick={() => { reviewing.value = { name: one.name, document: one.document!, edges: one.edges }; }}>Look through them<span class="unseen">: {cut(one.name, 60)}</span></button>}
              {one.commit !== undefined && <button class="link" onClick={() => { void undoImport(at); }}>Take all of it back<span class="unseen"> that {cut(one.name, 60)} brought</span></button>}</p>
            <ul>{one.edges.slice(0, 60).map((e) => <li><button class="row" onClick={() => { selection.value = { kind: "edges", ids: [e.id] }; }}>{cut(sentence(e), 120)}</button></li>)}</ul></details>}
        </li>))}</ul>
    </section>);
}
