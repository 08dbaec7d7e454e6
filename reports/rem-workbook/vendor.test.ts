import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '#dsr/catalogue/index.ts';
import type { Rem } from '#dsr/rem/index.ts';
import { toTable } from './index.ts';
import type { CampaignProgress, VendorProgress } from './types.ts';

const CATALOGUE = loadCatalogue('SGL', 'va1');
const FIRST = CATALOGUE.requirements.find(({ scenarios }) => scenarios.length === 1)!;
const SLOT = FIRST.scenarios[0]!.proofs[0]!.id;

/** One requirement whose cell « Conforme » was read from a workbook. */
const answered = (conform: string, obsolete = false): Rem => {
  const requirement = { ...FIRST, vendor: { conform } };
  return { ...CATALOGUE, requirements: obsolete ? [] : [requirement], obsolete: obsolete ? [requirement] : [] };
};

function cell(rem: Rem, header: string, progress?: VendorProgress): unknown {
  const [table] = toTable(rem, 'rem-wave1', progress);
  return table?.rows[0]?.[table.columns.findIndex((column) => column.header === `Jalon · ${header}`)];
}

const campaign: CampaignProgress = {
  id: 'c1',
  product: { name: 'Labo', version: '1' },
  slots: new Map(),
  conform: new Map(),
};

describe('a word of the bench read back from an earlier export', () => {
  it.each([
    'conforme',
    'Conforme',
    'non conforme',
    'à vérifier',
    'non vérifiable',
    'conforme en partie (1 scénario sur 2)',
  ])('is no verdict, with a campaign or without: %s', (word) => {
    expect(cell(answered(word), 'Conforme')).toBe(`déclaré : ${word}`);
    expect(cell(answered(word), 'Conforme', { campaign })).toBe(`déclaré : ${word}`);
    expect(cell(answered(word, true), 'Conforme', { campaign })).toBe(`déclaré : ${word}`);
    expect(cell(answered(`déclaré : ${word}`), 'Conforme')).toBe(`déclaré : ${word}`);
  });

  it.each(['oui', 'voir le rapport', 'conformément au contrat'])('is told from the words of the vendor: %s', (word) => {
    expect(cell(answered(word), 'Conforme')).toBe(word);
  });
});

describe('a campaign that follows another REM', () => {
  const carried = { source: 'ancienne.xlsx', sha256: 'b'.repeat(64), compared: true, slots: 1, filled: 3 };

  it('leaves blank what it cannot say, where a campaign on the REM says « vide »', () => {
    const one = (progress: CampaignProgress) => cell(answered(''), 'État des preuves', { campaign: progress });
    expect(one(campaign)).toContain('vide');
    expect(one({ ...campaign, carried })).toBe('');
    const shown = one({ ...campaign, carried, slots: new Map([[SLOT, { state: 'recueillie', pieces: [] }]]) });
    expect(shown).toContain('recueillie');
    expect(shown).not.toContain('vide');
  });

  it('is named in the notice, with how much was carried', () => {
    const rows = toTable(answered(''), 'rem-wave1', { campaign: { ...campaign, carried } })[1]?.rows ?? [];
    const told = rows.find(([topic]) => topic === 'Suivi repris')?.[1];
    expect(told).toContain('« ancienne.xlsx »');
    expect(told).toContain('1 preuve sur 3');
  });
});
