// When it happened: a bar a month, cooperation and the rest above the line, conflict below, and a
// brush over them that lights what held in those days.
import { computed, signal } from "@preact/signals";
import { firstDay, isoDay, lastDay, monthName, monthOf, spoken, startOfMonth } from "./dates";
import { counted } from "./text";
import { brush, litEdges, say, visibleEdges } from "./state";

const width = signal(900);
export const playing = signal(false);
const kHeight = 84, kAxis = 48;

export const span = computed(() => {
  let low = Infinity, high = -Infinity;
  for (const e of visibleEdges.value) {
    const from = firstDay(e.valid_from) ?? firstDay(e.valid_to);
    if (from === null) continue;
    low = Math.min(low, from);
    high = Math.max(high, lastDay(e.valid_to) ?? lastDay(e.valid_from) ?? from);
  }
  if (low > high) return null;
  // A few old dates should not squeeze the rest into a corner: what lies far before is drawn at the edge.
  const starts = visibleEdges.value.map((e) => firstDay(e.valid_from)).filter((d): d is number => d !== null).sort((a, b) => a - b);
  const early = starts[Math.floor(starts.length * 0.04)] ?? low;
  return { low: startOfMonth(monthOf(Math.max(low, early - 180))), high: startOfMonth(monthOf(high) + 1) - 1 };
});

interface Bar { month: number; up: number; down: number; other: number }
const bars = computed((): Bar[] => {
  const all = new Map<number, Bar>();
  for (const e of visibleEdges.value) {
    const from = firstDay(e.valid_from);
    if (from === null || e.valid_from!.length < 7 || !span.value || from < span.value.low) continue;
    const month = monthOf(from);
    const bar = all.get(month) ?? { month, up: 0, down: 0, other: 0 };
    if (e.family === "conflictual") bar.down++; else if (e.family === "cooperative") bar.up++; else bar.other++;
    all.set(month, bar);
  }
  return [...all.values()].sort((a, b) => a.month - b.month);
});

const xOf = (day: number) => !span.value ? 0 : ((day - span.value.low) / (span.value.high - span.value.low + 1)) * width.value;
const dayOf = (x: number) => !span.value ? 0 : Math.round(span.value.low + (x / width.value) * (span.value.high - span.value.low + 1));
const clamp = (day: number) => Math.min(span.value!.high, Math.max(span.value!.low, day));

export function setBrush(low: number, high: number) {
  if (!span.value) return;
  const a = clamp(Math.min(low, high)), b = clamp(Math.max(low, high));
  brush.value = a <= span.value.low && b >= span.value.high ? null : [a, b];
}
// By months, as [ and ] do.
export function stepBrush(by: number) {
  if (!span.value) return;
  if (!brush.value) {
    const last = startOfMonth(monthOf(span.value.high) - 11);
    setBrush(last, span.value.high);
  } else {
    const [low, high] = brush.value, months = Math.max(1, monthOf(high) - monthOf(low) + 1);
    const from = monthOf(low) + by;
    if (startOfMonth(from) < span.value.low || startOfMonth(from + months) - 1 > span.value.high) return;
    setBrush(startOfMonth(from), startOfMonth(from + months) - 1);
  }
  told();
}
const told = () => say(brush.value ? `${spoken(isoDay(brush.value[0]))} to ${spoken(isoDay(brush.value[1]))}: ${counted(litEdges.value.size, "link")}` : "All time");

function drag(event: PointerEvent, move: (from: [number, number], by: number, at: number) => [number, number]) {
  event.preventDefault();
  event.stopPropagation();
  const box = (event.currentTarget as Element).closest("svg")!.getBoundingClientRect();
  const began = dayOf(event.clientX - box.left);
  const from: [number, number] = brush.value ?? [span.value!.low, span.value!.high];
  const onMove = (e: PointerEvent) => {
    const at = dayOf(e.clientX - box.left);
    const [low, high] = move(from, at - began, at);
    setBrush(low, high);
  };
  const onEnd = () => { removeEventListener("pointermove", onMove); removeEventListener("pointerup", onEnd); told(); };
  addEventListener("pointermove", onMove);
  addEventListener("pointerup", onEnd);
}

let timer = 0;
export function play() {
  if (playing.value) { playing.value = false; clearInterval(timer); return; }
  if (!span.value) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (!brush.value) setBrush(span.value.low, startOfMonth(monthOf(span.value.low) + 6) - 1);
  if (still) return stepBrush(1);
  playing.value = true;
  timer = window.setInterval(() => {
    const before = brush.value?.[1];
    stepBrush(1);
    if (brush.value?.[1] === before) play();
  }, 450);
}

function Handle({ side }: { side: 0 | 1 }) {
  const [low, high] = brush.value ?? [span.value!.low, span.value!.high];
  const day = side === 0 ? low : high, x = xOf(side === 0 ? day : day + 1);
  const set = (next: number) => { setBrush(side === 0 ? Math.min(next, high) : low, side === 0 ? high : Math.max(next, low)); told(); };
  return (
    <g class="handle" role="slider" tabindex={0} aria-label={side === 0 ? "First day shown" : "Last day shown"}
       aria-orientation="horizontal" aria-valuemin={span.value!.low} aria-valuemax={span.value!.high} aria-valuenow={day} aria-valuetext={spoken(isoDay(day))}
       transform={`translate(${x.toFixed(1)} 0)`}
       onPointerDown={(event) => drag(event, ([a, b], _by, at) => (side === 0 ? [at, b] : [a, at]))}
       onKeyDown={(event) => {
         const month = monthOf(day), days = event.shiftKey ? 1 : 0;
         const edge = (m: number) => (side === 0 ? startOfMonth(m) : startOfMonth(m + 1) - 1);
         const next = { ArrowLeft: days ? day - 1 : edge(month - 1), ArrowRight: days ? day + 1 : edge(month + 1),
           PageDown: edge(month - 12), PageUp: edge(month + 12), Home: span.value!.low, End: span.value!.high }[event.key];
         if (next !== undefined) { event.preventDefault(); event.stopPropagation(); set(next); }
       }}>
      <rect class="grip-reach" x={-9} y={0} width={18} height={kHeight} />
      <line y2={kHeight} />
      <rect class="grip" x={-4} y={kHeight / 2 - 13} width={8} height={26} rx={4} />
    </g>
  );
}

export function Timeline() {
  const measureWidth = (element: HTMLElement | null) => {
    if (!element || element.dataset.watched) return;
    element.dataset.watched = "1";
    new ResizeObserver(([entry]) => { width.value = Math.max(300, entry.contentRect.width); }).observe(element);
  };
  const highest = Math.max(1, ...bars.value.map((b) => b.up + b.other)), lowest = Math.max(1, ...bars.value.map((b) => b.down));
  const up = (kAxis - 14) / highest, down = (kHeight - kAxis - 16) / lowest;
  const years: number[] = [];
  if (span.value) for (let y = Math.floor(monthOf(span.value.low) / 12) + 1; startOfMonth(y * 12) <= span.value.high; y++) years.push(y);
  const step = Math.max(1, Math.ceil(years.length / (width.value / 70)));
  const bar = Math.min(14, Math.max(1.5, span.value ? width.value / (monthOf(span.value.high) - monthOf(span.value.low) + 1) - 1 : 2));
  const undated = visibleEdges.value.filter((e) => firstDay(e.valid_from) === null).length;
  const [low, high] = brush.value ?? (span.value ? [span.value.low, span.value.high] : [0, 0]);
  return (
    <section class="timeline" aria-label="Timeline">
      <div class="timeline-head">
        <button class="icon" onClick={play} aria-label={playing.value ? "Pause" : "Play through time"} title="Play through time">{playing.value ? "❚❚" : "▶"}</button>
        <button class="icon" onClick={() => stepBrush(-1)} aria-label="A month earlier" title="A month earlier  [">‹</button>
        <button class="icon" onClick={() => stepBrush(1)} aria-label="A month later" title="A month later  ]">›</button>
        <button class="quiet" disabled={!brush.value} onClick={() => { brush.value = null; told(); }}>All time</button>
        <strong>{brush.value ? `${spoken(isoDay(low))} – ${spoken(isoDay(high))}` : span.value ? `${monthName(monthOf(low))} – ${monthName(monthOf(high))}` : "no dates"}</strong>
        <span class="muted explains">{brush.value ? `${counted(litEdges.value.size, "link")} may have held then` : "drag across the bars to look at a part"}</span>
        <span class="push legend"><i class="swatch cooperative" />cooperation <i class="swatch other" />regulation, structure <i class="swatch conflictual" />conflict {undated > 0 && <span class="muted undated">· {undated} undated</span>}</span>
      </div>
      <div class="timeline-bars" ref={measureWidth}>
        {span.value && <svg width={width.value} height={kHeight} role="group" aria-label="Links by the month in which they began"
             onPointerDown={(event) => drag(event, (_from, by, at) => [at - by, at])}>
          {years.filter((_, i) => i % step === 0).map((y) => <g class="year" transform={`translate(${xOf(startOfMonth(y * 12)).toFixed(1)} 0)`}><line y2={kHeight} /><text x={4} y={kHeight - 3}>{y}</text></g>)}
          {bars.value.map((b) => {
            const x = xOf(startOfMonth(b.month)), d = startOfMonth(b.month), lit = d <= high && startOfMonth(b.month + 1) > low;
            return <g class={lit ? "bar" : "bar dim"}>
              <title>{`${monthName(b.month)}: ${b.up} cooperation, ${b.other} regulation and structure, ${b.down} conflict`}</title>
              <rect class="other" x={x} width={bar} y={kAxis - b.other * up} height={b.other * up} />
              <rect class="cooperative" x={x} width={bar} y={kAxis - (b.other + b.up) * up} height={b.up * up} />
              <rect class="conflictual" x={x} width={bar} y={kAxis + 1} height={b.down * down} />
            </g>;
          })}
          <line class="axis" x2={width.value} y1={kAxis + 0.5} y2={kAxis + 0.5} />
          <rect class={brush.value ? "window" : "window all"} x={xOf(low)} width={Math.max(1, xOf(high + 1) - xOf(low))} y={0} height={kHeight}
                onPointerDown={(event) => { if (brush.value) drag(event, ([a, b], by) => [a + by, b + by]); }} />
          <Handle side={0} />
          <Handle side={1} />
        </svg>}
      </div>
    </section>
  );
}
