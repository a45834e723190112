// What a person has to judge: the links that an article brought, each with its sentence, and names that may
// be one. Every judgement is a commit of its own, signed and undoable, and is told by its number.
import { signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { ask, type Duplicate, type Edge, mayWrite, perform } from "./api";
import { spokenInterval } from "./dates";
import { sentence } from "./details";
import { Dialog } from "./dialogs";
import { about, addCentre, openArticle, refresh, report, say } from "./state";
import { counted, cut, shown } from "./text";

type Judged = "accepted" | "changed" | "rejected";
export interface Reviewing { name: string; document: number; edges: Edge[] }
export const reviewing = signal<Reviewing | null>(null);
export const matching = signal(false);
const judged = signal(new Map<number, Judged>());

const kModes = ["actual", "planned", "requested", "alleged"];
const kNote = { accepted: "accepted", changed: "changed", rejected: "rejected" };
// What this document says of it; another may say the same, and its claim stays.
const own = (edge: Edge, document: number) => edge.evidence.filter((one) => one.document_id === document);

function Editor({ edge, save, leave }: { edge: Edge; save: (options: Record<string, string | string[]>) => void; leave: () => void }) {
  const type = useSignal(edge.type), when = useSignal(edge.valid), mode = useSignal(edge.mode), negated = useSignal(edge.negated);
  const head = useSignal(edge.head), tail = useSignal(edge.tail);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => { first.current?.focus(); }, []);
  const go = (event: Event) => {
    event.preventDefault();
    const options: Record<string, string | string[]> = {};
    if (head.value.trim() !== edge.head) options.head = head.value.trim();
    if (tail.value.trim() !== edge.tail) options.tail = tail.value.trim();
    if (type.value !== edge.type) options.type = type.value;
    if (when.value.trim() !== edge.valid) options.valid = [when.value.trim()];
    if (mode.value !== edge.mode) options.mode = mode.value;
    if (negated.value !== edge.negated) options[negated.value ? "negated" : "asserted"] = [];
    if (Object.keys(options).length) save(options); else leave();
  };
  const text = (label: string, value: typeof head, hint?: string) => (
    <label>{label}<input ref={label === "who" ? first : undefined} value={value.value} title={hint} placeholder={hint} onInput={(event) => { value.value = event.currentTarget.value; }} /></label>);
  return (
    <form class="editor" onSubmit={go} aria-label="Change this link">
      {text("who", head)}
      <label>does what<select value={type.value} onChange={(event) => { type.value = event.currentTarget.value; }}>
        {about.value?.types.filter((t) => t.family !== "evidence").map((t) => <option value={t.name}>{t.name.replaceAll("_", " ").toLowerCase()}</option>)}</select></label>
      {text("to whom", tail)}
      {text("when", when, "2024-09, 2024-09-01/.., empty: not known")}
      <label>said how<select value={mode.value} onChange={(event) => { mode.value = event.currentTarget.value; }}>{kModes.map((m) => <option value={m}>{m}</option>)}</select></label>
      <label class="check"><input type="checkbox" checked={negated.value} onChange={() => { negated.value = !negated.value; }} />it is denied</label>
      <p class="actions"><button class="primary">Save</button><button type="button" onClick={leave}>Leave it</button></p>
    </form>);
}

export function Review() {
  const it = reviewing.value;
  const at = useSignal(0), editing = useSignal(false), busy = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => { if (!editing.value) box.current?.focus(); }, [at.value, editing.value]);
  if (!it) return null;
  const edge = it.edges[at.value];
  const source = own(edge, it.document)[0] ?? edge.evidence[0];
  const left = it.edges.filter((e) => !judged.value.has(e.id)).length;
  const go = (to: number) => { at.value = Math.max(0, Math.min(it.edges.length - 1, to)); editing.value = false; };
  const close = () => { reviewing.value = null; void refresh(); };
  const judge = async (what: Judged, options: Record<string, string | string[]> = {}) => {
    if (busy.value) return;
    busy.value = true;
    try {
      const claims = own(edge, it.document).map((one) => String(one.statement));
      if (what === "rejected") await perform("retract", ["statement", ...claims], {}, `review of ${it.name}: ${kNote.rejected}`);
      if (what === "changed") for (const claim of claims) await perform("correct", [String(edge.id)], { ...options, statement: claim }, `review of ${it.name}: ${kNote.changed}`);
      judged.value = new Map(judged.value).set(edge.id, what);
      say(`${kNote[what]}: ${sentence(edge)}`);
      const next = it.edges.findIndex((e, i) => i > at.value && !judged.value.has(e.id));
      if (next >= 0) go(next); else editing.value = false;
    } catch (error) { report(error); }
    finally { busy.value = false; }
  };
  const keys = (event: KeyboardEvent) => {
    if ((event.target as HTMLElement).matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    const run: Record<string, () => void> = {
      a: () => { void judge("accepted"); }, r: () => { void judge("rejected"); }, e: () => { editing.value = true; },
      ArrowLeft: () => go(at.value - 1), ArrowRight: () => go(at.value + 1) };
    if (run[event.key]) { event.preventDefault(); run[event.key](); }
  };
  const was = judged.value.get(edge.id);
  return (
    <Dialog label={`Review of ${it.name}`} close={close}>
      <div class="review" ref={box} tabIndex={-1} onKeyDown={keys}>
        <header><p class="eyebrow">{cut(it.name, 80)} · {at.value + 1} of {it.edges.length}{left > 0 ? ` · ${left} to look at` : " · all looked at"}</p>
          <progress aria-label="Looked at" max={it.edges.length} value={it.edges.length - left} /></header>
        <h2>{cut(sentence(edge), 200)}</h2>
        <p class="muted">{spokenInterval(edge.valid)} · {edge.type.replaceAll("_", " ").toLowerCase()} · {edge.mode} · {Math.round((source?.confidence ?? edge.confidence) * 100)}% sure{was && <> · <b class={`verdict ${was}`}>{was}</b></>}</p>
        {source && <figure class="quote"><blockquote>{cut(source.quote, 900)}</blockquote>
          <figcaption>{source.time_phrase && <span>dated from “{shown(source.time_phrase)}”</span>}
            <button class="link" onClick={() => { void openArticle(source.document_id, source.start, source.end); }}>Read in the article</button></figcaption></figure>}
        {editing.value ? <Editor key={edge.id} edge={edge} leave={() => { editing.value = false; }} save={(options) => { void judge("changed", options); }} /> : (
          <p class="actions verdicts">
            <button class="primary" disabled={busy.value || was === "rejected"} onClick={() => { void judge("accepted"); }}>Accept <kbd>a</kbd></button>
            <button disabled={busy.value || !mayWrite() || was === "rejected"} onClick={() => { editing.value = true; }}>Change <kbd>e</kbd></button>
            <button class="warn" disabled={busy.value || !mayWrite() || was === "rejected"} onClick={() => { void judge("rejected"); }}>Reject <kbd>r</kbd></button>
            <span class="push" />
            <button aria-label="The one before" disabled={at.value === 0} onClick={() => go(at.value - 1)}>‹</button>
            <button aria-label="The next" disabled={at.value === it.edges.length - 1} onClick={() => go(at.value + 1)}>›</button>
          </p>)}
      </div>
    </Dialog>);
}

export function Duplicates() {
  const pairs = useSignal<Duplicate[] | null>(null), busy = useSignal(false);
  useEffect(() => { ask<{ pairs: Duplicate[] }>("duplicates", { limit: 50 }).then((a) => { pairs.value = a.pairs; }, report); }, []);
  const judge = async (pair: Duplicate, one: boolean) => {
    busy.value = true;
    try {
      await perform(one ? "merge" : "apart", [`#${pair.one.id}`, `#${pair.other.id}`], {}, `review: ${pair.one.id}=${pair.other.id} are ${one ? "one" : "two"}`);
      say(`${pair.one.name} and ${pair.other.name} are ${one ? "one" : "two"}`);
      pairs.value = pairs.value!.filter((p) => p !== pair && !(one && (p.one.id === pair.other.id || p.other.id === pair.other.id)));
      if (one) void refresh();
    } catch (error) { report(error); }
    finally { busy.value = false; }
  };
  return (
    <Dialog label="Names that may be one" close={() => { matching.value = false; }}>
      <h2>Names that may be one</h2>
      <p class="muted">Nothing is merged unless you say so; a merging can be undone.{!mayWrite() && " To judge, open the address that entente serve printed: it holds the token."}</p>
      {pairs.value === null ? <p class="muted" role="status">Looking…</p> : pairs.value.length === 0 ? <p>No two names look like one.</p> : (
        <ol class="pairs">{pairs.value.map((pair) => (
          <li key={`${pair.one.id}=${pair.other.id}`}>
            <div class="pair">{[pair.one, pair.other].map((n) => (
              <button class="name-link" onClick={() => { matching.value = false; void addCentre({ id: n.id, name: n.name }); }}><b>{cut(n.name, 60)}</b> <span class="muted">{n.label}, {counted(n.edges, "link")}</span></button>))}</div>
            <ul class="reasons">{pair.reasons.map((r) => <li>{cut(r.words, 160)}</li>)}</ul>
            <p class="actions"><button disabled={busy.value || !mayWrite()} onClick={() => { void judge(pair, true); }}>They are one</button><button disabled={busy.value || !mayWrite()} onClick={() => { void judge(pair, false); }}>They are two</button>
              <span class="push muted">{Math.round(pair.score * 100)} in 100</span></p>
          </li>))}</ol>)}
    </Dialog>);
}
