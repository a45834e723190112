// The graph, drawn as SVG: every node is a button with a name, every colour has a second sign.
import { computed, signal } from "@preact/signals";
import type { Edge, Family, Node } from "./api";
import { counted, cut } from "./text";
import { centres, degrees, fresh, hovered, litEdges, litNodes, places, say, selection, sizes, visibleEdges, visibleNodes, type Place } from "./state";

export const camera = signal({ x: 0, y: 0, k: 1 });
export const size = signal({ width: 1000, height: 700 });

// Parallel edges of one kind are one strand; a strand is as wide as it has edges.
export interface Strand { key: string; head: number; tail: number; type: string; family: Family; mode: string; negated: boolean; edges: Edge[]; bend: number }
export const strands = computed((): Strand[] => {
  const byKey = new Map<string, Strand>(), byPair = new Map<string, Strand[]>();
  for (const e of visibleEdges.value) {
    const key = [e.head_id, e.tail_id, e.type, e.mode, e.negated].join(" ");
    let strand = byKey.get(key);
    if (!strand) {
      strand = { key, head: e.head_id, tail: e.tail_id, type: e.type, family: e.family, mode: e.mode, negated: e.negated, edges: [], bend: 0 };
      byKey.set(key, strand);
      const pair = e.head_id < e.tail_id ? `${e.head_id} ${e.tail_id}` : `${e.tail_id} ${e.head_id}`;
      byPair.set(pair, [...(byPair.get(pair) ?? []), strand]);
    }
    strand.edges.push(e);
  }
  for (const side of byPair.values()) {
    const gap = Math.min(15, 90 / side.length);
    side.forEach((strand, i) => {
      const bend = (i - (side.length - 1) / 2) * gap;
      strand.bend = strand.head < strand.tail ? bend : -bend;
    });
  }
  return [...byKey.values()];
});

// Things stay legible from afar: what is drawn shrinks more slowly than the ground it stands on.
export const scale = computed(() => 1 / Math.max(0.2, camera.value.k) ** 0.8);

export const radiusOf = (id: number) => {
  const value = sizes.value.get(id) ?? 0;
  let highest = 1e-12;
  for (const v of sizes.value.values()) if (v > highest) highest = v;
  return 6 + 13 * Math.sqrt(Math.max(0, value) / highest);
};

// One outline for each kind of thing; people are round, states are square, laws have a corner.
function outline(label: string, r: number): string {
  const polygon = (n: number, turn: number, by = r) => Array.from({ length: n }, (_, i) => {
    const a = turn + (2 * Math.PI * i) / n;
    return `${i ? "L" : "M"}${(Math.cos(a) * by).toFixed(1)} ${(Math.sin(a) * by).toFixed(1)}`;
  }).join("") + "Z";
  const box = (w: number, h: number) => `M${-w} ${-h}H${w}V${h}H${-w}Z`;
  switch (label) {
    case "Government": return box(r * 0.92, r * 0.92);
    case "Agency": return box(r * 1.15, r * 0.72);
    case "Organization": return polygon(6, 0, r * 1.08);
    case "Company": return polygon(5, -Math.PI / 2, r * 1.12);
    case "CriminalGroup": return polygon(8, Math.PI / 8, r * 1.05);
    case "Chemical": return polygon(3, -Math.PI / 2, r * 1.3);
    case "Agreement": case "Measure": return `M${-r * 0.8} ${-r}H${r * 0.35}L${r * 0.85} ${-r * 0.5}V${r}H${-r * 0.8}Z`;
    case "Event": return polygon(4, 0, r * 1.15);
    case "Document": return box(r * 0.7, r * 0.95);
    default: return `M${-r} 0A${r} ${r} 0 1 0 ${r} 0A${r} ${r} 0 1 0 ${-r} 0Z`;
  }
}
export const Shape = ({ label, r }: { label: string; r: number }) => <path class="shape" d={outline(label, r)} />;

const group = (label: string) => ["Government", "Agency", "Official"].includes(label) ? "state"
  : ["Chemical"].includes(label) ? "thing" : ["Agreement", "Measure", "Event", "Document"].includes(label) ? "act"
  : label === "CriminalGroup" ? "crime" : label === "Company" || label === "Organization" ? "body" : "person";

interface Curve { d: string; mid: Place; angle: number; tip: Place }
export function curve(a: Place, b: Place, bend: number, ra: number, rb: number): Curve {
  const dx = b.x - a.x, dy = b.y - a.y, length = Math.hypot(dx, dy) || 1;
  const ux = dx / length, uy = dy / length;
  const cx = (a.x + b.x) / 2 - uy * bend * 2, cy = (a.y + b.y) / 2 + ux * bend * 2;
  const leave = (from: Place, r: number) => {
    const l = Math.hypot(cx - from.x, cy - from.y) || 1;
    return { x: from.x + ((cx - from.x) / l) * r, y: from.y + ((cy - from.y) / l) * r };
  };
  const start = leave(a, ra + 2), end = leave(b, rb + 4);
  const f = (n: number) => n.toFixed(1);
  return {
    d: `M${f(start.x)} ${f(start.y)}Q${f(cx)} ${f(cy)} ${f(end.x)} ${f(end.y)}`,
    mid: { x: (start.x + 2 * cx + end.x) / 4, y: (start.y + 2 * cy + end.y) / 4 },
    tip: end, angle: (Math.atan2(end.y - cy, end.x - cx) * 180) / Math.PI,
  };
}
function loop(a: Place, r: number, index: number): Curve {
  const out = r + 22 + index * 8;
  return { d: `M${a.x - r * 0.6} ${a.y - r}C${a.x - out} ${a.y - out * 1.8} ${a.x + out} ${a.y - out * 1.8} ${a.x + r * 0.6} ${a.y - r - 4}`,
    mid: { x: a.x, y: a.y - out * 1.35 }, tip: { x: a.x + r * 0.6, y: a.y - r - 3 }, angle: 110 };
}

// The second sign of a family: the form of its arrow.
const Arrow = ({ family, at, angle }: { family: Family; at: Place; angle: number }) => {
  const form = family === "conflictual" ? "M0-5V5M-4-4 0 0-4 4" : family === "cooperative" ? "M-8-4.5 0 0-8 4.5"
    : family === "regulation" ? "M-10 0-5-4 0 0-5 4Z" : "M-7-3.5 0 0-7 3.5Z";
  return <path class="arrow" d={form} transform={`translate(${at.x.toFixed(1)} ${at.y.toFixed(1)}) rotate(${angle.toFixed(0)}) scale(${scale.value.toFixed(2)})`} />;
};

const selectedNodes = computed(() => {
  const s = selection.value;
  if (!s) return new Set<number>();
  if (s.kind === "node") return new Set([s.id]);
  return new Set(visibleEdges.value.filter((e) => s.ids.includes(e.id)).flatMap((e) => [e.head_id, e.tail_id]));
});
// Names always stand by the weightiest and by what is looked at.
// No name covers a node or another name: it goes below its node, else above, else beside; where there
// is no room the weightier one stays. As one comes nearer, there is room for more.
interface Label { x: number; y: number; anchor: "middle" | "start" | "end" }
const named = computed(() => {
  const focus = hovered.value ?? (selection.value?.kind === "node" ? selection.value.id : null);
  const near = new Set<number>();
  if (focus !== null) for (const e of visibleEdges.value) if (e.head_id === focus || e.tail_id === focus) near.add(e.head_id).add(e.tail_id);
  const weight = (id: number) => (selectedNodes.value.has(id) || id === focus ? 4e9 : 0) + (near.has(id) ? 2e9 : 0) + (litNodes.value.has(id) ? 1e9 : 0) + (sizes.value.get(id) ?? 0);
  const { k } = camera.value, names = new Map<number, Label>();
  const s = k * scale.value;
  type Box = [number, number, number, number];
  const taken: Box[] = [], bodies: Box[] = [];
  const meets = (a: Box, list: Box[]) => list.some(([l, t, r, b]) => a[0] < r && l < a[2] && a[1] < b && t < a[3]);
  for (const n of visibleNodes.value) {
    const p = places.value.get(n.id), r = radiusOf(n.id) * s * 0.8;
    if (p) bodies.push([p.x * k - r, p.y * k - r, p.x * k + r, p.y * k + r]);
  }
  const wanted = [...visibleNodes.value].sort((a, b) => weight(b.id) - weight(a.id));
  for (const n of wanted) {
    const p = places.value.get(n.id);
    if (!p || (focus !== null && !near.has(n.id) && n.id !== focus && !selectedNodes.value.has(n.id))) continue;
    const w = Math.min(30, n.name.length) * 6.5 * s, h = 13 * s, x = p.x * k, y = p.y * k, r = radiusOf(n.id);
    const tries: [Label, Box][] = [
      [{ x: 0, y: r + 13, anchor: "middle" }, [x - w / 2, y + (r + 3) * s, x + w / 2, y + (r + 3) * s + h]],
      [{ x: 0, y: -r - 6, anchor: "middle" }, [x - w / 2, y - (r + 3) * s - h, x + w / 2, y - (r + 3) * s]],
      [{ x: r + 6, y: 4, anchor: "start" }, [x + (r + 5) * s, y - h / 2, x + (r + 5) * s + w, y + h / 2]],
      [{ x: -r - 6, y: 4, anchor: "end" }, [x - (r + 5) * s - w, y - h / 2, x - (r + 5) * s, y + h / 2]]];
    const free = tries.find(([, box]) => !meets(box, taken) && !meets(box, bodies));
    const place = free ?? (n.id === focus || weight(n.id) >= 4e9 ? tries[0] : undefined);
    if (!place) continue;
    taken.push(place[1]);
    names.set(n.id, place[0]);
  }
  return names;
});

const StrandShape = ({ strand }: { strand: Strand }) => {
  const a = places.value.get(strand.head), b = places.value.get(strand.tail);
  if (!a || !b) return null;
  const z = scale.value, ra = radiusOf(strand.head) * z, rb = radiusOf(strand.tail) * z;
  const line = strand.head === strand.tail ? loop(a, ra, Math.abs(strand.bend) / 15) : curve(a, b, strand.bend * z, ra, rb);
  const lit = strand.edges.filter((e) => litEdges.value.has(e.id)).length;
  const s = selection.value;
  const chosen = s?.kind === "edges" && strand.edges.some((e) => s.ids.includes(e.id));
  const focus = hovered.value ?? (s?.kind === "node" ? s.id : null);
  const away = focus !== null && focus !== strand.head && focus !== strand.tail;
  const kinds = [strand.family, lit === 0 ? "dim" : away ? "away" : "", strand.mode === "actual" ? "" : strand.mode, strand.negated ? "negated" : "",
    chosen ? "chosen" : "", strand.edges.some((e) => fresh.value.has(e.id)) ? "fresh" : "", strand.edges.every((e) => e.holds === "maybe") ? "maybe" : ""].join(" ");
  return (
    <g class={`strand ${kinds}`} data-edge={strand.edges[0].id}
       onClick={(event) => { event.stopPropagation(); selection.value = { kind: "edges", ids: strand.edges.map((e) => e.id) }; }}>
      <path class="reach" d={line.d} />
      <path class="line" d={line.d} stroke-width={(1.1 + 1.3 * Math.log2(Math.max(1, lit || 1))).toFixed(1)} />
      {strand.negated && <path class="strike" d={`M${line.mid.x - 5} ${line.mid.y - 5}l10 10m0-10l-10 10`} />}
      <Arrow family={strand.family} at={line.tip} angle={line.angle} />
    </g>
  );
};

const NodeShape = ({ node, tab }: { node: Node; tab: boolean }) => {
  const place = places.value.get(node.id);
  if (!place) return null;
  const r = radiusOf(node.id);
  const links = degrees.value.get(node.id) ?? 0;
  const focus = hovered.value ?? (selection.value?.kind === "node" ? selection.value.id : null);
  const near = focus === null || focus === node.id || visibleEdges.value.some((e) => (e.head_id === focus && e.tail_id === node.id) || (e.tail_id === focus && e.head_id === node.id));
  const kinds = [group(node.label), litNodes.value.has(node.id) || links === 0 ? (near ? "" : "away") : "dim", selectedNodes.value.has(node.id) ? "chosen" : "", centres.value.some((c) => c.id === node.id) ? "centre" : ""].join(" ");
  const choose = () => { selection.value = { kind: "node", id: node.id }; };
  return (
    <g class={`node ${kinds}`} role="button" tabindex={tab ? 0 : -1} data-node={node.id}
       aria-label={`${cut(node.name, 120)}, ${node.label}, ${counted(links, "link")}`} aria-pressed={selectedNodes.value.has(node.id)}
       transform={`translate(${place.x.toFixed(1)} ${place.y.toFixed(1)}) scale(${scale.value.toFixed(2)})`}
       onClick={(event) => { event.stopPropagation(); if (!dragged) choose(); }}
       onPointerDown={(event) => startDrag(event, node.id)}
       onMouseEnter={() => { hovered.value = node.id; }} onMouseLeave={() => { hovered.value = null; }}
       onFocus={() => { focused.value = node.id; }}
       onKeyDown={(event) => {
         if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(); }
         const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
         if (way) { event.preventDefault(); walk(node.id, way[0], way[1]); }
       }}>
      <circle class="halo" r={r + 7} />
      <Shape label={node.label} r={r} />
    </g>
  );
};

// Above all nodes; readers have the name from the node itself.
const NameShape = ({ node }: { node: Node }) => {
  const place = places.value.get(node.id), label = named.value.get(node.id);
  if (!place || !label) return null;
  const dim = !litNodes.value.has(node.id) && (degrees.value.get(node.id) ?? 0) > 0;
  return <text class={`name ${dim ? "dim" : ""} ${selectedNodes.value.has(node.id) ? "chosen" : ""}`} x={label.x} y={label.y} text-anchor={label.anchor}
               transform={`translate(${place.x.toFixed(1)} ${place.y.toFixed(1)}) scale(${scale.value.toFixed(2)})`}>{cut(node.name, 30)}</text>;
};

export const focused = signal<number | null>(null);
// To the nearest node in that direction.
function walk(from: number, wx: number, wy: number) {
  const start = places.value.get(from)!;
  let best: number | null = null, least = Infinity;
  for (const n of visibleNodes.value) {
    const p = places.value.get(n.id);
    if (!p || n.id === from) continue;
    const along = (p.x - start.x) * wx + (p.y - start.y) * wy, aside = Math.abs((p.x - start.x) * wy) + Math.abs((p.y - start.y) * wx);
    if (along > 4 && along + 2.2 * aside < least) { least = along + 2.2 * aside; best = n.id; }
  }
  if (best === null) return say("Nothing further that way");
  (document.querySelector(`[data-node="${best}"]`) as SVGElement | null)?.focus();
}

// ---- moving: a node by dragging it, the whole by dragging the ground
let dragged = false;
function startDrag(event: PointerEvent, id: number) {
  if (event.button !== 0) return;
  event.stopPropagation();
  dragged = false;
  const from = places.value.get(id)!, x = event.clientX, y = event.clientY;
  const move = (e: PointerEvent) => {
    const dx = (e.clientX - x) / camera.value.k, dy = (e.clientY - y) / camera.value.k;
    if (!dragged && Math.hypot(dx, dy) < 4) return;
    dragged = true;
    places.value = new Map(places.value).set(id, { x: from.x + dx, y: from.y + dy, pinned: true });
  };
  const end = () => { removeEventListener("pointermove", move); removeEventListener("pointerup", end); setTimeout(() => { dragged = false; }); };
  addEventListener("pointermove", move);
  addEventListener("pointerup", end);
}
function startPan(event: PointerEvent) {
  if (event.button !== 0) return;
  const from = camera.value, x = event.clientX, y = event.clientY;
  const move = (e: PointerEvent) => { camera.value = { ...from, x: from.x + e.clientX - x, y: from.y + e.clientY - y }; };
  const end = () => { removeEventListener("pointermove", move); removeEventListener("pointerup", end); };
  addEventListener("pointermove", move);
  addEventListener("pointerup", end);
}
export function zoom(by: number, cx = size.value.width / 2, cy = size.value.height / 2) {
  const { x, y, k } = camera.value, next = Math.min(4, Math.max(0.15, k * by));
  camera.value = { x: cx - ((cx - x) * next) / k, y: cy - ((cy - y) * next) / k, k: next };
}
// So that all is in sight.
export function fit() {
  const all = visibleNodes.value.map((n) => places.value.get(n.id)).filter((p): p is Place => !!p);
  if (!all.length) return;
  const xs = all.map((p) => p.x), ys = all.map((p) => p.y);
  const left = Math.min(...xs) - 60, right = Math.max(...xs) + 60, top = Math.min(...ys) - 56, bottom = Math.max(...ys) + 48;
  const { width, height } = size.value;
  const k = Math.min(1.6, width / (right - left), height / (bottom - top));
  camera.value = { k, x: width / 2 - (k * (left + right)) / 2, y: height / 2 - (k * (top + bottom)) / 2 };
}

export function Scene() {
  const { x, y, k } = camera.value;
  const first = focused.value !== null && visibleNodes.value.some((n) => n.id === focused.value) ? focused.value
    : [...visibleNodes.value].sort((a, b) => (degrees.value.get(b.id) ?? 0) - (degrees.value.get(a.id) ?? 0))[0]?.id;
  return (
    <svg id="scene" role="group" aria-label={`Graph of ${counted(visibleNodes.value.length, "name")} and ${counted(visibleEdges.value.length, "link")}. Arrow keys walk, Enter opens.`}
         width={size.value.width} height={size.value.height}
         onPointerDown={startPan} onClick={() => { selection.value = null; }}
         onWheel={(event) => {
           event.preventDefault();
           const box = (event.currentTarget as SVGElement).getBoundingClientRect();
           zoom(Math.exp(-event.deltaY / 400), event.clientX - box.left, event.clientY - box.top);
         }}>
      <g transform={`translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${k.toFixed(3)})`}>
        <g class="strands">{strands.value.map((s) => <StrandShape key={s.key} strand={s} />)}</g>
        <g class="nodes">{visibleNodes.value.map((n) => <NodeShape key={n.id} node={n} tab={n.id === first} />)}</g>
        <g class="names-drawn" aria-hidden="true">{visibleNodes.value.map((n) => <NameShape key={n.id} node={n} />)}</g>
      </g>
    </svg>
  );
}
