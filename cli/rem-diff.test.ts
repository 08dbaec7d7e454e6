import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '#dsr/catalogue/index.ts';
import { compareRems, type RemDiff } from '#dsr/rem-diff/index.ts';
import { serialiseRem, type Rem } from '#dsr/rem/index.ts';
import { remDiffText } from './rem-diff-text.ts';
import { guessIdentity } from './rem-side.ts';
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
    expect(out).toContain('{+ <b>Et plus.</b>+}');
    expect(out).not.toContain('\u001B');
    expect(out.indexOf(`! ${SILENT!.id}`)).toBeLessThan(out.indexOf(`- ${OBSOLETE!.id}`));
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('<ins> &lt;b&gt;Et plus.&lt;/b&gt;</ins>');
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
    expect(remDiffText(diff, true)).toContain('\u001B[32m <b>Et plus.</b>\u001B[0m');
  });

  it('lets no control character of a workbook reach the terminal', () => {
    const [first, ...others] = BEFORE.requirements;
    const hostile = { ...AFTER, requirements: [{ ...first!, statement: '\u001B[2J\u0007\u202Etxt' }, ...others] };
    const text = remDiffText(compareRems(BEFORE, hostile), false);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202E]/u);
  });
});
