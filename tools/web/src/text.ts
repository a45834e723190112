// Text from articles is hostile: it is shown as text, and what would hide or turn it is made visible.

const kHidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

export function shown(text: string): string {
  return text.replace(kHidden, (c) => `\u27e8U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}\u27e9`);
}
export const cut = (text: string, most: number) => {
  const characters = Array.from(text);
  return characters.length <= most ? shown(text) : shown(characters.slice(0, most - 1).join("")) + "…";
};
export const counted = (n: number, thing: string, things = thing + "s") => `${n.toLocaleString("en")} ${n === 1 ? thing : things}`;

// Only addresses of the web become links.
export function webAddress(url: string | null): URL | null {
  try {
    const address = new URL(url ?? "");
    return address.protocol === "http:" || address.protocol === "https:" ? address : null;
  } catch { return null; }
}
