import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Reference data that never enter the repository: beside it, or where `JALON_CI_SIS` says. */
const ROOT = process.env['JALON_CI_SIS'] ?? fileURLToPath(new URL('../../../shared/ci-sis', import.meta.url));

export const OFFICIAL_PACK = join(ROOT, 'pack');
export const OFFICIAL_EXAMPLES = join(ROOT, 'examples');
export const hasOfficialPack = existsSync(join(OFFICIAL_PACK, 'schematrons')) && existsSync(OFFICIAL_EXAMPLES);
/** Said where tests are skipped. */
export const WITHOUT_PACK = 'skipped when ../shared/ci-sis is absent';

/** Official examples by name; none where they are absent. */
export function officialExamples(): ReadonlyMap<string, Uint8Array> {
  if (!hasOfficialPack) return new Map();
  const names = readdirSync(OFFICIAL_EXAMPLES).filter((name) => name.endsWith('.xml'));
  return new Map(names.toSorted().map((name) => [name, readFileSync(join(OFFICIAL_EXAMPLES, name))]));
}

export function officialExample(name: string): Uint8Array {
  const bytes = officialExamples().get(name);
  if (bytes === undefined) throw new Error(`« ${name} » n’est pas un exemple officiel`);
  return bytes;
}
