import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasCatalogue, loadCatalogue } from '#dsr/catalogue/index.ts';
import { loadCategories, readRem } from '#dsr/rem/index.ts';
import type { LayoutName, Rem, Wave } from '#dsr/rem/index.ts';
import { writeWorkbook } from '#formats/xlsx/index.ts';
import { toTable } from './index.ts';
import { rawWorkbook } from './raw-workbook.fixture.ts';

const LAYOUTS: readonly LayoutName[] = ['rem-wave1', 'rem-wave2', 'convergence'];
const PAIRS = LAYOUTS.flatMap((first) => LAYOUTS.map((second) => [first, second] as const));

type Identity = Pick<Rem, 'category' | 'wave'>;

/** What a Rem says, without where it was read: layout, file, hash and places are those of each workbook. */
const said = ({ category, wave, requirements, obsolete }: Rem) => ({ category, wave, requirements, obsolete });

async function read(bytes: Uint8Array, { category, wave }: Identity): Promise<Rem> {
  const reading = await readRem(bytes, { category, wave, fileName: 'rem.xlsx' });
  if (!reading.ok) throw new Error(reading.messages.map((message) => message.message).join(' '));
  return reading.rem;
}

const again = async (rem: Rem, layout: LayoutName): Promise<Rem> =>
  read(await writeWorkbook(toTable(rem, layout)), rem);

// Nothing is left out of the property: irregular, missing and repeated numbers, rows of one requirement apart from one
// another, more than ten proofs, scenarios of several requirements, obsolete rows, any text that a cell can hold.
describe('a REM exported and imported again gives the same model', () => {
  const identity = fc.constantFrom<Identity>({ category: 'SGL', wave: 'va1' }, { category: 'LGC', wave: 'va2' });

  it.each(LAYOUTS)('whatever the workbook it was read from: %s', { timeout: 120_000 }, async (layout) => {
    await fc.assert(
      fc.asyncProperty(rawWorkbook, identity, async (tables, like) => {
        const rem = await read(await writeWorkbook(tables), like);
        const back = await again(rem, layout);
        expect(back.layout).toBe(layout);
        expect(said(back)).toEqual(said(rem));
      }),
      { numRuns: 30 },
    );
  });

  it.each(PAIRS)('through %s, then %s', { timeout: 120_000 }, async (first, second) => {
    await fc.assert(
      fc.asyncProperty(rawWorkbook, identity, async (tables, like) => {
        const rem = await read(await writeWorkbook(tables), like);
        expect(said(await again(await again(rem, first), second))).toEqual(said(rem));
      }),
      { numRuns: 4 },
    );
  });
});

it('what the campaign says changes nothing but the answers', async () => {
  const rem = loadCatalogue('SGL', 'va1');
  const [first] = rem.requirements;
  const campaign = {
    id: 'c1',
    product: { name: 'Labo', version: '7.2' },
    slots: new Map([
      [first?.scenarios[0]?.proofs[0]?.id ?? '', { state: 'recueillie' as const, pieces: ['01-requete.xml'] }],
    ]),
    conform: new Map([[first?.id ?? '', 'conforme']]),
  };
  for (const layout of LAYOUTS) {
    const tables = toTable(rem, layout, { profiles: ['referentiel-identites'], campaign });
    const { requirements } = await read(await writeWorkbook(tables), rem);
    expect(requirements.map((requirement) => ({ ...requirement, vendor: undefined }))).toEqual(rem.requirements);
    expect(requirements[0]?.vendor).toEqual({ applicable: 'oui', conform: 'conforme' });
  }
});

const CATALOGUES = loadCategories().flatMap(({ code }) =>
  (['va1', 'va2'] as const satisfies readonly Wave[])
    .filter((wave) => hasCatalogue(code, wave))
    .map((wave) => [code, wave] as const),
);

describe.each(CATALOGUES)('the embedded catalogue of %s %s', (category, wave) => {
  it.each(LAYOUTS)('comes back from %s', async (layout) => {
    const catalogue = loadCatalogue(category, wave);
    expect(said(await again(catalogue, layout))).toEqual(said(catalogue));
  });
});

const FOLDER = new URL('../../../shared/rem/', import.meta.url);
const FILES = [
  ['REM-SGL-va1.xlsx', 'SGL', 'va1'],
  ['REM-SGL-va1-convergence.xlsx', 'SGL', 'va1'],
  ['REM-SGL-va2.xlsx', 'SGL', 'va2'],
  ['REM-LGC-va2.xlsx', 'LGC', 'va2'],
] as const;

// Skipped when the reference workbooks do not lie beside the checkout: they are not ours to distribute.
describe.skipIf(!existsSync(FOLDER))('the reference workbooks (skipped when ../shared/rem is absent)', () => {
  it.each(FILES)(
    '%s comes back from each layout, and from each after each',
    async (file, category, wave) => {
      const rem = await read(readFileSync(new URL(file, FOLDER)), { category, wave });
      for (const first of LAYOUTS) {
        const back = await again(rem, first);
        expect(said(back), first).toEqual(said(rem));
        for (const second of LAYOUTS) {
          expect(said(await again(back, second)), `${first}, ${second}`).toEqual(said(rem));
        }
      }
    },
    60_000,
  );
});

const OFFICE = (process.env['PATH'] ?? '')
  .split(delimiter)
  .flatMap((folder) => ['soffice', 'libreoffice'].map((name) => join(folder, name)))
  .find((path) => existsSync(path));

// Skipped when neither soffice nor libreoffice is in PATH.
describe.skipIf(OFFICE === undefined)('LibreOffice (skipped when soffice and libreoffice are not in PATH)', () => {
  it.each(LAYOUTS)(
    'opens and writes %s again without changing the model',
    async (layout) => {
      const folder = mkdtempSync(join(tmpdir(), 'jalon-office-'));
      const rem = loadCatalogue('SGL', 'va1');
      const file = join(folder, 'rem.xlsx');
      writeFileSync(file, await writeWorkbook(toTable(rem, layout)));
      const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profil')).href}`;
      const options = [
        '--headless',
        '--convert-to',
        'xlsx:Calc MS Excel 2007 XML',
        '--outdir',
        join(folder, 'converti'),
      ];
      execFileSync(OFFICE ?? '', [profile, ...options, file], { timeout: 100_000, stdio: 'pipe' });
      const back = await read(readFileSync(join(folder, 'converti', 'rem.xlsx')), rem);
      expect(said(back)).toEqual(said(rem));
    },
    120_000,
  );
});
