import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadKinds } from '#dsr/proof-kinds/index.ts';
import { readWorkbook } from '#formats/xlsx/index.ts';
import { KINDS } from '#reports/words/words.ts';
import { readOverrules } from './overrules.ts';
import { jalon, workFolder } from './testing.ts';

const SLOT = 'INS/va1.28.01.01';
const classify = (data: string, ...args: readonly string[]) => jalon('--data', data, 'rem', 'classify', ...args);
interface SlotLine {
  readonly id: string;
  readonly classifiedBy?: string;
  readonly classifiedReason?: string;
}

const kept = (data: string): string => join(data, 'rem', 'classement.json');

describe('jalon rem classify', () => {
  it('keeps the word of the user, lists it and takes it back', async () => {
    const data = workFolder();
    const empty = await classify(data);
    expect(empty).toMatchObject({ code: 0, err: '' });
    expect(empty.out).toContain('Aucune correction');

    const said = await classify(
      data,
      SLOT,
      '--kinds',
      'journal,vidéo',
      '--class',
      'humaine',
      '--reason',
      'vu avec\nl’ANS',
    );
    expect(said, said.err).toMatchObject({ code: 0, err: '' });
    expect(said.out).toContain('journal, vidéo · Humaine');
    expect(said.out).toContain('Motif : vu avec l’ANS');
    expect(await readOverrules(data)).toEqual([
      {
        slot: SLOT,
        kinds: ['log', 'video'],
        evidenceClass: 'human',
        reason: 'vu avec l’ANS',
        at: expect.stringMatching(/Z$/u),
      },
    ]);

    // Said again: replaced, not doubled.
    const again = await jalon(
      '--data',
      data,
      '--json',
      'rem',
      'classify',
      SLOT,
      '--class',
      'rehearsal',
      '--reason',
      'rejoué',
    );
    expect(again.code, again.err).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({
      slot: SLOT,
      evidenceClass: 'rehearsal',
      reason: 'rejoué',
      before: { kinds: expect.any(Array), evidenceClass: 'human' },
      file: kept(data),
    });
    const list = await jalon('--data', data, '--json', 'rem', 'classify');
    expect(JSON.parse(list.out)).toEqual({ overrules: [...(await readOverrules(data))], file: kept(data) });
    expect(await readOverrules(data)).toHaveLength(1);
    expect((await classify(data)).out).toMatch(
      /1 correction.*\n {2}INS\/va1\.28\.01\.01 → Répétition : rejoué \(\d{4}-/u,
    );

    // As anybody types it.
    const undone = await classify(data, ' ins/VA1.28.01.01', '--undo');
    expect(undone, undone.err).toMatchObject({ code: 0 });
    expect(await readOverrules(data)).toEqual([]);
    expect(existsSync(join(data, 'verrou'))).toBe(false);
  });

  it('shows the word of the user wherever the class is: list, coverage and exported workbook', async () => {
    const data = workFolder();
    const said = await classify(data, SLOT, '--kinds', 'log', '--reason', 'vu avec l’ANS');
    expect(said.code, said.err).toBe(0);
    const user = { id: SLOT, class: 'bench', classifiedBy: 'user', classifiedReason: 'vu avec l’ANS' };

    const listed = await jalon('--data', data, '--json', 'rem', 'list', '--section', 'INS');
    const { requirements } = JSON.parse(listed.out) as { requirements: readonly { slots: readonly SlotLine[] }[] };
    const slots = requirements.flatMap((requirement) => requirement.slots);
    expect(slots.filter(({ classifiedBy }) => classifiedBy === 'user')).toEqual([expect.objectContaining(user)]);
    expect(slots.find(({ id }) => id !== SLOT)).toMatchObject({ classifiedBy: 'catalogue' });

    const covered = await jalon('--data', data, '--json', 'rem', 'list', '--coverage', '--section', 'INS');
    const coverage = JSON.parse(covered.out) as { slots: readonly SlotLine[] };
    expect(coverage.slots.filter(({ classifiedReason }) => classifiedReason !== undefined)).toEqual([
      expect.objectContaining(user),
    ]);

    const out = join(data, 'rem-export.xlsx');
    const written = await jalon('--data', data, 'rem', 'export', '--layout', 'wave1', '--out', out);
    expect(written.code, written.err).toBe(0);
    const reading = await readWorkbook(readFileSync(out));
    if (!reading.ok) throw new Error('the exported workbook is not read');
    const [headers = [], ...rows] = reading.sheets[0]?.rows ?? [];
    const column = headers.indexOf('Jalon · Classement');
    expect(rows.map((row) => row[column] ?? '').filter((cell) => cell !== '')).toEqual([
      `${SLOT} : journal · banc (vu avec l’ANS)`,
    ]);
  });

  it.each([
    ['without a reason', [SLOT, '--class', 'human'], ['motif', '--reason']],
    ['with a blank reason', [SLOT, '--class', 'human', '--reason', '  '], ['vide']],
    ['with nothing to say', [SLOT, '--reason', 'x'], ['--class', '--kinds']],
    ['without a slot', ['--class', 'human', '--reason', 'x'], ['numéro de la preuve']],
    ['about an unknown slot', ['INS/va1.28.01.1', '--class', 'human', '--reason', 'x'], [SLOT, 'PREUVE_INCONNUE']],
    [
      'with an unknown kind',
      [SLOT, '--kinds', 'hologramme', '--reason', 'x'],
      ['hologramme', 'screenshot (capture d’écran)'],
    ],
    ['with an unknown class', [SLOT, '--class', 'robot', '--reason', 'x'], ['robot', 'rehearsal']],
    [
      'for the bench, of an outside piece',
      ['DMP/va1.02.01.01', '--class', 'bench', '--reason', 'x'],
      ['externe', '--kinds'],
    ],
    [
      'for the bench, of a piece that a person makes',
      ['INS/va1.38.02.01', '--class', 'bench', '--reason', 'x'],
      ['seule une personne', 'capture d’écran, vidéo', '--kinds log.'],
    ],
    [
      'for the bench, of nothing but such pieces',
      [SLOT, '--class', 'bench', '--kinds', 'attestation', '--reason', 'x'],
      ['(attestation)', '--class human', 'p. ex. --kinds log'],
    ],
    [
      'for a couloir without any list',
      [SLOT, '--category', 'DUI', '--wave', 'va9', '--class', 'human', '--reason', 'x'],
      ['DUI'],
    ],
    ['to undo what was not done', [SLOT, '--undo'], ['CLASSEMENT_ABSENT']],
    ['to undo and say at once', [SLOT, '--undo', '--class', 'human'], ['--undo']],
  ])('is refused %s', async (_title, args, words) => {
    const data = workFolder();
    const { code, out, err } = await classify(data, ...args);
    expect({ code, out }, err).toEqual({ code: 2, out: '' });
    for (const word of words) expect(err).toContain(word);
    expect(existsSync(kept(data))).toBe(false);
  });

  it('says that its file is damaged, and leaves it as it is', async () => {
    const data = workFolder();
    mkdirSync(join(data, 'rem'));
    writeFileSync(kept(data), '{"format":"jalon-classement/1","overrules":[{}]}');
    const { code, err } = await classify(data, SLOT, '--class', 'human', '--reason', 'x');
    expect({ code }, err).toEqual({ code: 3 });
    expect(err).toContain('CLASSEMENT_ILLISIBLE');
    expect(readFileSync(kept(data), 'utf8')).toContain('[{}]');
    expect(existsSync(join(data, 'verrou'))).toBe(false);
  });

  it('names the kinds as the reports do', () => {
    const labels = Object.fromEntries(Array.from(loadKinds().values(), ({ kind, label }) => [kind, label]));
    expect(labels).toEqual(KINDS);
  });
});
