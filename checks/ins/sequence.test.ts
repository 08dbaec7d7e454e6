import { describe, expect, it } from 'vitest';
import { exchange, fault, FOUND, message, NONE, reply, SEVERAL, uuid } from './call.fixture.ts';
import { checkInsiExchanges, type InsiOptions } from './index.ts';

const PLACE = '<LieuNaissance>2A020</LieuNaissance>';
/** Call number `n` with these first names, with or without the place of birth. */
const search = (n: number, names: readonly string[], place = false): string => {
  const call = message(n).replace(
    '<Prenom>DOMINIQUE</Prenom>',
    names.map((name) => `<Prenom>${name}</Prenom>`).join(''),
  );
  return place ? call : call.replace(PLACE, '');
};
const judge = (calls: readonly (readonly [body: string, answer: string])[], options: InsiOptions = {}): string[] =>
  checkInsiExchanges(
    calls.map(([body, answer], index) => exchange(index + 1, body, reply(answer))),
    options,
  ).map(({ rule, severity }) => `${rule} ${severity}`);

const NARROWING = [
  [search(1, ['DOMINIQUE']), NONE],
  [search(2, ['MARIE']), NONE],
  [search(3, ['DOMINIQUE', 'MARIE']), SEVERAL],
  [search(4, ['DOMINIQUE', 'MARIE'], true), FOUND],
] as const;
const IDENTITY = {
  traits: {
    birthName: 'Adrtrois',
    firstNames: ['Dominique', 'Marie'],
    sex: 'F',
    birthDate: '1997-02-26',
    birthPlace: '2A020',
  },
};

describe('checkInsiExchanges', () => {
  it('has nothing to say about a search that narrows and stops', () => {
    expect(judge(NARROWING, { asked: 1, identities: [IDENTITY] })).toEqual([]);
    expect(judge([[message(1), FOUND]], { asked: 1 })).toEqual([]);
    expect(
      judge(
        [
          [message(1), fault('insi_102')],
          [message(2), FOUND],
        ],
        { asked: 1 },
      ),
    ).toEqual([]);
  });

  it.each([
    ['one search, and no more', NARROWING.slice(0, 1)],
    ['each first name, never all of them', NARROWING.slice(0, 2)],
  ])('tells without error that the other first names were not tried: %s', (_, calls) => {
    expect(judge(calls, { asked: 1, identities: [IDENTITY] })).toEqual(['INSI-RETRY-MISSING warning']);
    // Nobody knows which first names there were.
    expect(judge(calls, { asked: 1 })).toEqual([]);
  });

  it('says nothing of the other first names of a search that found, failed, or tried them all in one element', () => {
    const asked = { asked: 1, identities: [IDENTITY] };
    expect(judge([[search(1, ['DOMINIQUE']), FOUND]], asked)).toEqual([]);
    expect(judge([[search(1, ['DOMINIQUE']), fault('insi_102')]], asked)).toEqual([]);
    expect(
      judge(
        [
          [search(1, ['DOMINIQUE']), NONE],
          [search(2, ['DOMINIQUE MARIE']), NONE],
        ],
        asked,
      ),
    ).toEqual([]);
    const alone = { traits: { ...IDENTITY.traits, firstNames: ['Dominique'] } };
    expect(judge([[search(1, ['DOMINIQUE']), NONE]], { asked: 1, identities: [alone] })).toEqual([]);
  });

  it('lets a search begin again that somebody asked for again', () => {
    const again = NARROWING.map(
      ([body, answer], index) =>
        [
          body
            .replace(uuid(index + 1), uuid(index + 11))
            .replace(uuid(1001 + index), uuid(1011 + index))
            .replace(uuid(2001 + index), uuid(2011 + index)),
          answer,
        ] as const,
    );
    expect(judge([...NARROWING, ...again], { asked: 2 })).toEqual([]);
  });

  it.each([
    ['INSI-MESSAGE-ID-UNIQUE', [message(1), message(2).replace(uuid(2), uuid(1))]],
    ['INSI-CONTEXT-ID-UNIQUE', [message(1), message(2).replace(uuid(1002), uuid(1001))]],
    ['INSI-CONTEXT-ID-UNIQUE', [message(1).replace(uuid(2001), uuid(1001))]],
    ['INSI-LPS-STABLE', [message(1), message(2).replace(uuid(9), uuid(10))]],
    ['INSI-FIRST-CALL-ONE-PRENOM', [message(1).replace('</Prenom>', '</Prenom><Prenom>MARIE</Prenom>')]],
    ['INSI-NO-LOOP', [1, 2, 3, 4].map(message)],
  ])('%s', (rule, bodies) => {
    const findings = checkInsiExchanges(bodies.map((body, index) => exchange(index + 1, body, reply(NONE))));
    expect(findings.map((finding) => finding.rule)).toEqual([rule]);
  });

  it.each([
    [
      'the first call is not about the first first name',
      [[search(1, ['MARIE']), NONE]],
      ['INSI-FIRST-CALL-ONE-PRENOM error'],
    ],
    [
      'all first names before each one',
      [
        [search(1, ['DOMINIQUE']), NONE],
        [search(2, ['DOMINIQUE', 'MARIE']), FOUND],
      ],
      ['INSI-RETRY-ORDER warning'],
    ],
    [
      'a wider search after a narrower one',
      [...NARROWING.slice(0, 3), [search(4, ['MARIE']), NONE]],
      ['INSI-RETRY-ORDER error'],
    ],
    [
      'a search after 00',
      [
        [search(1, ['DOMINIQUE']), FOUND],
        [search(2, ['MARIE']), NONE],
      ],
      ['INSI-NO-RETRY error'],
    ],
    [
      'the same search after a refusal',
      [
        [search(1, ['DOMINIQUE']), fault('desir_550')],
        [search(2, ['DOMINIQUE']), fault('desir_550')],
      ],
      ['INSI-NO-RETRY error'],
    ],
    ['the same search for ever', [1, 2, 3, 4].map((n) => [search(n, ['DOMINIQUE']), NONE]), ['INSI-NO-LOOP error']],
    [
      'traits of somebody else',
      [[search(1, ['DOMINIQUE']).replace('ADRTROIS', 'ADRDEUX'), NONE]],
      ['INSI-SENT-TRAITS error'],
    ],
    [
      'a place of birth that the identity does not have',
      [[search(1, ['DOMINIQUE'], true).replace('>2A020<', '>63220<'), NONE]],
      ['INSI-SENT-TRAITS error'],
    ],
    [
      'a first name of somebody else',
      [
        [search(1, ['DOMINIQUE']), NONE],
        [search(2, ['ZOE']), NONE],
      ],
      ['INSI-SENT-TRAITS error'],
    ],
  ] as const)('%s', (_, calls, expected) => {
    const findings = judge(calls as readonly (readonly [string, string])[], { asked: 1, identities: [IDENTITY] });
    expect(findings.filter((one) => !one.startsWith('INSI-RETRY-MISSING'))).toEqual(expected);
  });

  it('only hints at a search after 00 when nobody counted what was asked', () => {
    expect(
      judge([
        [message(1), FOUND],
        [message(2), FOUND],
      ]),
    ).toEqual(['INSI-NO-RETRY info']);
  });

  it('does not wait for a count to call endless what is', () => {
    const calls = Array.from({ length: 12 }, (_, index) => [search(index + 1, ['DOMINIQUE']), NONE] as const);
    expect(judge(calls)).toEqual(['INSI-NO-LOOP error']);
    expect(judge(calls.slice(0, 4))).toEqual(['INSI-NO-LOOP warning']);
  });

  it('names the exchange in the place of each finding', () => {
    const call = message(1).replace('<Sexe>F</Sexe>', '<Sexe>I</Sexe>');
    const [finding] = checkInsiExchanges([exchange(7, call)]);
    expect(finding?.where).toBe('échange e7, /Envelope/Body[1]/RECSANSVITALE[1]/Sexe[1]');
  });
});
