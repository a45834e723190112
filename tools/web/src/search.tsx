// One field for names: what is typed, the names that begin so, Enter adds the first to the graph.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { ask, type Match } from "./api";
import { knownBy, report, say } from "./state";
import { counted, cut } from "./text";
import { Shape } from "./scene";

export function NameField({ id, label, placeholder, value, choose }: { id: string; label: string; placeholder: string; value?: string; choose: (match: Match) => void }) {
  const text = useSignal(value ?? ""), list = useSignal<Match[]>([]), at = useSignal(0), open = useSignal(false);
  const asked = useRef<AbortController | null>(null);
  useEffect(() => { if (value !== undefined) text.value = value; }, [value]);
  const look = async (words: string) => {
    asked.current?.abort();
    if (!words.trim()) { list.value = []; open.value = false; return; }
    const mine = (asked.current = new AbortController());
    try {
      const { results } = await ask<{ results: Match[] }>("search", { q: words, limit: 8, known_by: knownBy.value }, mine.signal);
      list.value = results;
      at.value = 0;
      open.value = true;
      say(results.length ? `${counted(results.length, "name")} found` : "No name is like that");
    } catch (error) { report(error); }
  };
  const take = (match: Match | undefined) => {
    if (!match) return;
    open.value = false;
    text.value = value === undefined ? "" : match.name;
    choose(match);
  };
  const shows = open.value && (list.value.length > 0 || text.value.trim().length > 0);
  return (
    <div class="field">
      <input id={id} type="search" role="combobox" autocomplete="off" spellcheck={false} aria-label={label} placeholder={placeholder}
             aria-expanded={shows} aria-controls={`${id}-list`} aria-autocomplete="list" aria-activedescendant={shows && list.value[at.value] ? `${id}-${at.value}` : undefined}
             value={text.value}
             onInput={(event) => { text.value = event.currentTarget.value; void look(text.value); }}
             onBlur={() => setTimeout(() => { open.value = false; }, 150)}
             onKeyDown={(event) => {
               if (event.key === "ArrowDown") { event.preventDefault(); at.value = Math.min(list.value.length - 1, at.value + 1); }
               if (event.key === "ArrowUp") { event.preventDefault(); at.value = Math.max(0, at.value - 1); }
               if (event.key === "Enter") { event.preventDefault(); take(list.value[at.value]); }
               if (event.key === "Escape") { open.value = false; }
             }} />
      <ul id={`${id}-list`} role="listbox" aria-label={`${label}: names`} hidden={!shows}>
        {list.value.map((m, i) => (
          <li id={`${id}-${i}`} role="option" aria-selected={i === at.value} key={m.id} onPointerDown={(event) => { event.preventDefault(); take(m); }}>
            <svg class="glyph" viewBox="-12 -12 24 24" aria-hidden="true"><Shape label={m.label} r={8} /></svg>
            <span class="grow">{cut(m.name, 80)}{m.alias && <em> also {cut(m.matched, 40)}</em>}</span><span class="muted">{m.label}</span>
          </li>))}
        {list.value.length === 0 && <li class="nothing" role="option" aria-selected={false} aria-disabled="true">No name is like “{cut(text.value, 40)}”</li>}
      </ul>
    </div>
  );
}
