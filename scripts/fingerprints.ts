/**
 * Writes `dsr/catalogue/fingerprints.json` again from official workbooks: what the statements of the requirements that
 * the catalogue describes look like, without a word of them.
 *
 *   npm exec -- node scripts/fingerprints.ts SGL:va1:FILE.xlsx SGL:va2:FILE.xlsx LGC:va2:FILE.xlsx
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { catalogueIds, printOf } from '#dsr/catalogue/index.ts';
import { parseCategory, parseWave, readRem } from '#dsr/rem/index.ts';

const known = new Set(catalogueIds());
const prints = new Map<string, Set<string>>();
for (const argument of process.argv.slice(2)) {
  const [category = '', wave = '', file = ''] = argument.split(':');
  const identity = {
    category: parseCategory(category) ?? '',
    wave: parseWave(wave) ?? 'va1',
    fileName: basename(file),
  };
  const reading = await readRem(readFileSync(file), identity);
  if (!reading.ok) throw new Error(reading.messages[0]?.message ?? file);
  for (const requirement of reading.rem.requirements) {
    if (!known.has(requirement.id)) continue;
    const { whole, statement } = printOf(requirement.statement, requirement.scenarios);
    prints.set(requirement.id, (prints.get(requirement.id) ?? new Set()).add(`${whole} ${statement}`));
  }
}
const path = new URL('../dsr/catalogue/fingerprints.json', import.meta.url);
const before = JSON.parse(readFileSync(path, 'utf8')) as { source: unknown };
const requirements = Object.fromEntries(
  [...prints].sort(([left], [right]) => (left < right ? -1 : 1)).map(([id, variants]) => [id, [...variants].sort()]),
);
writeFileSync(path, `${JSON.stringify({ source: before.source, requirements }, null, 2)}\n`);
process.stdout.write(`${prints.size} exigences\n`);
