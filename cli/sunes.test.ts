import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { start, workFolder } from './testing.ts';

const HEADER = 'FINESS;Activité combinée 2019;Prérequis validés;Fenêtre;Indicateur;Produits;Transmis';

function fileOf(name: string, ...lines: string[]): string {
  const file = join(workFolder(), name);
  writeFileSync(file, lines.join('\r\n'));
  return file;
}

describe('jalon sunes', () => {
  it('reads back the template that it writes', async () => {
    const template = await start(['sunes', '--template']).ended;
    expect(template.code).toBe(0);
    const { code, out, err } = await start(['sunes', fileOf('comptes.csv', template.out)]).ended;
    expect([code, err]).toEqual([0, '']);
    for (const text of ['catégorie B', '50,00 %', 'atteinte', '5 lignes retenues sur 5', 'jalon-2026.11']) {
      expect(out).toContain(text);
    }
  });

  it('gives one document with --json: results, faults in their place, edition of the figures', async () => {
    const file = fileOf('c.csv', HEADER, '990000002;7000;6;F1;biologie;100;45', '990000003;;;F9;biologie;100;x');
    const { code, out } = await start(['--json', 'sunes', file]).ended;
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      data: { version: 'jalon-2026.11' },
      kept: 1,
      rows: 2,
      establishments: [
        { finess: '990000002', windows: [{ window: 'F1', indicators: [{ rate: 45, status: 'reached' }] }] },
      ],
      errors: [
        { code: 'SUNES_FINESS', row: 3, column: 'A' },
        { code: 'SUNES_WINDOW', row: 3, column: 'D' },
        { code: 'SUNES_NUMBER', row: 3, column: 'G', header: 'Transmis', value: 'x' },
      ],
    });
  });

  it('shows the results of the healthy rows and what to correct in the others', async () => {
    const file = fileOf('c.csv', HEADER, '990000002;;;F1;biologie;100;44', '990000002;;;F1;imagerie;100;101');
    const { code, out } = await start(['sunes', file]).ended;
    expect(code).toBe(2);
    expect(out).toContain('non atteinte, il manque 1');
    expect(out).toContain('1 ligne retenue sur 2 ; à corriger :');
    expect(out).toContain('ligne 3, colonne G « Transmis » (« 101 »)');
    expect(out).toContain('Activité combinée 2019 non donnée');
  });

  it.each<[string, string[], string]>([
    ['no file', [], 'USAGE'],
    ['a file and --template', ['x.csv', '--template'], 'USAGE'],
    ['an absent file', ['absent.csv'], 'ENOENT'],
    ['a folder', ['.'], 'EISDIR'],
    ['a device', ['/dev/null'], 'SUNES_UNREADABLE'],
  ])('refuses %s', async (_, args, code) => {
    const ended = await start(['sunes', ...args]).ended;
    expect(ended.code).toBe(2);
    expect(ended.err).toContain(`[${code}]`);
  });

  it('refuses figures that do not follow their schema, with all that is wrong', async () => {
    const figures = fileOf('f.json', '{"format":"x"}');
    const { code, err } = await start(['sunes', '--figures', figures, '--template']).ended;
    expect(code).toBe(2);
    expect(err).toContain('Le champ « windows » manque.');
    expect(err).toContain('/format : ');
    expect(err).toContain('[SUNES_FIGURES_INVALID]');
  });

  it('an empty list is no result', async () => {
    const { code, out } = await start(['sunes', fileOf('c.csv', HEADER)]).ended;
    expect(code).toBe(2);
    expect(out).toContain('[SUNES_EMPTY]');
  });
});
