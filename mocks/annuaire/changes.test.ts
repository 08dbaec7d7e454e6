import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAnnuaire, type Called } from './fixture.ts';
import { CHANGES } from './index.ts';

let annuaire: Called;
beforeEach(async () => {
  annuaire = await openAnnuaire();
});
afterEach(() => annuaire.close());

const professional = () => {
  const [, , third] = annuaire.context.population.professionals;
  if (third === undefined) throw new RangeError('population too small');
  return third;
};
const set = (situation: string, about?: string, times?: number): void =>
  annuaire.context.situations.set({
    service: 'annuaire',
    situation,
    ...(about === undefined ? {} : { about }),
    ...(times === undefined ? {} : { times }),
  });
/** The person and their activities, as the API shows them. */
const shown = async () =>
  (
    (await annuaire.search(`Practitioner?identifier=${professional().rpps}&_revinclude=PractitionerRole:practitioner`))
      .entry ?? []
  ).map(({ resource }) => resource);
/** Lines of the extraction about them. */
const lines = async (): Promise<readonly string[]> => {
  const base = annuaire.running.addresses.extraction.replace(/\/PS_LibreAcces$/u, '');
  const text = await (await fetch(`${base}/PS_LibreAcces_Personne_activite_202601050930.txt`)).text();
  return text.split('\n').filter((line) => line.includes(professional().nationalId));
};
const boxes = async () =>
  (await shown()).flatMap(({ telecom }) => (telecom ?? []).map(({ value, rank }) => [value, rank]));

describe('what happens to one professional', () => {
  it('a new name is in the API and in the file, dated', async () => {
    const [before] = await shown();
    set('nom-modifie', professional().nationalId);
    const [after] = await shown();
    expect(after?.name?.[0]?.family).toBe(`${professional().lastName}-BIS`);
    expect(Date.parse(after?.meta.lastUpdated ?? '')).toBeGreaterThan(Date.parse(before?.meta.lastUpdated ?? ''));
    const found = await annuaire.search(
      `Practitioner?_lastUpdated=gt${encodeURIComponent(before?.meta.lastUpdated ?? '')}`,
    );
    expect(found.total).toBe(1);
    expect(await lines()).toEqual([expect.stringContaining(`|${professional().lastName}-BIS|`)]);
  });

  it('another structure', async () => {
    const [, before] = await shown();
    set('structure-modifiee', professional().rpps);
    const [, after] = await shown();
    expect(after?.organization?.reference).not.toBe(before?.organization?.reference);
    expect((await annuaire.call(after?.organization?.reference ?? '')).status).toBe(200);
    expect((await lines())[0]).not.toContain(professional().structure.finess);
  });

  it('mailboxes that change, that are no longer published, that are several', async () => {
    set('boite-modifiee', professional().nationalId);
    expect(await boxes()).toEqual([[expect.stringContaining('.nouvelle@'), 1]]);
    set('boites-multiples', professional().nationalId);
    expect((await boxes()).map(([, rank]) => rank)).toEqual([1, 2, 1]);
    for (const gone of ['boite-absente', 'boite-liste-rouge']) {
      set('inscription', professional().nationalId);
      expect(await boxes()).toEqual([[professional().mailbox, 1]]);
      set(gone, professional().nationalId);
      expect(await boxes()).toEqual([]);
    }
  });

  it('a departure leaves an inactive person and no line; a person not registered is nowhere', async () => {
    set('depart', professional().nationalId);
    expect((await shown()).map(({ active }) => active)).toEqual([false, false]);
    expect(await lines()).toEqual([]);
    set('non-inscrit', professional().nationalId);
    expect(await shown()).toEqual([]);
    expect((await annuaire.call(`Practitioner/003-${professional().rpps}`)).status).toBe(404);
    set('inscription', professional().nationalId);
    expect((await shown()).map(({ active }) => active)).toEqual([true, true]);
    expect(await lines()).toHaveLength(1);
  });

  it('happens in the order it was set, once, and until the reset', async () => {
    set('depart', professional().nationalId);
    set('inscription', professional().nationalId);
    expect((await shown())[0]?.active).toBe(true);
    expect(annuaire.context.situations.list()).toEqual([]);
    annuaire.running.change(professional().rpps, 'depart');
    expect((await shown())[0]?.active).toBe(false);
    annuaire.running.reset();
    expect((await shown())[0]?.active).toBe(true);
  });

  it('is refused about nobody, or about a stranger', () => {
    expect(() => set('depart')).toThrow(/« about » manque/);
    expect(() => set('depart', '899999999999')).toThrow(/ne connaît pas/);
    expect(() => set('annuaire-jour-suivant', professional().nationalId)).toThrow(/« about » est de trop/);
    expect(() => annuaire.running.change('0', 'depart')).toThrow(RangeError);
  });

  it('has a meaning in French, each', () => {
    for (const { name, meaning } of CHANGES) expect([name, meaning.length > 20]).toEqual([name, true]);
  });
});

describe('days', () => {
  const people = async () => new Set(await annuaire.everyId('Practitioner?active=true&_count=1000'));

  it('bring newcomers, changes and leavers, the same each time', async () => {
    const before = await people();
    set('annuaire-jour-suivant');
    const after = await people();
    const arrived = [...after].filter((id) => !before.has(id));
    const left = [...before].filter((id) => !after.has(id));
    expect([arrived.length, left.length]).toEqual([10, 5]);
    annuaire.running.reset();
    expect(await people()).toEqual(before);
    expect(annuaire.running.nextDay()).toBe(1);
    expect(await people()).toEqual(after);
  });

  it('are those of `times`, and those before stay', async () => {
    set('annuaire-jour-suivant', undefined, 3);
    const three = await people();
    set('annuaire-jour-suivant');
    const four = await people();
    expect(annuaire.running.nextDay()).toBe(5);
    expect([...four].filter((id) => !three.has(id))).toHaveLength(10);
  });

  it('name changes, moves and mailboxes are told by _lastUpdated', async () => {
    await annuaire.search('Practitioner?_count=1');
    const at = (await annuaire.search('Practitioner?_count=1')).entry?.[0]?.resource.meta.lastUpdated ?? '';
    annuaire.running.nextDay();
    const changed = await annuaire.search(`Practitioner?_lastUpdated=gt${encodeURIComponent(at)}&_count=100`);
    expect(changed.total).toBe(30);
    const families = (changed.entry ?? []).map(({ resource }) => resource.name?.[0]?.family ?? '');
    expect(families.filter((family) => family.endsWith('-BIS'))).toHaveLength(5);
  });
});
