// The page: one graph, two clocks, and the sentence behind every link.
import "./style.css";
import { effect } from "@preact/signals";
import { render } from "preact";
import { useEffect } from "preact/hooks";
import { type About, ask, type Edge, takeToken } from "./api";
import { Details } from "./details";
import { Article, Help, ImportButton, Imports, watchDrops } from "./dialogs";
import { Compare, leave, PathLanes } from "./lanes";
import { camera, fit, Scene, size, zoom } from "./scene";
import { NameField } from "./search";
import { Duplicates, matching, Review, reviewing } from "./review";
import { copyLink, ExportMenu, fragment, fromFragment } from "./share";
import { Side } from "./side";
import { about, addCentre, announcement, arrive, article, asOf, busy, centres, edges, findPaths, help, hide, knownBy, leftOut, mode, nodes, pathEnds, paths, refresh, removeCentre, report, sceneLimit, selection, sideOpen, theme, trouble, unhide, view } from "./state";
import { Table } from "./table";
import { stepBrush, Timeline } from "./timeline";
import { counted, cut } from "./text";

const kThemes = { auto: "dark", dark: "light", light: "auto" } as const;

function TopBar() {
  const commit = about.value?.known_by.commit ?? 0;
  return (
    <header class="top">
      <h1><img src="/icon.svg" alt="" width="24" height="24" />{cut(about.value?.name ?? "Entente", 24)}</h1>
      <NameField id="search" label="Search people, groups, laws, events" placeholder="Search people, groups, laws, events   /" choose={(m) => { void addCentre(m); }} />
      <label class="clock">As of<input id="as-of" placeholder="any time" title="When it held in the world: 2024, 2024-09, 2024-09-02" value={asOf.value} onChange={(event) => { asOf.value = event.currentTarget.value.trim(); void refresh(); }} /></label>
      <label class={knownBy.value ? "clock past" : "clock"}>Known by<input id="known-by" placeholder={`now, commit ${commit}`} title="What the database believed then: a date, or #commit" value={knownBy.value} onChange={(event) => { knownBy.value = event.currentTarget.value.trim(); void refresh(); }} /></label>
      <nav class="tools" aria-label="Tools">
        <button aria-pressed={mode.value === "path"} onClick={() => { if (mode.value === "path") void leave(); else { mode.value = "path"; focusSoon("path-from"); } }}>Path</button>
        <button aria-pressed={mode.value === "compare"} onClick={() => { if (mode.value === "compare") void leave(); else mode.value = "compare"; }}>Compare</button>
        <ImportButton />
        <button onClick={() => { copyLink().catch(() => { trouble.value = { text: "the browser did not let the link be copied", hint: "copy it from the address bar" }; }); }}>Share</button>
        <ExportMenu />
        <button class="icon" aria-label={`Colours: ${theme.value}`} title={`Colours: ${theme.value}`} onClick={() => { theme.value = kThemes[theme.value]; }}>{{ auto: "◐", dark: "●", light: "○" }[theme.value]}</button>
        <button class="icon" aria-label="Keys" title="Keys  ?" onClick={() => { help.value = true; }}>?</button>
      </nav>
    </header>);
}

const focusSoon = (id: string) => setTimeout(() => document.getElementById(id)?.focus());

function Empty() {
  if (busy.value || edges.value.length || !about.value) return null;
  return (
    <div class="empty">
      {about.value.totals.edges ? (
        <>
          <h2>Nothing is known to have held {asOf.value ? `as of ${asOf.value}` : "here"}.</h2>
          <p><button class="primary" onClick={() => { asOf.value = ""; knownBy.value = ""; void refresh(); }}>Show any time, as known now</button></p>
        </>) : (
        <>
          <h2>This database is empty.</h2>
          <p>Drop articles on this page, or run <code>entente import FILE</code>. Every link will cite its sentence.</p>
        </>)}
    </div>);
}

function Centre() {
  const watch = (element: HTMLElement | null) => {
    if (!element || element.dataset.watched) return;
    element.dataset.watched = "1";
    new ResizeObserver(([entry]) => { size.value = { width: Math.round(entry.contentRect.width), height: Math.round(entry.contentRect.height) }; fit(); }).observe(element);
  };
  return (
    <main class="centre" aria-busy={busy.value}>
      <div class="scene-bar">
        <div class="tabs" role="tablist" aria-label="View">
          {(["graph", "table"] as const).map((name) => <button role="tab" id={`view-${name}`} aria-selected={view.value === name} aria-controls="view" onClick={() => { view.value = name; }}>{name === "graph" ? "Graph" : "Table"}</button>)}
        </div>
        <button class="narrow-only" aria-expanded={sideOpen.value} onClick={() => { sideOpen.value = !sideOpen.value; if (sideOpen.value) selection.value = null; }}>Filters</button>
        {centres.value.map((c) => <span class="chip">{cut(c.name || nodes.value.get(c.id)?.name || `#${c.id}`, 30)}<button aria-label={`Take ${cut(c.name, 60)} out`} onClick={() => { void removeCentre(c.id); }}>×</button></span>)}
        {centres.value.length === 0 && mode.value === "explore" && <span class="muted">the best connected names</span>}
        <span class="push muted">{counted(nodes.value.size, "name")}, {counted(edges.value.length, "link")}</span>
        {leftOut.value > 0 && <button class="link" disabled={sceneLimit.value >= 1000} onClick={() => { sceneLimit.value = Math.min(1000, sceneLimit.value + leftOut.value + 150); void refresh(); }}>{leftOut.value.toLocaleString("en")} more left out</button>}
        {busy.value && <span class="spinner" role="status"><span class="unseen">Asking…</span></span>}
      </div>
      {mode.value === "path" && <PathLanes />}
      {mode.value === "compare" && <Compare />}
      {trouble.value && <p class="trouble" role="alert"><b>{cut(trouble.value.text, 300)}</b>{trouble.value.hint && ` ${cut(trouble.value.hint, 300)}.`}<button class="icon" aria-label="Close" onClick={() => { trouble.value = null; }}>×</button></p>}
      <div id="view" class="view" role="tabpanel" aria-labelledby={`view-${view.value}`} ref={watch}>
        {view.value === "graph" ? <Scene /> : <Table />}
        <Empty />
        {view.value === "graph" && <div class="zoom"><button class="icon" aria-label="Nearer" onClick={() => zoom(1.3)}>+</button><button class="icon" aria-label="Farther" onClick={() => zoom(1 / 1.3)}>−</button><button class="icon" aria-label="All in sight" title="All in sight  0" onClick={fit}>⤢</button></div>}
      </div>
      <Timeline />
    </main>);
}

function keys(event: KeyboardEvent) {
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
    const menu = document.querySelector<HTMLDetailsElement>("details.menu[open]");
    if (menu) menu.open = false;
    else if (target.matches("input")) target.blur();
    else if (sideOpen.value) sideOpen.value = false;
    else if (selection.value) selection.value = null;
    else if (mode.value !== "explore") void leave();
    return;
  }
  if (target.matches("input, select, textarea, dialog *")) return;
  const node = selection.value?.kind === "node" ? selection.value.id : null;
  const run: Record<string, () => void> = {
    "/": () => document.getElementById("search")?.focus(),
    a: () => document.getElementById("as-of")?.focus(),
    p: () => { mode.value = "path"; focusSoon("path-from"); },
    c: () => { mode.value = "compare"; },
    t: () => document.querySelector<SVGElement>(".handle")?.focus(),
    g: () => { view.value = "graph"; },
    r: () => { view.value = "table"; },
    e: () => { if (node !== null) void addCentre({ id: node, name: nodes.value.get(node)?.name ?? "" }); },
    x: () => { if (node !== null) hide(node); },
    u: unhide,
    m: () => { matching.value = true; },
    "[": () => stepBrush(-1),
    "]": () => stepBrush(1),
    "+": () => zoom(1.3),
    "-": () => zoom(1 / 1.3),
    "0": fit,
    "?": () => { help.value = true; },
  };
  if (run[event.key]) { event.preventDefault(); run[event.key](); }
}

// Commits as they come; the browser asks again after a break, from the last it saw.
function listen(since: number) {
  const source = new EventSource(`/v1/changes?since=${since}`);
  source.addEventListener("commit", (event) => {
    const change = JSON.parse((event as MessageEvent<string>).data) as { commit: number; at: string; note: string; edges: Edge[] };
    if (about.value) about.value = { ...about.value, known_by: { ...about.value.known_by, commit: change.commit }, commits: [change, ...about.value.commits] };
    arrive(change.edges);
  });
}

function App() {
  useEffect(() => { addEventListener("keydown", keys); watchDrops(); }, []);
  return (
    <div class={["app", selection.value && "with-details", sideOpen.value && "side-open"].filter(Boolean).join(" ")}>
      <TopBar />
      <Side />
      <Centre />
      <Details />
      <Imports />
      {article.value && <Article key={article.value.start} />}
      {reviewing.value && <Review key={reviewing.value.document} />}
      {matching.value && <Duplicates />}
      {help.value && <Help />}
      <p class="unseen" role="status" aria-live="polite">{announcement.value}</p>
    </div>);
}

takeToken();
fromFragment();
const wanted = new URLSearchParams(location.hash.slice(1)).get("path")?.split(".").map(Number);
render(<App />, document.getElementById("app")!);
ask<About>("about").then(async (answer) => {
  about.value = answer;
  document.title = `${answer.name} · Entente`;
  listen(answer.known_by.commit);
  if (wanted?.length === 2) {
    mode.value = "path";
    await findPaths(`#${wanted[0]}`, `#${wanted[1]}`, 3);
    pathEnds.from.value = { id: wanted[0], name: paths.value?.from ?? "" };
    pathEnds.to.value = { id: wanted[1], name: paths.value?.to ?? "" };
  } else {
    await refresh();
  }
  fit();
  effect(() => { const text = fragment(); history.replaceState(null, "", text ? `#${text}` : location.pathname); });
}).catch(report);

// After every new scene, all of it in sight.
let shownEdges: unknown = null;
effect(() => {
  if (edges.value === shownEdges) return;
  shownEdges = edges.value;
  queueMicrotask(fit);
});
void camera;
