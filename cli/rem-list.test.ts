import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadCatalogue, slotsOf } from '#dsr/catalogue/index.ts';
import type { Requirement } from '#dsr/rem/index.ts';
import { coverageOf, readSuite, type Coverage } from '#steps/coverage/index.ts';
import { coverageText } from './coverage-text.ts';
import { requirementFilter, type RemFilter } from './rem-list-filter.ts';
import { requirementDocument, requirementText } from './requirement-list.ts';
import { jalon } from './testing.ts';

const SGL = loadCatalogue('SGL', 'va1');
const LGC = fileURLToPath(new URL('../../shared/rem/REM-LGC-va2.xlsx', import.meta.url));

const kept = (filter: RemFilter): readonly Requirement[] => SGL.requirements.filter(requirementFilter(SGL, filter));
const tooLong = (text: string, width: number): readonly string[] =>
  text.split('\n').filter((line) => line.length > width);

describe('filters', () => {
  it('keep everything without any', () => {
    expect(kept({})).toEqual(SGL.requirements);
  });

  it('by section and profile, however they are written', () => {
    expect(new Set(kept({ section: ['ins', 'Dmp'] }).map(({ section }) => section))).toEqual(new Set(['INS', 'DMP']));
    expect(kept({ profile: ['referentiel-identites'] })).toEqual(kept({ profile: ['RÉFÉRENTIEL d’identités'] }));
    expect(kept({ profile: ['referentiel-identites'] }).length).toBeGreaterThan(0);
  });

  it('by nature, class of slot and words', () => {
    expect(kept({ nature: 'PEUT' }).map(({ nature }) => nature)).toEqual(Array.from({ length: 11 }, () => 'PEUT'));
    for (const { scenarios } of kept({ class: 'rehearsal' })) {
      expect(scenarios.flatMap(({ proofs }) => proofs.map((slot) => slot.evidenceClass))).toContain('rehearsal');
    }
    expect(kept({ text: 'SGL.MSS.20' }).map(({ id }) => id)).toEqual(['MSS/va1.01']);
    expect(kept({ text: 'VIDEO ecran' })).toEqual(kept({ text: 'écran vidéo' }));
    expect(kept({ section: ['INS'], nature: 'PEUT', text: 'licorne' })).toEqual([]);
  });

  it('refuse a section or a profile that the REM does not have, with those it has', () => {
    expect(() => kept({ section: ['INS', 'XYZ'] })).toThrow(
      expect.objectContaining({ code: 'FILTRE_INCONNU', exitCode: 2 }),
    );
    expect(() => kept({ profile: ['hopital'] })).toThrow('« hopital »');
  });
});

describe('the list of requirements', () => {
  it('has one line each under its section, in the published order, within the width', () => {
    for (const width of [60, 80, 200]) {
      const text = requirementText(SGL, SGL.requirements, width);
      expect(tooLong(text, width)).toEqual([]);
      for (const { id } of SGL.requirements) expect(text).toContain(`\n${id} `);
      const sections = [...text.matchAll(/^── (\S+)/gm)].map(([, section]) => section);
      expect(sections).toEqual(['INS', 'DMP', 'MSS', 'ANN', 'TBB', 'DOC', 'PORT', 'ApCV', 'LOI', 'RES']);
    }
  });

  it('puts a requirement that stands elsewhere in the workbook back under its section', () => {
    const document = requirementDocument(SGL, SGL.requirements.toReversed());
    const { requirements } = document as { requirements: readonly Requirement[] };
    expect(requirements[0]?.section).toBe('INS');
    expect(requirements).toHaveLength(SGL.requirements.length);
  });

  it('says so when nothing answers', () => {
    expect(requirementText(SGL, [], 80)).toContain('Aucune exigence');
  });
});

describe('the coverage in words', async () => {
  const suite = await readSuite();
  const coverage = coverageOf(SGL, suite);

  it.each([60, 80, 120])('holds in %i columns', (width) => {
    for (const verbose of [false, true]) {
      const text = coverageText(coverage, { width, verbose, scenarios: suite.length });
      // The counts alone need 74 columns.
      expect(tooLong(text, Math.max(width, 74))).toEqual([]);
    }
  });

  it('groups the slots by reason, and gives each its own with --verbose', () => {
    // Every slot of the first wave has a scenario, or is a document that nobody plays.
    expect(coverage.totals.none).toBe(0);
    expect(coverageText(coverage, { width: 80, verbose: false, scenarios: suite.length })).not.toContain(
      'Preuves sans scénario',
    );
    const second = coverageOf(loadCatalogue('SGL', 'va2'), suite);
    const short = coverageText(second, { width: 80, verbose: false, scenarios: suite.length });
    expect(short).toContain(`Preuves sans scénario (${second.totals.none})`);
    expect(short).toMatch(/et \d+ de plus/);
    const long = coverageText(coverage, { width: 80, verbose: true, scenarios: suite.length });
    for (const { id } of coverage.slots) expect(long).toContain(`  ${id} · `);
  });
});

describe('jalon rem list', () => {
  it('--coverage --json answers the document that others rely on', async () => {
    const { code, out, err } = await jalon('rem', 'list', '--coverage', '--json');
    expect(code, err).toBe(0);
    const document = JSON.parse(out) as Coverage;
    expect(document.slots).toHaveLength(slotsOf(SGL.requirements).length);
    expect(Object.keys(document.sections[0] ?? {})).toEqual(
      expect.arrayContaining('section slots automatic recorded guided attestation document none'.split(' ')),
    );
    const slot = document.slots.find(({ id }) => id === 'MSS/va1.16.01.01');
    expect(slot).toMatchObject({
      requirement: 'MSS/va1.16',
      class: 'bench',
      mode: 'automatic',
      scenario: 'mss/envoi#5',
      reason: expect.stringMatching(/./),
    });
  });

  it('prints lines of 80 columns where there is no terminal', async () => {
    const { code, out, err } = await jalon('rem', 'list', '--coverage');
    expect(code, err).toBe(0);
    expect(out).toContain('Couverture de la REM SGL vague 1');
    expect(tooLong(out, 80)).toEqual([]);
  });

  it('filters, in JSON', async () => {
    const { code, out } = await jalon('rem', 'list', '--section', 'MSS', '--class', 'répétition', '--json');
    expect(code).toBe(0);
    const { requirements } = JSON.parse(out) as {
      requirements: readonly { section: string; slots: readonly { class: string }[] }[];
    };
    expect(requirements.length).toBeGreaterThan(0);
    for (const { section, slots } of requirements) {
      expect(section).toBe('MSS');
      expect(new Set(slots.map((slot) => slot.class))).toEqual(new Set(['rehearsal']));
    }
  });

  it.each([
    [['--section', 'XYZ'], 'XYZ'],
    [['--nature', 'FAUT'], 'DOIT ou PEUT'],
    [['--class', 'robot'], 'bench, rehearsal ou human'],
    [['--rem', 'absent.xlsx', '--coverage'], 'absent.xlsx'],
  ])('%j ends with code 2 and says what to write', async (args, words) => {
    const { code, out, err } = await jalon('rem', 'list', ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(words);
  });
});

// A workbook of the authority is not ours to distribute.
describe.skipIf(!existsSync(LGC))('a workbook of another category (skipped when ../shared/rem is absent)', () => {
  it('is covered slot by slot', async () => {
    const { code, out, err } = await jalon(
      'rem',
      'list',
      '--coverage',
      '--json',
      '--rem',
      LGC,
      '--category',
      'LGC',
      '--wave',
      'va2',
    );
    expect(code, err).toBe(0);
    const { slots, totals, sections } = JSON.parse(out) as Coverage;
    expect(slots.length).toBeGreaterThan(100);
    expect(new Set(slots.map(({ id }) => id)).size).toBe(slots.length);
    expect(totals.slots).toBe(slots.length);
    expect(sections.reduce((sum, section) => sum + section.slots, 0)).toBe(slots.length);
    for (const { reason } of slots) expect(reason).not.toBe('');
  });
});
