// Taking it along: a link that shows the same, a picture that says what it shows, files for others.
import { about, asOf, brush, centres, edges, hidden, knownBy, leastConfidence, measure, off, pathEnds, places, say, view, visibleEdges, visibleNodes } from "./state";
import { address } from "./api";
import { isoDay } from "./dates";
import { counted } from "./text";

// ---- the state of the page as the fragment of its address
export function fragment(): string {
  const q = new URLSearchParams();
  if (centres.value.length) q.set("around", centres.value.map((c) => c.id).join("."));
  if (asOf.value) q.set("as_of", asOf.value);
  if (knownBy.value) q.set("known_by", knownBy.value);
  if (brush.value) q.set("days", brush.value.join("."));
  if (view.value !== "graph") q.set("view", view.value);
  if (measure.value !== "degree") q.set("by", measure.value);
  if (leastConfidence.value) q.set("sure", String(leastConfidence.value));
  for (const [name, set] of Object.entries(off)) if (set.value.size) q.set(`no-${name}`, [...set.value].join("|"));
  if (hidden.value.size) q.set("hidden", [...hidden.value].join("."));
  if (pathEnds.from.value && pathEnds.to.value) q.set("path", `${pathEnds.from.value.id}.${pathEnds.to.value.id}`);
  const pinned = [...places.value].filter(([, p]) => p.pinned).map(([id, p]) => `${id}.${Math.round(p.x)}.${Math.round(p.y)}`);
  if (pinned.length) q.set("pinned", pinned.join("_"));
  return q.toString();
}
const numbers = (text: string | null) => (text ?? "").split(".").map(Number).filter((n) => Number.isFinite(n));
export function fromFragment() {
  const q = new URLSearchParams(location.hash.slice(1));
  centres.value = numbers(q.get("around")).filter((n) => n > 0).map((id) => ({ id, name: "" }));
  asOf.value = q.get("as_of") ?? "";
  knownBy.value = q.get("known_by") ?? "";
  const days = numbers(q.get("days"));
  brush.value = days.length === 2 ? [days[0], days[1]] : null;
  view.value = q.get("view") === "table" ? "table" : "graph";
  measure.value = q.get("by") ?? "degree";
  leastConfidence.value = Number(q.get("sure") ?? 0) || 0;
  for (const [name, set] of Object.entries(off)) set.value = new Set((q.get(`no-${name}`) ?? "").split("|").filter(Boolean));
  hidden.value = new Set(numbers(q.get("hidden")).filter((n) => n > 0));
  places.value = new Map((q.get("pinned") ?? "").split("_").map(numbers).filter((p) => p.length === 3).map(([id, x, y]) => [id, { x, y, pinned: true }]));
}
export async function copyLink() {
  const pinned = knownBy.value || (about.value ? `#${about.value.known_by.commit}` : "");
  const before = knownBy.value;
  knownBy.value = pinned;  // a link shows what was known when it was made
  const link = `${location.origin}${location.pathname}#${fragment()}`;
  knownBy.value = before;
  await navigator.clipboard.writeText(link);
  say("Link copied. It shows these dates, filters and places to whoever reaches this server.");
}

// ---- pictures
const kPainted = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "stroke-linecap", "opacity", "fill-opacity", "font-family", "font-size", "font-weight", "text-anchor", "paint-order", "display"];
export function citation(): string {
  const sources = new Set(visibleEdges.value.flatMap((e) => e.evidence.map((one) => one.document)));
  const commit = knownBy.value || (about.value ? `#${about.value.known_by.commit}` : "");
  return `Entente, ${about.value?.name ?? ""}. As of ${asOf.value || "any time"}, known by commit ${commit.replace("#", "")}`
    + (brush.value ? `, ${isoDay(brush.value[0])} to ${isoDay(brush.value[1])}` : "")
    + `. ${counted(visibleNodes.value.length, "name")}, ${counted(edges.value.length, "link")}, ${counted(sources.size, "source")}.`;
}
export function picture(): string {
  const scene = document.querySelector<SVGSVGElement>("#scene")!;
  const copy = scene.cloneNode(true) as SVGSVGElement;
  const from = [scene, ...scene.querySelectorAll("*")], to = [copy, ...copy.querySelectorAll("*")];
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    for (const name of kPainted) { const value = style.getPropertyValue(name); if (value && value !== "none" || name === "fill" || name === "display") to[i].setAttribute(name, value); }
    for (const name of ["class", "tabindex", "role", "aria-pressed", "aria-hidden", "data-node", "data-edge"]) to[i].removeAttribute(name);
  });
  for (const element of to) if (element.getAttribute("display") === "none") element.remove();
  const width = Number(scene.getAttribute("width")), height = Number(scene.getAttribute("height"));
  const ns = "http://www.w3.org/2000/svg", page = getComputedStyle(document.body);
  copy.setAttribute("xmlns", ns);
  copy.setAttribute("height", String(height + 28));
  copy.setAttribute("viewBox", `0 0 ${width} ${height + 28}`);
  const ground = document.createElementNS(ns, "rect");
  for (const [k, v] of Object.entries({ width, height: height + 28, fill: page.backgroundColor })) ground.setAttribute(k, String(v));
  copy.prepend(ground);
  const foot = document.createElementNS(ns, "text");
  for (const [k, v] of Object.entries({ x: 12, y: height + 18, fill: page.color, "font-size": 11, "font-family": page.fontFamily })) foot.setAttribute(k, String(v));
  foot.textContent = citation();
  copy.append(foot);
  return new XMLSerializer().serializeToString(copy);
}
function save(blob: Blob, name: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
export function saveSvg() { save(new Blob([picture()], { type: "image/svg+xml" }), "entente.svg"); say("SVG saved"); }
export async function savePng() {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([picture()], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width * 2;
  canvas.height = image.height * 2;
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => { if (blob) save(blob, "entente.png"); say("PNG saved"); });
}
const exportAddress = (format: string) => address(`export/${format}`, { around: centres.value.map((c) => `#${c.id}`), as_of: asOf.value, known_by: knownBy.value, negated: "true" });

export function ExportMenu() {
  const formats = about.value?.formats ?? [];
  return (
    <details class="menu" onBlur={(event) => { if (!event.currentTarget.contains(event.relatedTarget as Node | null)) event.currentTarget.open = false; }}>
      <summary class="button">Export</summary>
      <div class="menu-body">
        <p class="eyebrow">This picture</p>
        <button onClick={saveSvg}>SVG</button><button onClick={() => { void savePng(); }}>PNG, twice the size</button>
        <p class="eyebrow">This part of the graph</p>
        {formats.map((f) => <a href={exportAddress(f.name)} download title={f.meaning}>{f.name}<span class="muted">{f.meaning.split(",")[1] ? ` for${f.meaning.split(" for")[1] ?? ""}` : ""}</span></a>)}
      </div>
    </details>);
}
