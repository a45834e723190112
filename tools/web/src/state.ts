// What the page knows: one signal for each thing that may change, and the calls that change them.
import { computed, effect, signal } from "@preact/signals";
import { type About, type ArticleText, ask, type Diff, type Edge, type Family, importFile, type Node, type Path, type Slice, perform, Trouble } from "./api";
import { firstDay, lastDay } from "./dates";
import { arrange } from "./layout";

export type Selection = { kind: "node"; id: number } | { kind: "edges"; ids: number[] } | null;
export type Mode = "explore" | "path" | "compare";
export interface Place { x: number; y: number; pinned?: boolean }

export const about = signal<About | null>(null);
export const asOf = signal("");
export const knownBy = signal("");          // `#12`; empty: now
export const centres = signal<{ id: number; name: string }[]>([]);
export const nodes = signal(new Map<number, Node>());
export const edges = signal<Edge[]>([]);
export const leftOut = signal(0);
export const places = signal(new Map<number, Place>());
export const hidden = signal(new Set<number>());
export const selection = signal<Selection>(null);
export const hovered = signal<number | null>(null);
export const mode = signal<Mode>("explore");
export const view = signal<"graph" | "table">("graph");
export const brush = signal<[number, number] | null>(null);  // days, both included
export const busy = signal(false);
export const trouble = signal<{ text: string; hint: string } | null>(null);
export const announcement = signal("");
export const measure = signal("degree");
export const scores = signal(new Map<number, number>());
export const theme = signal<"auto" | "light" | "dark">((localStorage.getItem("entente-theme") as "light" | "dark" | null) ?? "auto");
export const article = signal<{ text: ArticleText; start: number; end: number } | null>(null);
export const panel = signal<"filters" | "nodes">("filters");
export const help = signal(false);
export const sideOpen = signal(false);  // where it does not stand beside the graph

export const off = { families: signal(new Set<string>()), types: signal(new Set<string>()), labels: signal(new Set<string>()), modes: signal(new Set<string>()), sources: signal(new Set<string>()) };
export const leastConfidence = signal(0);
export const withNegated = signal(true);

export const paths = signal<{ from: string; to: string; list: Path[]; chosen: number } | null>(null);
export const pathEnds = { from: signal<{ id: number; name: string } | null>(null), to: signal<{ id: number; name: string } | null>(null) };
export const difference = signal<Diff | null>(null);
export interface ImportEntry { name: string; state: "waiting" | "reading" | "storing" | "done" | "failed" | "undone"; text: string; edges: Edge[]; document?: number; commit?: number }
export const imports = signal<ImportEntry[]>([]);
export const fresh = signal(new Set<number>());  // edges that have just arrived

export const familyNames: Record<Family, string> = { cooperative: "Cooperation", conflictual: "Conflict", regulation: "Regulation", structure: "Structure", evidence: "Mentions" };

export const sourceOf = (edge: Edge) => edge.evidence[0]?.publisher ?? edge.evidence[0]?.document ?? "unknown";

export const visibleEdges = computed(() => edges.value.filter((e) => {
  if (off.families.value.has(e.family) || off.types.value.has(e.type) || off.modes.value.has(e.mode)) return false;
  if (e.confidence < leastConfidence.value || (e.negated && !withNegated.value)) return false;
  if (hidden.value.has(e.head_id) || hidden.value.has(e.tail_id)) return false;
  if (off.labels.value.has(e.head_label) || off.labels.value.has(e.tail_label)) return false;
  return e.evidence.length === 0 || !e.evidence.every((one) => off.sources.value.has(one.publisher ?? one.document));
}));
export const visibleNodes = computed(() => {
  const used = new Set(centres.value.map((c) => c.id));
  for (const e of visibleEdges.value) used.add(e.head_id).add(e.tail_id);
  return [...nodes.value.values()].filter((n) => used.has(n.id) && !hidden.value.has(n.id) && !off.labels.value.has(n.label));
});
export const degrees = computed(() => {
  const counts = new Map<number, number>();
  for (const e of visibleEdges.value) for (const end of [e.head_id, e.tail_id]) counts.set(end, (counts.get(end) ?? 0) + 1);
  return counts;
});
// By the chosen measure; degree is counted here, the others the server knows.
export const sizes = computed(() => (measure.value === "degree" ? degrees.value : scores.value));

// Does the edge meet the days of the brush? What has no date is never dimmed: it may.
export function meetsBrush(edge: Edge): boolean {
  if (!brush.value) return true;
  const [low, high] = brush.value;
  const from = firstDay(edge.valid_from), to = lastDay(edge.valid_to);
  return (from === null || from <= high) && (to === null || to >= low);
}
export const litEdges = computed(() => {
  const chosen = paths.value?.list[paths.value.chosen];
  const onPath = mode.value === "path" && chosen ? new Set(chosen.edges.flatMap((e) => [e.id, ...(e.parallel ?? [])])) : null;
  return new Set(visibleEdges.value.filter((e) => meetsBrush(e) && (!onPath || onPath.has(e.id))).map((e) => e.id));
});
export const litNodes = computed(() => {
  const lit = new Set<number>();
  for (const e of visibleEdges.value) if (litEdges.value.has(e.id)) lit.add(e.head_id).add(e.tail_id);
  return lit;
});

export const typeNamed = computed(() => new Map((about.value?.types ?? []).map((t) => [t.name, t])));
export const phrase = (type: string) => typeNamed.value.get(type)?.forward ?? type.toLowerCase().replaceAll("_", " ");
export const edgeById = computed(() => new Map(edges.value.map((e) => [e.id, e])));

export const clocks = () => ({ as_of: asOf.value, known_by: knownBy.value });
export const say = (text: string) => { announcement.value = text; };

export function report(error: unknown) {
  if (error instanceof DOMException && error.name === "AbortError") return;
  trouble.value = error instanceof Trouble ? { text: error.message, hint: error.hint }
    : { text: "the server does not answer", hint: "is entente serve still running?" };
}

function show(slice: { nodes: Node[]; edges: Edge[]; left_out?: number }, keep: boolean) {
  const all = new Map(keep ? nodes.value : []);
  for (const node of slice.nodes) all.set(node.id, node);
  const known = new Map((keep ? edges.value : []).map((e) => [e.id, e]));
  for (const edge of slice.edges) known.set(edge.id, edge);
  nodes.value = all;
  edges.value = [...known.values()];
  leftOut.value = slice.left_out ?? 0;
  places.value = arrange([...all.values()], edges.value, places.value);
}

let running: AbortController | null = null;
// Runs one question at a time; a newer one ends the older.
async function asking(work: (signal: AbortSignal) => Promise<void>) {
  running?.abort();
  const mine = (running = new AbortController());
  busy.value = true;
  trouble.value = null;
  try { await work(mine.signal); }
  catch (error) { report(error); }
  finally { if (running === mine) { busy.value = false; running = null; } }
}

// So many links are drawn unless one asks for more; beyond a thousand nobody can read them.
export const sceneLimit = signal(150);
export function refresh() {
  return asking(async (signal) => {
    const around = centres.value.map((c) => `#${c.id}`);
    const slice = await ask<Slice>("slice", { around, limit: Math.max(sceneLimit.value, around.length ? 300 : 0), negated: "true", ...clocks() }, signal);
    show(slice, false);
    say(`${nodes.value.size} names and ${edges.value.length} links in view`);
    await measureAgain(signal);
  });
}

export async function measureAgain(signal?: AbortSignal) {
  if (measure.value === "degree") return;
  const { results } = await ask<{ results: { id: number; score: number }[] }>("rank", { by: measure.value, limit: 1000, ...clocks() }, signal);
  scores.value = new Map(results.map((r) => [r.id, r.score]));
}

export function addCentre(node: { id: number; name: string }) {
  mode.value = "explore";
  if (!centres.value.some((c) => c.id === node.id)) centres.value = [...centres.value, node];
  const unhidden = new Set(hidden.value);
  if (unhidden.delete(node.id)) hidden.value = unhidden;
  selection.value = { kind: "node", id: node.id };
  return refresh();
}
export function removeCentre(id: number) {
  centres.value = centres.value.filter((c) => c.id !== id);
  return refresh();
}
export function hide(id: number) { hidden.value = new Set(hidden.value).add(id); selection.value = null; say("Hidden. Press u to bring it back."); }
export function unhide() {
  const list = [...hidden.value];
  list.pop();
  hidden.value = new Set(list);
}

export function findPaths(from: string, to: string, k: number) {
  return asking(async (signal) => {
    const answer = await ask<{ from: string; to: string; paths: Path[] }>("paths", { from, to, k, ...clocks() }, signal);
    paths.value = { from: answer.from, to: answer.to, list: answer.paths, chosen: 0 };
    const found = answer.paths.flatMap((p) => p.edges);
    const ends = new Map<number, Node>();
    for (const e of found) {
      ends.set(e.head_id, { id: e.head_id, name: e.head, label: e.head_label, aliases: [], properties: {} });
      ends.set(e.tail_id, { id: e.tail_id, name: e.tail, label: e.tail_label, aliases: [], properties: {} });
    }
    if (found.length) { brush.value = null; show({ nodes: [...ends.values()], edges: found }, false); }
    selection.value = null;
    say(answer.paths.length ? `${answer.paths.length} paths from ${answer.from} to ${answer.to}` : `No path from ${answer.from} to ${answer.to}`);
  });
}

export function compare(values: { from: string; to: string } | { known_from: string; known_to: string }) {
  return asking(async (signal) => {
    const diff = await ask<Diff>("diff", { ...values, ...("from" in values ? { known_by: knownBy.value } : { as_of: asOf.value }) }, signal);
    difference.value = diff;
    say(`${diff.added.length} new, ${diff.ended.length} ended, ${diff.changed.length} changed`);
  });
}

export async function openArticle(id: number, start: number, end: number) {
  try { article.value = { text: await ask<ArticleText>(`documents/${id}`), start, end }; }
  catch (error) { report(error); }
}

const kStages = { waiting: "waits for its turn", reading: "is being read", storing: "is being stored" };

export async function importFiles(files: File[]) {
  const first = imports.value.length;
  const set = (at: number, entry: ImportEntry) => { imports.value = imports.value.map((one, i) => (i === at ? entry : one)); };
  imports.value = [...imports.value, ...files.map((file): ImportEntry => ({ name: file.name, state: "waiting", text: kStages.waiting, edges: [] }))];
  await Promise.all(files.map(async (file, i) => {
    const at = first + i, name = file.name;
    try {
      const done = await importFile(file, (job) => {
        const state = job.state as keyof typeof kStages;
        set(at, { name, state, text: state === "waiting" && job.before > 0 ? `waits; ${job.before} before it` : kStages[state], edges: [] });
      });
      set(at, { name, state: "done", edges: done.edges, document: done.document, commit: done.already_there ? undefined : done.commit, text: done.already_there ? "was here already; nothing changed" : `${done.new_edges} new links, ${done.supported_edges} confirmed, ${done.new_nodes} new names` });
      say(`${name}: ${done.new_edges} new links`);
    } catch (error) {
      set(at, { name, state: "failed", edges: [], text: error instanceof Trouble ? `${error.message}. ${error.hint}` : "the server does not answer" });
      say(`${name} was not imported`);
    }
  }));
}

// Takes an import back: what it alone supported is gone from the present; the past keeps it.
export async function undoImport(at: number) {
  const one = imports.value[at];
  if (one?.commit === undefined) return;
  try {
    await perform("undo", [`#${one.commit}`]);
    imports.value = imports.value.map((entry, i) => (i === at ? { ...entry, state: "undone", text: "taken back", edges: [], commit: undefined } : entry));
    say(`${one.name} was taken back`);
    await refresh();
  } catch (error) { report(error); }
}

// Puts one link into the scene, with its ends, and chooses it.
export function reveal(edge: Edge) {
  const end = (id: number, name: string, label: string): Node => nodes.value.get(id) ?? { id, name, label, aliases: [], properties: {} };
  if (!edgeById.value.has(edge.id)) show({ nodes: [end(edge.head_id, edge.head, edge.head_label), end(edge.tail_id, edge.tail, edge.tail_label)], edges: [edge], left_out: leftOut.value }, true);
  selection.value = { kind: "edges", ids: [edge.id] };
}

// Edges that a commit brought, put into the scene if they touch it; the newest are lit for a while.
export function arrive(list: Edge[]) {
  if (knownBy.value || mode.value !== "explore") return;
  const touching = list.filter((e) => e.family !== "evidence" && (centres.value.length === 0 || nodes.value.has(e.head_id) || nodes.value.has(e.tail_id)));
  if (!touching.length) return;
  const ends = touching.flatMap((e): Node[] => [
    { id: e.head_id, name: e.head, label: e.head_label, aliases: [], properties: {} },
    { id: e.tail_id, name: e.tail, label: e.tail_label, aliases: [], properties: {} }]).filter((n) => !nodes.value.has(n.id));
  show({ nodes: ends, edges: touching, left_out: leftOut.value }, true);
  fresh.value = new Set(touching.map((e) => e.id));
  say(`${touching.length} links arrived`);
  setTimeout(() => { fresh.value = new Set(); }, 6000);
}

effect(() => {
  const root = document.documentElement;
  if (theme.value === "auto") { delete root.dataset.theme; localStorage.removeItem("entente-theme"); }
  else { root.dataset.theme = theme.value; localStorage.setItem("entente-theme", theme.value); }
});
