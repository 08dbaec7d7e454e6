/**
 * Writes `steps/coverage/baseline.json` again, and says what changed: for a review after features or catalogues moved.
 * `npm test` refuses any difference with that file.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  baselineChanges,
  baselineOf,
  coverageOf,
  embeddedCatalogues,
  readSuite,
  type Baseline,
} from '#steps/coverage/index.ts';

const FILE = fileURLToPath(new URL('../steps/coverage/baseline.json', import.meta.url));
const FORMAT = fileURLToPath(new URL('../node_modules/oxfmt/bin/oxfmt', import.meta.url));

const suite = await readSuite();
const now = baselineOf(embeddedCatalogues().map(({ rem }) => coverageOf(rem, suite)));
const changes = baselineChanges(JSON.parse(readFileSync(FILE, 'utf8')) as Baseline, now);
writeFileSync(FILE, `${JSON.stringify(now, null, 2)}\n`);
// The file is held to the format of the repository like any other.
execFileSync(process.execPath, [FORMAT, FILE]);
process.stdout.write(`${changes.length > 0 ? changes.join('\n') : 'Aucun changement.'}\n`);
