import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestPatient } from '../population/types.ts';
import { VITALE_SEARCH } from './operations.ts';
import { cardCriteria, codeOf, insOf, openInsi } from './testing-bench.ts';
import type { TestAnswer } from './testing.ts';

let bench: Awaited<ReturnType<typeof openInsi>>;

beforeAll(async () => {
  bench = await openInsi();
});
afterAll(() => bench.close());
beforeEach(() => {
  bench.context.situations.reset();
  bench.context.population.reset();
});

type Changes = Parameters<typeof cardCriteria>[1];

const read = (patient: TestPatient, changed?: Changes): Promise<TestAnswer> =>
  bench.call({ operation: VITALE_SEARCH, criteria: cardCriteria(patient.card, changed) });
const all = (situation: string): readonly TestPatient[] =>
  bench.context.population.patients.filter((one) => one.situation === situation);

describe('a card that carries the number of the person', () => {
  it('finds the person, whatever else is sent or not', async () => {
    const patient = bench.context.population.draw('nominal');
    for (const changed of [
      {},
      { holder: undefined },
      { birthName: undefined, birthDate: undefined, birthRank: undefined },
      { birthName: patient.card.birthName.toLowerCase() },
    ]) {
      const answer = await read(patient, changed);
      expect([codeOf(answer), insOf(answer)]).toEqual(['00', patient.ins]);
      expect(bench.last().attribution).toEqual({ patient: patient.key, ins: patient.ins });
    }
  });

  it.each<[string, Changes, RegExp]>([
    ['name', { birthName: 'AUTRE' }, /NomNaissance/],
    ['date', { birthDate: '1899-01-01' }, /DateNaissance/],
    ['rank', { birthRank: 3 }, /RangNaissance/],
    ['holder', { holder: '279035121518989' }, /MatriculeOD/],
  ])('answers 01 when the %s is that of somebody else, and tells the journal why', async (_, changed, said) => {
    const patient = bench.context.population.draw('nominal');
    const answer = await read(patient, changed);
    expect([codeOf(answer), insOf(answer)]).toEqual(['01', undefined]);
    expect(bench.last().outcome).toMatch(/répondu 01 \(carte incohérente : /);
    expect(bench.last().outcome).toMatch(said);
    expect(bench.last().attribution.patient).toBe(patient.key);
  });

  it('answers 01 to a person whom INSi does not know', async () => {
    const patient = bench.context.population.draw('inconnu');
    expect(codeOf(await read(patient))).toBe('01');
    expect(bench.last().attribution.patient).toBe(patient.key);
  });
});

describe('a card that only carries the number of the holder', () => {
  const dependents = (): readonly TestPatient[] => all('nia').filter(({ card }) => card.bearer === undefined);

  it('finds the person by holder, name, date and rank', async () => {
    expect(dependents().length).toBeGreaterThan(0);
    for (const patient of dependents().slice(0, 3)) {
      const answer = await read(patient);
      expect([codeOf(answer), insOf(answer)]).toEqual(['00', patient.ins]);
      expect(bench.last().attribution.patient).toBe(patient.key);
    }
  });

  it('answers 01 when one of them is wrong', async () => {
    const [patient] = dependents();
    if (!patient) throw new Error('no dependent');
    for (const changed of [{ birthName: 'AUTRE' }, { birthDate: '2001-01-01' }, { birthRank: 2 }]) {
      expect(codeOf(await read(patient, changed))).toBe('01');
      expect(bench.last().attribution.patient).toBe(patient.key);
    }
  });

  it('needs the birth date', async () => {
    const [patient] = dependents();
    if (!patient) throw new Error('no dependent');
    const answer = await read(patient, { birthDate: undefined });
    expect(answer.status).toBe(500);
    expect(bench.last().outcome).toContain('DateNaissance');
  });

  it('tells twins apart by their rank, and answers 02 without it', async () => {
    const pairs = all('jumeaux')
      .filter(({ card }) => card.bearer === undefined)
      .map((one) => [one, bench.context.population.byKey(`${one.key}-jumeau`)] as const);
    expect(pairs.length).toBeGreaterThan(0);
    for (const [one, other] of pairs) {
      if (!other) throw new Error('no twin');
      expect(other.card.holder).toBe(one.card.holder);
      expect(insOf(await read(one))).toBe(one.ins);
      expect(insOf(await read(other))).toBe(other.ins);
      expect(codeOf(await read(one, { birthRank: undefined }))).toBe('02');
    }
  });
});

describe('a card that cannot be read', () => {
  it.each([
    ['', 'ni MatriculeIndividu ni MatriculeOD'],
    ['<MatriculeIndividu><NumIdentifiant>12</NumIdentifiant></MatriculeIndividu>', 'NumIdentifiant'],
    [
      '<MatriculeIndividu><NumIdentifiant>2790351215189</NumIdentifiant><Cle>X9</Cle></MatriculeIndividu>',
      'deux chiffres',
    ],
    [
      '<RangNaissance>1</RangNaissance><MatriculeOD><NumIdentifiant>2790351215189</NumIdentifiant></MatriculeOD>',
      'mal placé',
    ],
    [
      '<MatriculeOD><NumIdentifiant>2790351215189</NumIdentifiant></MatriculeOD><DateNaissance>1979-03-28</DateNaissance><RangNaissance>premier</RangNaissance>',
      'RangNaissance',
    ],
    ['<Carte/>', 'Carte inconnu'],
  ])('is refused: %s', async (criteria, said) => {
    const answer = await bench.call({ operation: VITALE_SEARCH, criteria });
    expect([answer.status, codeOf(answer)]).toEqual([500, 'desir_000']);
    expect(bench.last().outcome).toContain(said);
  });

  it('takes the right key when none is sent', async () => {
    const patient = bench.context.population.draw('nominal');
    const criteria = `<MatriculeIndividu><NumIdentifiant>${patient.ins.slice(0, 13)}</NumIdentifiant></MatriculeIndividu>`;
    expect(insOf(await bench.call({ operation: VITALE_SEARCH, criteria }))).toBe(patient.ins);
  });
});
