// Dates as the graph has them: days, months, years, open and unknown ends.

const kMonths = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

const utc = (year: number, month: number, day: number) => Math.floor(Date.UTC(year, month, day) / 86_400_000);

// The first and last day (days since 1970) of `2024`, `2024-09`, `2024-09-01`; nothing for the rest.
export function firstDay(date: string | null): number | null {
  const parts = date?.split("-").map(Number);
  if (!parts || parts.some(Number.isNaN)) return null;
  return utc(parts[0], (parts[1] ?? 1) - 1, parts[2] ?? 1);
}
export function lastDay(date: string | null): number | null {
  const parts = date?.split("-").map(Number);
  if (!parts || parts.some(Number.isNaN)) return null;
  if (parts.length === 1) return utc(parts[0], 11, 31);
  if (parts.length === 2) return utc(parts[0], parts[1], 0);
  return utc(parts[0], parts[1] - 1, parts[2]);
}

export const isoDay = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);
export const monthOf = (day: number) => { const d = new Date(day * 86_400_000); return d.getUTCFullYear() * 12 + d.getUTCMonth(); };
export const startOfMonth = (month: number) => utc(Math.floor(month / 12), month % 12, 1);
export const monthName = (month: number) => `${kMonths[month % 12].slice(0, 3)} ${Math.floor(month / 12)}`;

export function spoken(date: string): string {
  const [year, month, day] = date.split("-");
  if (!month) return year;
  if (month.startsWith("W")) return `week ${Number(month.slice(1))} of ${year}`;
  const name = kMonths[Number(month) - 1];
  return day ? `${Number(day)} ${name} ${year}` : `${name} ${year}`;
}

// An EDTF interval in words: `since 1 September 2024`, `in November 2023`, `until 2020`, `undated`.
export function spokenInterval(valid: string): string {
  if (valid === "" || valid === "/") return "undated";
  if (!valid.includes("/")) return (valid.split("-").length === 3 ? "on " : "in ") + spoken(valid);
  const [from, to] = valid.split("/");
  const open = (end: string) => end === "" || end === "..";
  if (open(from) && open(to)) return from === ".." && to === ".." ? "always" : to === ".." ? "until now" : "undated";
  if (open(to)) return `since ${spoken(from)}${to === "" ? ", end unknown" : ""}`;
  if (open(from)) return `until ${spoken(to)}`;
  return `from ${spoken(from)} to ${spoken(to)}`;
}

// `2024-09-01 → …`, for tables.
export function shortInterval(valid: string): string {
  if (!valid) return "undated";
  if (!valid.includes("/")) return valid;
  const [from, to] = valid.split("/");
  const end = (text: string) => (text === "" ? "?" : text === ".." ? "…" : text);
  return from === "" && to === "" ? "undated" : `${end(from)} → ${end(to)}`;
}
