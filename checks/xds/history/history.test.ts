import { beforeAll, describe, expect, it } from 'vitest';
import { httpExchange } from '#formats/exchange/exchange.fixture.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { makeCredential, type TestCredential } from '#formats/xmldsig/credential.fixture.ts';
import { ISSUER } from '../../vihf/message.fixture.ts';
import { feeding, type FeedingEdits } from '../feeding.fixture.ts';
import { checkHistoryFeeding, checkHistoryRate, HISTORY_RULES, type HistoryOptions } from './index.ts';

let seal: TestCredential;
const broken = new Set<string>();
/** The one of the fixture: 7:00 UTC. */
const ACT = new Date('2026-01-05T07:00:00Z');
const EVENT = (value: string): string =>
  `<documentationOf><serviceEvent><effectiveTime><low value="${value}"/></effectiveTime></serviceEvent></documentationOf>`;
const SYSTEM = '10B0152872/1^SGL^MODELE^^^^^^&amp;1.2.250.1.71.4.2.1&amp;ISO^U^^^RI';

beforeAll(async () => {
  seal = await makeCredential(ISSUER, 'signature');
});

const dated =
  (value: string) =>
  (cda: string): string =>
    cda.replace('<component>', `${EVENT(value)}<component>`);

function exchange(edits: FeedingEdits, at = 0, id = 'e1'): HttpExchange {
  const { body, contentType } = feeding(seal, { document: dated('20260105080000+0100'), ...edits });
  return httpExchange({
    id,
    service: 'dmp',
    startedAt: new Date(Date.UTC(2026, 0, 5, 10) + at).toISOString(),
    operation: 'TD2.1',
    request: { method: 'POST', url: '/repository', headers: [['Content-Type', contentType]], body },
  });
}

function rules(edits: FeedingEdits, options: Partial<HistoryOptions> = {}): string[] {
  const findings = checkHistoryFeeding(exchange(edits), { actAt: ACT, ...options });
  for (const { rule, where } of findings) {
    broken.add(rule);
    expect(where).not.toBe('');
  }
  return findings.map(({ rule }) => rule);
}

const AUTHOR = { lastName: 'Blue', nationalId: '899700000001' };
const structureEverywhere = (text: string): string =>
  text.replaceAll(
    /(<Classification classificationScheme="urn:uuid:(?:a7058bb9|93606bcf)[^>]*>)(.*?<\/Classification>)/gs,
    (_all, head: string, rest: string) =>
      `${head}<Slot name="authorPerson"><ValueList><Value>${SYSTEM}</Value></ValueList></Slot></Classification>${head}${rest}`,
  );

describe('checkHistoryFeeding', () => {
  it('has nothing to say of a document dated of its act, by its author', () => {
    expect(rules({}, { author: AUTHOR })).toEqual([]);
    expect(rules({}, { author: { lastName: 'blue' } })).toEqual([]);
  });

  it('takes the day of the act in France, with or without a time', () => {
    const night = { actAt: new Date('2026-01-04T23:30:00Z') };
    expect(rules({ envelope: (text) => text.replace('20260105070000', '20260104233000') }, night)).toEqual([]);
    expect(rules({ document: dated('20260105') }, night)).toEqual([]);
  });

  it.each([
    ['another day in the metadata', { envelope: (text: string) => text.replace('20260105070000', '20260106070000') }],
    ['no date in the metadata', { envelope: (text: string) => text.replace('"serviceStartTime"', '"autre"') }],
    ['another day in the CDA', { document: dated('20260106080000+0100') }],
    ['no date in the CDA', { document: dated('') }],
    ['a date that is none', { document: dated('20261345250000+0100') }],
  ])('DMP-HISTORY-DATE: %s', (_case, edits) => {
    expect(rules(edits)).toEqual(['DMP-HISTORY-DATE']);
  });

  it('DMP-HISTORY-AUTHOR: the author of then is gone from the document', () => {
    expect(rules({}, { author: { lastName: 'ANCIEN' } })).toEqual(['DMP-HISTORY-AUTHOR']);
    expect(rules({}, { author: { ...AUTHOR, nationalId: '899700000009' } })).toEqual(['DMP-HISTORY-AUTHOR']);
  });

  it('DMP-HISTORY-AUTHOR: the structure is missing where the author has left', () => {
    const gone = { author: AUTHOR, authorGone: true };
    expect(rules({}, gone)).toEqual(['DMP-HISTORY-AUTHOR', 'DMP-HISTORY-AUTHOR']);
    expect(rules({ envelope: structureEverywhere }, gone)).toEqual([]);
    const numberless = (text: string): string =>
      text.replaceAll(
        '899700000001^BLUE^EVA^^^^^^&amp;1.2.250.1.71.4.2.1&amp;ISO^D^^^IDNPS',
        '310B0152872/7^BLUE^EVA^^^^^^&amp;1.2.250.1.71.4.2.1&amp;ISO^U^^^EI',
      );
    expect(rules({ envelope: numberless }, { author: { lastName: 'BLUE' }, authorGone: true })).toHaveLength(2);
  });

  it('leaves what cannot be read to the check of every feeding', () => {
    const whole = exchange({});
    const cut = { ...whole, request: { ...whole.request, body: whole.request.body.subarray(0, 900) } };
    expect(checkHistoryFeeding(cut, { actAt: ACT, authorGone: true })).toEqual([]);
  });
});

describe('checkHistoryRate', () => {
  const fed = (...at: readonly number[]): HttpExchange[] => at.map((one, rank) => exchange({}, one, `e${rank}`));

  it('has nothing to say within the limit, in any second', () => {
    expect(checkHistoryRate(fed(0, 300, 600, 900, 1000), 4)).toEqual([]);
    expect(checkHistoryRate([], 4)).toEqual([]);
  });

  it('DMP-HISTORY-RATE: one too many, astride two seconds of the clock', () => {
    const [finding] = checkHistoryRate(fed(0, 800, 900, 1100, 1300, 1500), 4);
    broken.add(finding?.rule ?? '');
    expect(finding).toMatchObject({ where: 'échange e1', received: '5 alimentations en une seconde' });
  });
});

describe('rules of the history', () => {
  it('each have a breaker', () => {
    expect([...broken].toSorted()).toEqual(HISTORY_RULES.map(({ id }) => id).toSorted());
  });
});
