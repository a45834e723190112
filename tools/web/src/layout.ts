// Where nodes stand. The same scene always looks the same: first places come from the ids, the
// number of steps is fixed, and what stands already hardly moves.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from "d3-force";
import type { Edge, Node } from "./api";
import type { Place } from "./state";

interface Body extends SimulationNodeDatum { id: number; degree: number }

// A generator of our own, seeded, in place of Math.random.
function generator(seed: number) {
  let state = seed >>> 0 || 1;
  return () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 4294967296; };
}
function scattered(id: number, radius: number) {
  const random = generator(id * 2654435761);
  random();
  const angle = random() * 2 * Math.PI, distance = Math.sqrt(random()) * radius;
  return { x: Math.cos(angle) * distance, y: Math.sin(angle) * distance };
}

export function arrange(nodes: Node[], edges: Edge[], before: Map<number, Place>): Map<number, Place> {
  const radius = 60 * Math.sqrt(nodes.length + 1);
  const degree = new Map<number, number>();
  const pairs = new Map<string, { source: number; target: number; strength: number }>();
  for (const e of edges) {
    if (e.head_id === e.tail_id) continue;
    const key = e.head_id < e.tail_id ? `${e.head_id} ${e.tail_id}` : `${e.tail_id} ${e.head_id}`;
    if (pairs.has(key)) continue;  // many edges between two pull no harder than one
    pairs.set(key, { source: e.head_id, target: e.tail_id, strength: 1 });
    for (const end of [e.head_id, e.tail_id]) degree.set(end, (degree.get(end) ?? 0) + 1);
  }
  const known = nodes.filter((n) => before.has(n.id)).length;
  const settled = known > nodes.length / 2;
  const bodies: Body[] = nodes.map((n) => {
    const old = before.get(n.id);
    const near = old ?? neighbourPlace(n.id, edges, before) ?? scattered(n.id, radius);
    return { id: n.id, degree: degree.get(n.id) ?? 0, x: near.x, y: near.y, ...(old?.pinned ? { fx: old.x, fy: old.y } : {}) };
  });
  const main = largestComponent(nodes, pairs.values());
  const alone = (b: Body) => !main.has(b.id);  // small groups stay close by instead of drifting off
  const present = new Set(nodes.map((n) => n.id));
  const links = [...pairs.values()].filter((p) => present.has(p.source) && present.has(p.target));
  const simulation = forceSimulation(bodies)
    .randomSource(generator(nodes.length))
    .force("link", forceLink<Body, (typeof links)[number]>(links as never).id((b) => b.id)
      .distance((l) => 90 + 14 * Math.sqrt(Math.min((l.source as unknown as Body).degree, (l.target as unknown as Body).degree)))
      .strength((l) => 0.9 / Math.sqrt(Math.max(1, Math.min((l.source as unknown as Body).degree, (l.target as unknown as Body).degree)))))
    .force("charge", forceManyBody<Body>().strength((b) => -560 - 60 * Math.sqrt(b.degree)).distanceMax(1100))
    .force("x", forceX<Body>().strength((b) => 0.05 + (alone(b) ? 0.08 : 0)))
    .force("y", forceY<Body>().strength((b) => 0.09 + (alone(b) ? 0.12 : 0)))  // wider than high, as screens are
    .force("collide", forceCollide<Body>(38))
    .alpha(settled ? 0.35 : 1)
    .stop();
  simulation.tick(settled ? 120 : 320);
  return new Map(bodies.map((b) => [b.id, { x: b.x ?? 0, y: b.y ?? 0, pinned: before.get(b.id)?.pinned }]));
}

function largestComponent(nodes: Node[], links: Iterable<{ source: number; target: number }>): Set<number> {
  const next = new Map<number, number[]>(nodes.map((n) => [n.id, []]));
  for (const { source, target } of links) { next.get(source)?.push(target); next.get(target)?.push(source); }
  let best = new Set<number>();
  const seen = new Set<number>();
  for (const n of nodes) {
    if (seen.has(n.id)) continue;
    const mine = new Set([n.id]), queue = [n.id];
    while (queue.length) for (const other of next.get(queue.pop()!) ?? []) if (!mine.has(other)) { mine.add(other); queue.push(other); }
    for (const id of mine) seen.add(id);
    if (mine.size > best.size) best = mine;
  }
  return best;
}

// A new node begins beside one that it is linked with.
function neighbourPlace(id: number, edges: Edge[], before: Map<number, Place>) {
  for (const e of edges) {
    const other = e.head_id === id ? e.tail_id : e.tail_id === id ? e.head_id : null;
    const place = other === null ? undefined : before.get(other);
    if (place) { const aside = scattered(id, 80); return { x: place.x + aside.x, y: place.y + aside.y }; }
  }
  return undefined;
}
