import { describe, expect, it } from 'vitest';
import { cents } from '#dsr/money/index.ts';
import { loadScales } from '#dsr/scales/index.ts';
import { aDoneOrder, anAdvance, anOrder, play, regulation } from '../asp.fixture.ts';
import { announcedPieces, checkDocument } from './index.ts';

type Json = Record<string, unknown>;
const RULES = regulation('2022-11-29T09:00:00Z');
const documentOf = async (
  kind: 'avance' | 'solde',
  order = kind === 'avance' ? anOrder() : aDoneOrder(),
): Promise<Json> => {
  const [made] = await play({ kind, orders: [order] });
  if (made?.ok !== true) throw new Error(JSON.stringify(made));
  return JSON.parse(made.prepared.json.text) as Json;
};
const problems = (document: Json) =>
  checkDocument(document, RULES).map(({ code, where, received, expected }) => [
    code,
    where,
    ...[received, expected].map((text) => text.replaceAll('\u00A0', ' ')),
  ]);

const ADVANCE = await documentOf('avance');
const BALANCE = await documentOf('solde');
const amounts = (changes: object): Json => ({ ...ADVANCE, amounts: { ...(ADVANCE['amounts'] as Json), ...changes } });

describe('a document in a proposed layout', () => {
  it('has nothing wrong when Jalon made it', () => {
    expect([problems(ADVANCE), problems(BALANCE)]).toEqual([[], []]);
  });

  it('is compared with itself: TTC, amount asked for', () => {
    expect(problems(amounts({ ttc: 32_940.01 }))).toEqual([['ASP-TTC', '/amounts/ttc', '32 940,01 €', '32 940,00 €']]);
    expect(problems(amounts({ ht: 20_000, ttc: 24_000 }))).toEqual([
      ['ASP-REQUESTED', '/requested/ttc', '9 882,00 €', '7 200,00 €'],
    ]);
    expect(problems(amounts({ vatRate: 0.055, ttc: 28_959.75 }))).toEqual([
      ['ASP-REQUESTED', '/requested/ttc', '9 882,00 €', '8 687,93 €'],
    ]);
    // Without what was asked for there is nothing to compare.
    const { requested: _, ...bare } = amounts({ ht: 20_000, ttc: 24_000 });
    expect(problems(bare)).toEqual([]);
  });

  it('may ask for another balance, where an amendment or another advance explains it', async () => {
    const requested = { ...(BALANCE['requested'] as Json), ttc: 23_058.01 };
    expect(checkDocument({ ...BALANCE, requested }, RULES)).toEqual([
      {
        code: 'ASP-REQUESTED',
        where: '/requested/ttc',
        received: '23\u00A0058,01\u00A0€',
        expected: '23\u00A0058,00\u00A0€',
        doubtful: true,
      },
    ]);
    const wrong = { ...ADVANCE, requested: { ...(ADVANCE['requested'] as Json), ttc: 1 } };
    expect(checkDocument(wrong, RULES)[0]).not.toHaveProperty('doubtful');
    const [made] = await play({
      kind: 'solde',
      orders: [aDoneOrder()],
      requests: [anAdvance({ requested: cents(800_000) })],
    });
    expect(made?.ok).toBe(true);
  });

  it('keeps the ceiling of its band, pre-tax, to the cent', () => {
    expect(problems(amounts({ ht: 27_450.01, ttc: 32_940.01 }))).toEqual([
      [
        'ASP-CEILING',
        '/amounts/ht',
        '27 450,01 €',
        expect.stringMatching(/^27 450,00 € HT au plus \(SGL vague 1, tranche B/u),
      ],
    ]);
    const elsewhere = {
      ...amounts({ ht: 90_000, ttc: 108_000 }),
      programme: { couloir: 'RIS', wave: '1' },
      requested: { ttc: 32_400 },
    };
    expect(problems(elsewhere)).toEqual([]);
  });

  it('has no ceiling where no band takes its sites, and says so', () => {
    const { bands, ...scales } = loadScales();
    const first = bands.filter(({ band }) => band === 'A');
    const rules = regulation('2022-11-29T09:00:00Z', { ...scales, bands: first });
    const [problem, ...others] = checkDocument(ADVANCE, rules);
    expect([problem?.code, problem?.where, problem?.received, others]).toEqual([
      'ASP-BAND',
      '/instance/sites',
      '2 site(s)',
      [],
    ]);
    expect(problem?.expected).toMatch(/^un nombre de sites pris par une tranche \(SGL vague 1, barème /u);
  });

  it('has true identifiers, each told at its place', () => {
    const wrong = {
      ...ADVANCE,
      supplier: { siret: 'faux-1' },
      client: { siret: 'faux-2', finessJuridique: 'faux-3', rpps: 'faux-4' },
      instance: { sites: [{ finessGeo: '990000028' }, { finessGeo: 'faux-5' }] },
    };
    expect(problems(wrong)).toEqual([
      ['ASP-IDENTIFIER', '/supplier/siret', 'faux-1', 'fausse clé'],
      ['ASP-IDENTIFIER', '/client/siret', 'faux-2', 'fausse clé'],
      ['ASP-IDENTIFIER', '/client/finessJuridique', 'faux-3', 'fausse clé'],
      ['ASP-IDENTIFIER', '/client/rpps', 'faux-4', 'fausse clé'],
      ['ASP-IDENTIFIER', '/instance/sites/1/finessGeo', 'faux-5', 'fausse clé'],
    ]);
  });

  it('names each site and each piece once, whatever the case', () => {
    const site = { finessGeo: '990000028' };
    const twice = {
      ...ADVANCE,
      instance: { sites: [site, { finessGeo: '990000036' }, site, site] },
      attachments: [{ fileName: 'bon.pdf' }, { fileName: 'BON.pdf' }, { fileName: 'bon2.pdf' }],
    };
    expect(problems(twice)).toEqual([
      ['ASP-SITE-TWICE', '/instance/sites/2', '990000028', 'une seule fois chacun'],
      ['ASP-SITE-TWICE', '/instance/sites/3', '990000028', 'une seule fois chacun'],
      ['ASP-PIECE-TWICE', '/attachments/1', 'bon.pdf', 'une seule fois chacun'],
    ]);
  });

  it('tells all that is wrong together', () => {
    const wrong = {
      ...amounts({ ht: 90_000, ttc: 5 }),
      supplier: { siret: 'faux' },
      attachments: [{ fileName: 'a' }, { fileName: 'a' }],
    };
    expect(problems(wrong).map(([code]) => code)).toEqual([
      'ASP-TTC',
      'ASP-CEILING',
      'ASP-REQUESTED',
      'ASP-IDENTIFIER',
      'ASP-PIECE-TWICE',
    ]);
  });

  it('announces its pieces', () => {
    expect(announcedPieces(ADVANCE)).toEqual([{ name: 'bon.pdf', sha256: expect.stringMatching(/^[0-9a-f]{64}$/u) }]);
    expect(announcedPieces({})).toEqual([]);
  });
});
