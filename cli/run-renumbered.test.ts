import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '#dsr/catalogue/index.ts';
import { serialiseRem, type Requirement } from '#dsr/rem/index.ts';
import type { RunRecord } from '#tracker/types.ts';
import { start, workFolder } from './testing.ts';

const [MESSAGE_ID, RECEIPT] = ['MSS/va1.12', 'MSS/va1.15'] as const;

/** A requirement under another number, as the reader gives it. */
function numbered(one: Requirement, id: string): Requirement {
  const under = (own: string): string => own.replace(one.id, id);
  return {
    ...one,
    id,
    knownAs: one.id,
    scenarios: one.scenarios.map((scenario) => ({
      ...scenario,
      id: under(scenario.id),
      knownAs: scenario.id,
      proofs: scenario.proofs.map((slot) => ({ ...slot, id: under(slot.id), knownAs: slot.id })),
    })),
  };
}

describe('a run on a REM that numbers otherwise', () => {
  it('fills the slots of the requirement that was played, whatever its number, and says what it left out', async () => {
    const folder = workFolder();
    const catalogue = loadCatalogue('SGL', 'va1');
    const requirements = catalogue.requirements.flatMap((one): Requirement[] => {
      if (one.id === MESSAGE_ID) return [numbered(one, RECEIPT)];
      if (one.id === RECEIPT) return [numbered(one, MESSAGE_ID)];
      return one.id === 'MSS/va1.16' ? [] : [one];
    });
    const file = join(folder, 'rem.json');
    writeFileSync(file, serialiseRem({ ...catalogue, layout: 'rem-wave1', requirements }));
    const tags = [MESSAGE_ID, RECEIPT, 'MSS/va1.16'].map((id) => `@exigence:${id}`).join(' or ');
    const { code, out, err } = await start(['run', '--rem', file, '--data', folder, '--tags', tags, '--json']).ended;
    expect(code, err).toBe(0);
    const { dir } = JSON.parse(out) as { dir: string };
    const run = JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8')) as RunRecord;
    expect(
      run.scenarios.map(({ id, requirements: of, writtenFor, pieces }) => [
        id,
        of,
        writtenFor,
        [...new Set(pieces.map((piece) => piece.slot))],
      ]),
    ).toEqual([
      ['mss/conversation#3', [RECEIPT], [MESSAGE_ID], []],
      ['mss/conversation#6', [MESSAGE_ID], [RECEIPT], []],
      ['mss/envoi#3', [RECEIPT], [MESSAGE_ID], [`${RECEIPT}.01.01`]],
      ['mss/envoi#6', [MESSAGE_ID], [RECEIPT], [`${MESSAGE_ID}.01.01`]],
      ['mss/reprises#1', ['MSS/va1.21', RECEIPT], ['MSS/va1.21', MESSAGE_ID], []],
    ]);
    expect(run.leftOut).toEqual(
      ['mss/conversation#5', 'mss/envoi#5'].map((id) => expect.objectContaining({ id, requirements: ['MSS/va1.16'] })),
    );
    expect(readFileSync(join(dir, 'index.html'), 'utf8')).toContain('MSS/va1.16');
  });
});
