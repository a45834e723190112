// The same articles through compromise, a rule-based English tagger in JavaScript: sentences, tags,
// names of people, places and organisations, verbs. It gives no trees and no relations.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';

const [peers, folder] = process.argv.slice(2);
const begun = process.cpuUsage();
const nlp = createRequire(join(peers, 'x.js'))('compromise');
nlp('Rain fell.').json();
const loaded = process.cpuUsage(begun);
const texts = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => readFileSync(join(folder, name), 'utf8').replace(/^---\n[\s\S]*?\n---\n/, ''));
let tokens = 0;
const times = [];
for (let run = 0; run < 5; ++run) {
  const start = process.cpuUsage();
  tokens = 0;
  for (const text of texts) {
    const doc = nlp(text);
    tokens += doc.termList().length;
    doc.people().json();
    doc.places().json();
    doc.organizations().json();
    doc.verbs().json();
  }
  const used = process.cpuUsage(start);
  times.push((used.user + used.system) / 1e6);
}
times.sort((a, b) => a - b);
const ms = (loaded.user + loaded.system) / 1e3;
console.log(`compromise ${nlp.version}: load ${ms.toFixed(1)} ms of processor, ` +
  `${(tokens / times[2]).toFixed(0)} of its tokens a second of processor (tags and names, no trees, no relations)`);
