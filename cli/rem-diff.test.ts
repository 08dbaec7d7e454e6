import fc from 'fast-check';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '#dsr/catalogue/index.ts';
import { compareRems, type RemDiff } from '#dsr/rem-diff/index.ts';
import { serialiseRem, type Rem, type RemMessage } from '#dsr/rem/index.ts';
import { remDiffText } from './rem-diff-text.ts';
import { readingMessages, warnOfReading, type ReadingMessages } from './rem-side-messages.ts';
import { guessIdentity } from './rem-side.ts';
import { row, WAVE_1, workbookOf } from '#dsr/rem/workbook.fixture.ts';
import { styledLines } from './rem-diff-lines.ts';
import { jalon } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'jalon-rem-diff-'));

/** The catalogue as if workbooks held it: one requirement reworded, one gone in silence, one marked obsolete. */
const BEFORE: Rem = {
  ...loadCatalogue('SGL', 'va1'),
  layout: 'rem-wave1',
  sha256: '1'.repeat(64),
  source: 'ancienne.xlsx',
  requirements: loadCatalogue('SGL', 'va1').requirements.map((requirement) => ({
    ...requirement,
    statement: `Le système DOIT répondre de « ${requirement.title} ».`,
  })),
};
const [REWORDED, SILENT, OBSOLETE] = BEFORE.requirements;
const AFTER: Rem = {
  ...BEFORE,
  sha256: '2'.repeat(64),
  source: 'nouvelle.xlsx',
  requirements: [
    { ...REWORDED!, statement: `${REWORDED!.statement} <b>Et plus.</b>` },
    ...BEFORE.requirements.slice(3),
  ],
  obsolete: [OBSOLETE!],
};

function keep(name: string, rem: Rem): string {
  const path = join(folder, name);
  writeFileSync(path, serialiseRem(rem));
  return path;
}
const OLD = keep('a.json', BEFORE);
const NEW = keep('b.json', AFTER);

describe('rem diff', () => {
  it('prints one JSON document with the fixed lists, and ends with 0', async () => {
    const { code, out, err } = await jalon('rem', 'diff', OLD, NEW, '--json');
    expect([code, err]).toEqual([0, '']);
    const diff = JSON.parse(out) as RemDiff;
    expect(diff.removed.map(({ id }) => id)).toEqual([SILENT!.id, OBSOLETE!.id]);
    expect(diff.silentlyRemoved.map(({ id }) => id)).toEqual([SILENT!.id]);
    expect(diff.reworded.map(({ id }) => id)).toEqual([REWORDED!.id]);
    expect([diff.added, diff.renumbered, diff.moved]).toEqual([[], [], []]);
    expect([diff.from.sha256, diff.to.sha256]).toEqual([BEFORE.sha256, AFTER.sha256]);
  });

  it('says in French what matters first, marks words where there is no colour, and writes the page', async () => {
    const page = join(folder, 'page', 'ecarts.html');
    const { code, out } = await jalon('rem', 'diff', OLD, NEW, '--html', page);
    expect(code).toBe(0);
    expect(out).toContain('1 exigence disparue sans être marquée obsolète !');
    expect(out.replace(/\s+/gu, ' ')).toContain('{+ <b>Et plus.</b>+}');
    expect(out).not.toContain('\u001B');
    expect(out.indexOf(`! ${SILENT!.id}`)).toBeLessThan(out.indexOf(`- ${OBSOLETE!.id}`));
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('<ins> &lt;b&gt;Et plus.&lt;/b&gt;</ins>');
  });

  it('says what was wrong with each workbook, and names what contradicts itself', async () => {
    const rows = [WAVE_1, row('INS/va1.02', 'INS/va1.02.01', 'INS/va1.02.01.01')];
    const other = row('INS/va1.02', 'INS/va1.02.02', 'INS/va1.02.01.01').with(8, 'Un tout autre énoncé');
    const [sound, torn] = [join(folder, 'REM-SGL-va1.xlsx'), join(folder, 'REM-SGL-va1-2.xlsx')];
    writeFileSync(sound, await workbookOf([{ name: 'Exigences', rows }]));
    writeFileSync(torn, await workbookOf([{ name: 'Exigences', rows: [...rows, other] }]));
    const { code, out, err } = await jalon('rem', 'diff', sound, torn, '--json');
    expect(code).toBe(0);
    const { from, to } = JSON.parse(out) as {
      readonly from: { readonly messages: ReadingMessages };
      readonly to: { readonly messages: ReadingMessages };
    };
    expect(from.messages).toEqual({ errors: 0, warnings: 0, infos: 0, list: [] });
    expect(to.messages.errors).toBeGreaterThan(0);
    expect(to.messages.list.map((message) => message.code)).toEqual(expect.arrayContaining(['J03', 'J07']));
    expect(err).not.toContain('« REM-SGL-va1.xlsx »');
    const { errors, warnings } = to.messages;
    expect(err).toContain(
      `${errors} erreur(s), ${warnings} avertissement(s) à la lecture de « REM-SGL-va1-2.xlsx » : npm run jalon -- rem import les détaille`,
    );
    expect(err).toMatch(/J03 ligne 3 : .*INS\/va1\.02\.01\.01/u);
    expect(err).toMatch(/J07 ligne 3 : .*INS\/va1\.02 /u);
  });

  it('bounds what it names of a workbook that contradicts itself on each row', () => {
    const message = (index: number): RemMessage => ({
      code: 'J07',
      severity: 'error',
      row: index,
      column: 'Énoncé',
      value: '',
      message: `L'exigence \u001B[2JX${index} ${'long '.repeat(200)}`,
      remedy: '',
    });
    const messages = Array.from({ length: 3000 }, (_, index) => message(index));
    expect(readingMessages(messages)).toMatchObject({ errors: 3000 });
    expect(readingMessages(messages).list).toHaveLength(200);
    let said = '';
    warnOfReading({ err: (text) => (said += text) }, { rem: BEFORE, messages });
    expect(said.split('\n')).toHaveLength(8);
    expect(said).toContain('… et 2995 autre(s)');
    expect(said).not.toContain('\u001B');
    expect(Math.max(...said.split('\n').map((line) => line.length))).toBeLessThan(200);
  });

  it('takes the embedded catalogue by its name, and finds nothing between it and itself', async () => {
    const { code, out } = await jalon('rem', 'diff', 'SGL-va1', 'sgl:va1');
    expect(code).toBe(0);
    expect(out).toContain('Rien ne change');
    expect(out).toContain('Non comparé');
  });

  it.each<[readonly string[], string, string]>([
    [['absent.xlsx', 'SGL-va1'], 'ENOENT', 'absent.xlsx'],
    [['ici.xlsx', 'SGL-va1'], 'REM_SANS_COULOIR', '--category-a et --wave-a'],
    [['ici.xlsx', 'SGL-va1'], 'REM_SANS_COULOIR', 'ne dit ni le couloir ni la vague'],
    [['ici.xlsx', 'SGL-va1', '--wave', 'va1'], 'REM_SANS_COULOIR', 'ne dit pas le couloir'],
    [['ici.xlsx', 'SGL-va1', '--category', 'SGL'], 'REM_SANS_COULOIR', 'ne dit pas la vague'],
    [['SGL-va1', 'ici.xlsx', '--wave', 'va2'], 'REM_SANS_COULOIR', '--category-b'],
    [[OLD, NEW, '--wave-b', 'va2'], 'REM_CONTREDITE', 'SGL va2'],
    [['SGL-va1'], 'USAGE', 'après'],
  ])('refuses %j with code 2', async (given, error, words) => {
    const here = join(folder, 'ici.xlsx');
    writeFileSync(here, '');
    const { code, out, err } = await jalon('rem', 'diff', ...given.map((each) => (each === 'ici.xlsx' ? here : each)));
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(`[${error}]`);
    expect(err).toContain(words);
  });
});

describe('guessIdentity', () => {
  it.each([
    ['REM-SGL-va2.xlsx', { category: 'SGL', wave: 'va2' }],
    ['rem_mss-op_VA1 (3).xlsx', { category: 'MSS-OP', wave: 'va1' }],
    ['SGL-LGC-va2.xlsx', { wave: 'va2' }],
    ['SGL va1 vers va2.xlsx', { category: 'SGL' }],
    ['SGLX-va12.xlsx', {}],
  ])('reads %j', (name, identity) => {
    expect(guessIdentity(name)).toEqual(identity);
  });
});

describe('terminal text', () => {
  const diff = compareRems(BEFORE, AFTER);

  it('colours on a terminal', () => {
    expect(remDiffText(diff, true, 1000)).toContain('\u001B[32m <b>Et plus.</b>\u001B[0m');
  });

  it.each([40, 80, 131])('has no line longer than %i characters, and cuts what is too long to be read', (width) => {
    const [first, second, ...others] = BEFORE.requirements;
    const long = {
      ...AFTER,
      source: `${'x'.repeat(150)}.xlsx`,
      requirements: [
        { ...first!, statement: 'un mot '.repeat(300) },
        { ...second!, statement: 'x'.repeat(3000), profile: 'un profil '.repeat(60) },
        ...others,
      ],
    };
    for (const colour of [false, true]) {
      const text = stripVTControlCharacters(remDiffText(compareRems(BEFORE, long), colour, width));
      expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width);
      expect(text.length).toBeLessThan(20_000);
      expect(text.replace(/\s+/gu, '')).not.toContain('x'.repeat(250));
    }
  });

  it('shows what an added requirement asks in the words of the list, in ours when it has none', () => {
    const [first] = BEFORE.requirements;
    const added = { ...first!, id: 'INS/va1.98', rawId: 'INS/va1.98', statement: 'Le système DOIT chanter.' };
    const text = (statement: string): string =>
      remDiffText(
        compareRems(BEFORE, { ...BEFORE, requirements: [...BEFORE.requirements, { ...added, statement }] }),
        false,
        1000,
      );
    expect(text(added.statement)).toMatch(/\+ INS\/va1\.98 .* Le système DOIT chanter\./u);
    expect(text('')).toContain(first!.title);
  });

  it('does not call alarming what was to be expected: another wave, and nothing that relates the lists', () => {
    const other = (previousIds: readonly string[]): Rem => ({
      ...AFTER,
      wave: 'va2',
      requirements: [{ ...REWORDED!, id: 'PSC.77', rawId: 'PSC.77', statement: 'Autre chose.', previousIds }],
      obsolete: [],
    });
    const unrelated = { ...BEFORE, requirements: BEFORE.requirements.map((each) => ({ ...each, previousIds: [] })) };
    const calm = compareRems(unrelated, other([]));
    expect(calm.silentlyRemoved).toHaveLength(unrelated.requirements.length);
    expect(remDiffText(calm, false, 80)).toContain('rien ne relie les deux listes');
    expect(remDiffText(calm, true, 80)).not.toContain('!');
    expect(remDiffText(calm, true, 80)).not.toContain('\u001B[1;31m');
    expect(remDiffText(compareRems(unrelated, other([SILENT!.id])), false, 80)).toContain('obsolètes !');
  });

  it('lets no control character of a workbook reach the terminal', () => {
    const [first, ...others] = BEFORE.requirements;
    const hostile = { ...AFTER, requirements: [{ ...first!, statement: '\u001B[2J\u0007\u202Etxt' }, ...others] };
    const text = remDiffText(compareRems(BEFORE, hostile), false, 80);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202E]/u);
  });
});

describe('styledLines', () => {
  const lines = (text: string, width: number, indent = 2) => styledLines([{ text }], { width, indent, colour: false });

  it.each<[string, number, readonly string[]]>([
    ['', 10, ['']],
    ['un deux trois', 8, ['un deux', '  trois']],
    ['abcdefghijklmno', 6, ['abcdef', '  ghij', '  klmn', '  o']],
    ['un abcdefghij', 6, ['un', '  abcd', '  efgh', '  ij']],
    ['  marge abc', 6, ['  marg', '  e', '  abc']],
  ])('cuts %j at %i', (text, width, expected) => {
    expect(lines(text, width)).toEqual(expected);
  });

  it('keeps every character but spaces, within the width, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', 'é', ' ', '🙂', '-') }), { maxLength: 6 }),
        fc.integer({ min: 5, max: 30 }),
        (texts, width) => {
          const pieces = texts.map((text, index) => ({ text, style: index % 2 === 0 ? undefined : '32' }));
          const bare = styledLines(pieces, { width, indent: 3, colour: false });
          expect(bare.join('').replaceAll(' ', '')).toBe(texts.join('').replaceAll(' ', ''));
          for (const line of bare) expect(Array.from(line).length).toBeLessThanOrEqual(width);
          const coloured = styledLines(pieces, { width, indent: 3, colour: true });
          expect(coloured.map((line) => stripVTControlCharacters(line).trimEnd())).toEqual(bare);
        },
      ),
    );
  });
});
