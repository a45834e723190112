// Path mode: two names, and the chains between them as lanes with a date on every link. Compare
// mode: two dates on either clock, and what is new, over, or told otherwise.
import { signal, useSignal } from "@preact/signals";
import type { Edge, Path } from "./api";
import { isoDay, shortInterval } from "./dates";
import { sentence } from "./details";
import { about, compare, difference, findPaths, hovered, mode, pathEnds, paths, phrase, refresh, say, selection, reveal } from "./state";
import { NameField } from "./search";
import { counted, cut } from "./text";

export function leave() {
  mode.value = "explore";
  paths.value = null;
  difference.value = null;
  return refresh();
}

const kCount = signal(3);

function Lane({ path, index }: { path: Path; index: number }) {
  const chosen = paths.value?.chosen === index;
  return (
    <li class={chosen ? "lane chosen" : "lane"}>
      <button class="lane-pick" aria-pressed={chosen} aria-label={`Path ${index + 1}: ${path.nodes.join(", ")}`}
              onClick={() => { paths.value = { ...paths.value!, chosen: index }; say(`Path ${index + 1} lit`); }}>{index + 1}</button>
      <ol class="chain">
        {path.nodes.map((name, i) => (
          <li key={i}>
            <span class="stop">{cut(name, 40)}</span>
            {i < path.edges.length && (
              <button class={`hop ${path.edges[i].family}`} onClick={() => { paths.value = { ...paths.value!, chosen: index }; selection.value = { kind: "edges", ids: [path.edges[i].id] }; }}
                      onMouseEnter={() => { hovered.value = null; }} title={sentence(path.edges[i])}>
                <span>{path.edges[i].head === name ? "" : "← "}{phrase(path.edges[i].type)}{path.edges[i].head === name ? " →" : ""}</span>
                <time>{shortInterval(path.edges[i].valid)}</time>
                {(path.edges[i].parallel?.length ?? 0) > 0 && <span class="muted">+{path.edges[i].parallel!.length}</span>}
              </button>)}
          </li>))}
      </ol>
    </li>);
}

export function PathLanes() {
  const ready = pathEnds.from.value && pathEnds.to.value;
  const go = () => {  // the ends as they are now, not as they were when this was drawn
    const from = pathEnds.from.value, to = pathEnds.to.value;
    if (from && to) void findPaths(`#${from.id}`, `#${to.id}`, kCount.value);
  };
  return (
    <section class="lanes" aria-label="Paths">
      <div class="lanes-head">
        <NameField id="path-from" label="Path from" placeholder="From" value={pathEnds.from.value?.name ?? ""} choose={(m) => { pathEnds.from.value = m; go(); }} />
        <button class="icon" aria-label="Exchange the ends" title="Exchange" onClick={() => { [pathEnds.from.value, pathEnds.to.value] = [pathEnds.to.value, pathEnds.from.value]; go(); }}>⇄</button>
        <NameField id="path-to" label="Path to" placeholder="To" value={pathEnds.to.value?.name ?? ""} choose={(m) => { pathEnds.to.value = m; go(); }} />
        <label class="inline">show <input type="number" min={1} max={20} value={kCount.value} aria-label="How many paths" onChange={(event) => { kCount.value = Math.max(1, Math.min(20, Number(event.currentTarget.value))); go(); }} /></label>
        <button class="primary" disabled={!ready} onClick={go}>Find paths</button>
        <button class="push quiet" onClick={leave}>Leave path mode</button>
      </div>
      {paths.value && (paths.value.list.length
        ? <ol class="lane-list">{paths.value.list.map((p, i) => <Lane path={p} index={i} />)}</ol>
        : <p class="muted">No path joins {cut(paths.value.from, 60)} and {cut(paths.value.to, 60)} as of these dates.</p>)}
    </section>);
}

function Group({ sign, title, list }: { sign: string; title: string; list: { edge: Edge; note?: string }[] }) {
  if (!list.length) return null;
  return (
    <section class={`change ${title}`}>
      <h3><span class="sign" aria-hidden="true">{sign}</span>{title} <span class="muted">{list.length}</span></h3>
      <ul>{list.slice(0, 200).map(({ edge, note }) => <li key={edge.id}><button class="row" onClick={() => reveal(edge)}><span class="muted when">{shortInterval(edge.valid)}</span><span class="grow">{cut(sentence(edge), 140)}{note && <em> {note}</em>}</span></button></li>)}</ul>
    </section>);
}

export function Compare() {
  const clock = useSignal<"valid" | "recorded">("valid");
  const from = useSignal(isoDay(Math.floor(Date.now() / 86_400_000) - 730)), to = useSignal(isoDay(Math.floor(Date.now() / 86_400_000)));
  const commits = about.value?.commits ?? [];
  const knownFrom = useSignal(commits.at(-1)?.commit ?? 1), knownTo = useSignal(commits[0]?.commit ?? 1);
  const go = (event: Event) => {
    event.preventDefault();
    void compare(clock.value === "valid" ? { from: from.value, to: to.value } : { known_from: `#${knownFrom.value}`, known_to: `#${knownTo.value}` });
  };
  const d = difference.value;
  return (
    <section class="compare" aria-label="Compare two dates">
      <h2 class="unseen">Compare two dates</h2>
      <form class="lanes-head" onSubmit={go}>
        <label class="inline">Compare <select aria-label="Which clock" value={clock.value} onChange={(event) => { clock.value = event.currentTarget.value as "valid"; }}><option value="valid">what held</option><option value="recorded">what was known</option></select></label>
        {clock.value === "valid" ? (
          <>
            <label class="inline">on <input aria-label="First date" value={from.value} placeholder="2023-01" onInput={(event) => { from.value = event.currentTarget.value; }} /></label>
            <label class="inline">and <input aria-label="Second date" value={to.value} placeholder="2024-09-02" onInput={(event) => { to.value = event.currentTarget.value; }} /></label>
          </>) : (
          <>
            <label class="inline">after commit <input type="number" aria-label="First commit" min={0} value={knownFrom.value} onInput={(event) => { knownFrom.value = Number(event.currentTarget.value); }} /></label>
            <label class="inline">and <input type="number" aria-label="Second commit" min={0} value={knownTo.value} onInput={(event) => { knownTo.value = Number(event.currentTarget.value); }} /></label>
          </>)}
        <button class="primary">Compare</button>
        <button type="button" class="push quiet" onClick={leave}>Leave</button>
      </form>
      {d && <p class="muted">{counted(d.added.length, "new link")}, {d.ended.length} ended, {d.changed.length} told otherwise{d.left_out > 0 && `, ${d.left_out} more not shown`}</p>}
      {d && <div class="changes" tabIndex={0} role="region" aria-label="Differences">
        <Group sign="+" title="new" list={d.added.map((edge) => ({ edge }))} />
        <Group sign="–" title="ended" list={d.ended.map((edge) => ({ edge }))} />
        <Group sign="~" title="changed" list={d.changed.map(({ before, after }) => ({ edge: after, note: `was ${shortInterval(before.valid)}, ${before.mode}` }))} />
      </div>}
    </section>);
}
