import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { message } from '#checks/ins/call.fixture.ts';
import type { CheckedFile } from './check-files/index.ts';
import { jalon, workFolder } from './testing.ts';

function file(content: string, name = 'fichier.xml'): string {
  const path = join(workFolder(), name);
  writeFileSync(path, content);
  return path;
}
const WRONG = message(1).replace('<Sexe>F</Sexe>', '<Sexe>I</Sexe>');

describe('jalon check, as it is typed', () => {
  it('gives one element per file, as the design fixes it', async () => {
    const [good, bad] = [file(message(2)), file(WRONG)];
    const { code, out, err } = await jalon('check', 'insi', good, bad, '--json');
    expect(code).toBe(1);
    expect(err).toBe('');
    const checked = JSON.parse(out) as CheckedFile[];
    expect(checked.map(({ file, kind, verdict }) => [file, kind, verdict])).toEqual([
      [good, 'insi', 'conforme'],
      [bad, 'insi', 'non-conforme'],
    ]);
    expect(typeof checked[0]?.durationMs).toBe('number');
    expect(Object.keys(checked[1]?.findings[0] ?? {}).toSorted()).toEqual(
      ['expected', 'layer', 'received', 'remedy', 'requirements', 'rule', 'severity', 'source', 'where'].toSorted(),
    );
  });

  it('speaks French at the terminal and ends with 0 when all is right', async () => {
    const { code, out } = await jalon('check', 'insi', file(message(1)));
    expect(code).toBe(0);
    expect(out).toContain('conforme — aucun constat');
  });

  it('shows rule, place, received, expected and remedy', async () => {
    const { code, out } = await jalon('check', 'insi', file(WRONG));
    expect(code).toBe(1);
    for (const part of ['INSI-SEX (erreur)', '/Envelope/Body[1]', 'reçu     I', 'attendu  M ou F', 'remède']) {
      expect(out).toContain(part);
    }
  });

  describe('a limit of the bench', () => {
    const huge = (): string =>
      file(
        `<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body>${'<a/>'.repeat(200_001)}</e:Body></e:Envelope>`,
      );

    it.each(['xds', 'vihf'])('ends with 4, not 1, when it alone kept %s from judging', async (kind) => {
      const { code, out } = await jalon('check', kind, huge());
      expect(code).toBe(4);
      expect(out).toContain(': non vérifiable —');
      expect(out).toContain('limite du banc');
    });

    it('does not hide what is wrong in another file', async () => {
      expect((await jalon('check', 'xds', huge(), file('<a/>', 'autre.xml'))).code).toBe(1);
    });
  });

  it('is never green for a file that is missing, and still judges the others', async () => {
    const absent = join(workFolder(), 'absent.xml');
    const { code, out } = await jalon('check', 'insi', file(message(1)), absent, '--json');
    expect(code).toBe(2);
    expect((JSON.parse(out) as CheckedFile[]).map(({ verdict }) => verdict)).toEqual(['conforme', 'non-verifiable']);
  });

  it.skipIf(process.getuid?.() === 0)('ends with 3 when a file may not be read (not as root)', async () => {
    const path = file(message(1));
    chmodSync(path, 0);
    expect((await jalon('check', 'insi', path)).code).toBe(3);
  });

  it('judges a quote with the official tables that the user adds, and refuses them where they say nothing', async () => {
    const line = { label: 'Lot', ht: '1500.00', payer: 'state', dsr: ['LGC'] };
    const quote = file(
      JSON.stringify({ kind: 'quote', couloir: 'LGC', wave: '2', siteCount: 3, lines: [line] }),
      'devis.json',
    );
    const scales = fileURLToPath(new URL('../dsr/scales/scales.example.json', import.meta.url));
    const rules = async (...options: readonly string[]): Promise<readonly string[]> => {
      const { out } = await jalon('check', 'quote', quote, '--json', ...options);
      return (JSON.parse(out) as CheckedFile[]).flatMap(({ findings }) => findings.map(({ rule }) => rule));
    };
    expect(await rules()).not.toContain('QUOTE-CEILING');
    expect(await rules('--scales', scales)).toContain('QUOTE-CEILING');
    const refused = await jalon('check', 'insi', file(message(1)), '--scales', scales, '--json');
    expect([refused.code, refused.out]).toEqual([2, expect.stringContaining('CHECK_SCALES_UNUSED')]);
  });

  it('refuses a kind that it does not serve, with the list of those that it does', async () => {
    const { code, err } = await jalon('check', 'fhir', file(message(1)));
    expect(code).toBe(2);
    for (const kind of ['insi', 'ins', 'hl7v2', 'cda', 'xds', 'vihf', 'xdm', 'mail', 'pdf', 'loinc']) {
      expect(err).toContain(`${kind} (`);
    }
  });

  it.each([
    [['check'], 'genre'],
    [['check', 'insi'], 'fichiers'],
    [['check', 'insi', 'a', '--wave', 'va1'], '--wave'],
    [['check', 'cda', 'a', '--codes', 'b'], '--codes'],
    [['check', 'xds', 'a', '--codes', 'absent.json'], 'Listes de codes absent.json'],
    [['check', 'mail', 'a', '--wave', 'zz'], 'Vague invalide'],
    [['check', 'mail', 'a', '--sender', 'CAB'], 'Boîte invalide'],
    [['check', 'mail', 'a', '--original', 'absent.eml'], 'CHECK_ORIGINAL_UNREADABLE'],
    [['check', 'pdf', 'a', '--sender', 'PER'], '--sender'],
    [['check', 'xdm', 'a', '--no-patient-qualified'], '--patient-qualified'],
    [['check', 'xdm', 'a', '--original', 'b'], '--original'],
    [['check', 'cda', 'a', '--pack', 'absent'], 'Pack absent'],
    [['check', 'xds', 'a', '--pack', 'b'], '--pack'],
  ])('refuses %j', async (args, part) => {
    const { code, err } = await jalon(...args);
    expect(code).toBe(2);
    expect(err).toContain(part);
  });
});
