import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '#dsr/catalogue/index.ts';
import { compareRems } from '#dsr/rem-diff/index.ts';
import type { Rem, Requirement } from '#dsr/rem/index.ts';
import { renderRemDiff } from './index.ts';

const [FIRST, SECOND, THIRD, FOURTH] = loadCatalogue('SGL', 'va1').requirements as [
  Requirement,
  Requirement,
  Requirement,
  Requirement,
];
const NASTY = `</script><img src=x onerror="alert('1')">&amp; \u202Efdp`;
const rem = (requirements: readonly Requirement[], more: Partial<Rem> = {}): Rem => ({
  category: 'SGL',
  wave: 'va1',
  layout: 'rem-wave1',
  sha256: '0'.repeat(64),
  source: 'rem.xlsx',
  requirements,
  obsolete: [],
  ...more,
});

const before = rem([{ ...FIRST, statement: 'Ancien énoncé' }, SECOND, THIRD]);
const after = rem(
  [
    { ...FIRST, statement: `Nouvel énoncé ${NASTY}`, nature: 'PEUT', profile: NASTY, scenarios: [] },
    { ...FOURTH, title: NASTY, statement: 'Une exigence que personne n’avait' },
    { ...THIRD, id: 'INS/va1.99', rawId: 'INS/va1.99', previousIds: [THIRD.id] },
  ],
  { source: NASTY },
);

describe('renderRemDiff', () => {
  const page = renderRemDiff(compareRems(before, after), '1.2.3');

  it('has a section for each kind of change, listed in the index, what vanished in silence first', () => {
    const targets = Array.from(page.matchAll(/href="#([^"]+)"/gu), ([, id]) => id);
    for (const id of targets) expect(page).toContain(`id="${id}"`);
    const sections = Array.from(page.matchAll(/<section\s+id="([^"]+)"/gu), ([, id]) => id);
    expect(sections).toEqual([
      'resume',
      'silentlyRemoved',
      'added',
      'reworded',
      'natureChanged',
      'proofsChanged',
      'renumbered',
      'moved',
    ]);
  });

  it('says first what vanished in silence, in a colour and with a sign', () => {
    const box = page.indexOf('class="band alert"');
    expect(box).toBeGreaterThan(page.indexOf('Après'));
    expect(box).toBeLessThan(page.indexOf('id="resume"'));
    expect(page.slice(box, box + 600)).toContain(SECOND.id);
    for (const place of [/<li\s+class="alert">[^]{0,120}⚠/u, /<div\s+class="card alert">[^]{0,120}⚠/u]) {
      expect(page).toMatch(place);
    }
  });

  it('informs, without alarm, when nothing relates the lists of two waves', () => {
    const unrelated = (requirements: readonly Requirement[], more: Partial<Rem>): Rem =>
      rem(
        requirements.map((each) => ({ ...each, previousIds: [] })),
        more,
      );
    const calm = renderRemDiff(
      compareRems(
        unrelated([FIRST, SECOND], {}),
        unrelated([{ ...THIRD, id: 'PSC.77', rawId: 'PSC.77', statement: 'Tout autre chose.' }], {
          wave: 'va2',
          layout: 'rem-wave2',
        }),
      ),
      '1',
    );
    expect(calm).toContain('rien ne relie les deux listes');
    expect(calm).toContain('class="band info"');
    expect(calm).not.toMatch(/⚠|class="[^"]*alert/u);
    expect(calm).toContain('disposition REM vague 1');
    expect(calm).toContain('disposition REM vague 2');
  });

  it('shows what is added in the words of the list, and folds what is long', () => {
    const long = { ...FOURTH, title: 'Notre titre', statement: `Le système DOIT ${'x'.repeat(20_000)}` };
    const added = renderRemDiff(compareRems(rem([FIRST]), rem([FIRST, long])), '1');
    expect(added).not.toContain('Notre titre');
    expect(added).toContain('Texte entier');
    expect(added.length - page.length).toBeLessThan(12_000);
    const untold = renderRemDiff(compareRems(rem([FIRST]), rem([FIRST, { ...long, statement: '' }])), '1');
    expect(untold).toContain('Notre titre');
  });

  it('shortens the fingerprints, and has them whole where there is room', () => {
    const sha256 = '0123456789abcdef'.repeat(4);
    const sealed = renderRemDiff(compareRems(rem([FIRST]), rem([FIRST], { sha256 })), '1');
    expect(sealed).toContain(`title="${sha256}">0123456789ab<`);
    expect(sealed.slice(sealed.indexOf('<footer'))).toContain(sha256);
  });

  it('shows words that left and words that came', () => {
    expect(page).toContain('<del>Ancien</del>');
    expect(page).toContain('<ins>Nouvel</ins>');
  });

  it('escapes everything and asks nothing from outside', () => {
    expect(page).not.toContain('<img');
    expect(page).not.toContain('<script');
    expect(page).not.toContain('\u202E');
    expect(page).not.toMatch(/(?:src|href)="(?!#)/u);
    expect(page).toContain("default-src 'none'");
  });

  it('gives the same bytes for the same input', () => {
    expect(renderRemDiff(compareRems(before, after), '1.2.3')).toBe(page);
  });

  it('says that nothing changes, and what was not compared', () => {
    const catalogue = loadCatalogue('SGL', 'va1');
    const same = renderRemDiff(compareRems(catalogue, catalogue), '1');
    expect(same).toContain('Rien ne change');
    expect(same).toContain('textes officiels');
  });
});
