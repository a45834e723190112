// What is left out, with counts; and the names in view, by the chosen measure.
import { type Signal, signal } from "@preact/signals";
import type { Family } from "./api";
import { about, edges, familyNames, hidden, leastConfidence, measure, measureAgain, nodes, off, panel, report, selection, sideOpen, sizes, sourceOf, visibleNodes, withNegated } from "./state";
import { matching } from "./review";
import { counted, cut } from "./text";
import { Shape } from "./scene";

const toggled = (set: Signal<Set<string>>, key: string) => {
  const next = new Set(set.value);
  if (!next.delete(key)) next.add(key);
  set.value = next;
};
const counts = (keys: string[]) => {
  const all = new Map<string, number>();
  for (const key of keys) all.set(key, (all.get(key) ?? 0) + 1);
  return [...all].sort((a, b) => b[1] - a[1]);
};

function Check({ set, name, label, count, sign }: { set: Signal<Set<string>>; name: string; label: string; count: number; sign?: preact.ComponentChild }) {
  return (
    <label class="check">
      <input type="checkbox" checked={!set.value.has(name)} onChange={() => toggled(set, name)} />
      {sign}<span class="grow">{label}</span><span class="muted">{count}</span>
    </label>);
}

const unfolded = signal(new Set<string>());

function Filters() {
  const families: Family[] = ["conflictual", "cooperative", "regulation", "structure", "evidence"];
  return (
    <>
      {families.map((family) => {
        const mine = edges.value.filter((e) => e.family === family);
        if (!mine.length) return null;
        const open = unfolded.value.has(family);
        return (
          <div class="group" key={family}>
            <div class="group-head">
              <button class="fold" aria-expanded={open} aria-label={`Types of ${familyNames[family].toLowerCase()}`} onClick={() => toggled(unfolded, family)}>›</button>
              <Check set={off.families} name={family} label={familyNames[family]} count={mine.length}
                sign={<svg class={`line-sample ${family}`} width="22" height="10" aria-hidden="true"><path d="M0 5H16" /><path class="tip" d={family === "conflictual" ? "M20 0V10M16 1 20 5 16 9" : "M14 1 21 5 14 9"} /></svg>} />
            </div>
            {open && counts(mine.map((e) => e.type)).map(([type, n]) => <Check key={type} set={off.types} name={type} label={type.replaceAll("_", " ").toLowerCase()} count={n} />)}
          </div>);
      })}
      <details class="group" open><summary>Kinds of names</summary>
        {counts([...nodes.value.values()].map((n) => n.label)).map(([label, n]) => <Check key={label} set={off.labels} name={label} label={label.replace(/([a-z])([A-Z])/g, "$1 $2")} count={n}
          sign={<svg class="glyph" viewBox="-12 -12 24 24" aria-hidden="true"><Shape label={label} r={8} /></svg>} />)}
      </details>
      <details class="group"><summary>Said how</summary>
        {counts(edges.value.map((e) => e.mode)).map(([name, n]) => <Check key={name} set={off.modes} name={name} label={name} count={n} />)}
        <label class="check"><input type="checkbox" checked={withNegated.value} onChange={() => { withNegated.value = !withNegated.value; }} /><span class="grow">denied</span><span class="muted">{edges.value.filter((e) => e.negated).length}</span></label>
      </details>
      <details class="group"><summary>Sources</summary>
        {counts(edges.value.map(sourceOf)).slice(0, 30).map(([name, n]) => <Check key={name} set={off.sources} name={name} label={cut(name, 40)} count={n} />)}
      </details>
      <label class="slider">At least {Math.round(leastConfidence.value * 100)}% sure
        <input type="range" min="0" max="0.95" step="0.05" value={leastConfidence.value} onInput={(event) => { leastConfidence.value = Number(event.currentTarget.value); }} />
      </label>
      {hidden.value.size > 0 && <button onClick={() => { hidden.value = new Set(); }}>Show {counted(hidden.value.size, "hidden name")}</button>}
    </>);
}

function Names() {
  const sorted = [...visibleNodes.value].sort((a, b) => (sizes.value.get(b.id) ?? 0) - (sizes.value.get(a.id) ?? 0));
  const highest = Math.max(1e-9, ...sorted.map((n) => sizes.value.get(n.id) ?? 0));
  const meaning = about.value?.measures.find((m) => m.name === measure.value)?.meaning;
  return (
    <>
      <label class="select">Size and order by
        <select value={measure.value} onChange={(event) => { measure.value = event.currentTarget.value; measureAgain().catch(report); }}>
          {about.value?.measures.map((m) => <option value={m.name}>{m.name.replaceAll("-", " ")}</option>)}
        </select>
      </label>
      {meaning && <p class="hint">{meaning}</p>}
      <p><button class="link" onClick={() => { matching.value = true; }}>Names that may be one…</button></p>
      <ol class="names">
        {sorted.slice(0, 100).map((n) => (
          <li key={n.id}><button class="row" aria-pressed={selection.value?.kind === "node" && selection.value.id === n.id} onClick={() => { sideOpen.value = false; selection.value = { kind: "node", id: n.id }; }}>
            <svg class="glyph" viewBox="-12 -12 24 24" aria-hidden="true"><Shape label={n.label} r={8} /></svg>
            <span class="grow">{cut(n.name, 60)}</span>
            <svg class="meter" width="46" height="6" aria-hidden="true"><rect height="6" rx="3" width={(46 * (sizes.value.get(n.id) ?? 0)) / highest} /></svg>
          </button></li>))}
      </ol>
    </>);
}

export function Side() {
  return (
    <nav class="side" aria-label="Filters and names">
      <button class="close icon narrow-only" aria-label="Close the filters" onClick={() => { sideOpen.value = false; }}>×</button>
      <div class="tabs" role="tablist" aria-label="Side panel">
        {(["filters", "nodes"] as const).map((name) => (
          <button role="tab" id={`tab-${name}`} aria-selected={panel.value === name} aria-controls="side-panel" onClick={() => { panel.value = name; }}>{name === "filters" ? "Filters" : "In this view"}</button>))}
      </div>
      <div id="side-panel" class="side-body" role="tabpanel" aria-labelledby={`tab-${panel.value}`} tabIndex={0}>{panel.value === "filters" ? <Filters /> : <Names />}</div>
    </nav>);
}
