// What the server answers, and how it is asked. The shapes are those of the command line's --json.

export interface Evidence {
  statement: number;
  document: string; document_id: number; title: string | null; publisher: string | null;
  published: string | null; url: string | null; author: string | null; page: number | null;
  start: number; end: number; quote: string;
  speaker: string | null; valid: string; time_phrase: string | null; confidence: number;
  extractor: string; commit: number;
}
export type Family = "structure" | "regulation" | "cooperative" | "conflictual" | "evidence";
export interface Edge {
  id: number; head: string; head_id: number; head_label: string; type: string; family: Family;
  tail: string; tail_id: number; tail_label: string; valid: string; valid_from: string | null;
  valid_to: string | null; precision: string; holds: "yes" | "maybe" | "no"; mode: string;
  negated: boolean; speaker: string | null; confidence: number;
  properties: Record<string, unknown>; commit: number; evidence: Evidence[]; evidence_count: number; parallel?: number[];
}
export interface Node { id: number; name: string; label: string; aliases: string[]; properties: Record<string, unknown> }
export interface Clocks { as_of: string | null; known_by: { commit: number; database: string } }
export interface Slice extends Clocks { nodes: Node[]; edges: Edge[]; left_out: number }
export interface Match { id: number; name: string; label: string; matched: string; alias: boolean }
export interface Path { length: number; nodes: string[]; edges: Edge[] }
export interface EdgeType { name: string; family: Family; forward: string; backward: string; meaning: string }
export interface About extends Clocks {
  name: string; totals: Record<string, number>; labels: { name: string; actor: boolean; meaning: string }[];
  types: EdgeType[]; measures: { name: string; meaning: string }[]; formats: { name: string; meaning: string }[];
  commits: { commit: number; at: string; note: string }[];
}
export interface Diff extends Clocks { added: Edge[]; ended: Edge[]; changed: { before: Edge; after: Edge }[]; left_out: number }
export interface Ranked { id: number; name: string; label: string; score: number }
export interface Version { from_commit: number; until_commit: number | null; valid: string; confidence: number; statements: number }
export interface ArticleText {
  document: { id: number; name: string; title: string | null; publisher: string | null; published: string | null; url: string | null };
  text: string; citations: { edge: number; start: number; end: number }[];
}
export interface Duplicate { one: Side; other: Side; score: number; reasons: { kind: string; words: string; weight: number }[] }
interface Side { id: number; name: string; label: string; edges: number }
export interface Imported { imported: boolean; document: number; already_there: boolean; name: string; commit: number; new_edges: number; supported_edges: number; new_nodes: number; matched_nodes: number; edges: Edge[] }

// What a person should read: the server's own words, and what to do.
export class Trouble extends Error {
  constructor(readonly status: number, detail: string, readonly hint: string) { super(detail); }
}

type Values = Record<string, string | number | string[] | undefined>;

export function address(path: string, values: Values = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (Array.isArray(value)) for (const one of value) query.append(name, one);
    else if (value !== undefined && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return "/v1/" + path + (text ? "?" + text : "");
}

async function understood<T>(response: Response): Promise<T> {
  if (response.ok) return response.json() as Promise<T>;
  let detail = `the server answered ${response.status}`, hint = "";
  try {
    const problem = await response.json() as { detail?: string; hint?: string };
    detail = problem.detail ?? detail;
    hint = problem.hint ?? "";
  } catch { /* not a problem as RFC 9457 has it: the status must do */ }
  throw new Trouble(response.status, detail, hint);
}

export async function ask<T>(path: string, values: Values = {}, signal?: AbortSignal): Promise<T> {
  return understood<T>(await fetch(address(path, values), { signal }));
}

// The token comes once, in the fragment of the printed address, and stays with this tab.
const kToken = "entente-token";
export function takeToken() {
  const given = /(?:^#|&)token=([0-9a-f]+)/.exec(location.hash);
  if (!given) return;
  sessionStorage.setItem(kToken, given[1]);
  history.replaceState(null, "", location.pathname + location.search);
}
export const mayWrite = () => sessionStorage.getItem(kToken) !== null;

export interface Job { job: number; state: "waiting" | "reading" | "storing" | "done" | "failed"; before: number; status?: number; answer: Imported | { detail?: string; hint?: string } | null }

const written = (path: string, values: Values, headers: Record<string, string>, body: Blob | string) => fetch(address(path, values), {
  method: "POST", body, headers: { ...headers, Authorization: `Bearer ${sessionStorage.getItem(kToken) ?? ""}` },
});

const kTypes: Record<string, string> = { html: "text/html", htm: "text/html", md: "text/markdown", pdf: "application/pdf" };
const typeOf = (name: string) => kTypes[/\.([a-z]+)$/i.exec(name)?.[1].toLowerCase() ?? ""] ?? "text/plain";

// Hands an article over as a job, and tells how far it is until it has ended.
export async function importFile(file: File, tell: (job: Job) => void): Promise<Imported> {
  const name = file.name.replace(/\.[^.]*$/, "");
  const { job: id } = await understood<{ job: number }>(await written("import", { name }, { "Content-Type": typeOf(file.name), Prefer: "respond-async" }, file));
  for (let pause = 60; ; pause = Math.min(1000, pause * 1.5)) {
    const job = await ask<Job>(`jobs/${id}`);
    if (job.state === "done") return job.answer as Imported;
    if (job.state === "failed") {
      const problem = job.answer as { detail?: string; hint?: string };
      throw new Trouble(job.status ?? 500, problem.detail ?? "it could not be read", problem.hint ?? "");
    }
    tell(job);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

// A verb as the command line has it: one commit.
export async function perform(verb: string, words: string[], options: Record<string, string | string[]> = {}, note = ""): Promise<void> {
  await understood(await written("verbs", {}, { "Content-Type": "application/json" }, JSON.stringify({ verb, words, options, note, author: "page" })));
}
