import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadCalendar } from '#dsr/calendar/index.ts';
import { SCHEMAS } from '#tracker/api/schemas/views.ts';
import { calculators } from './calculators.ts';
import { scalesFrom } from './official-data.ts';

const CALCULATORS = calculators();

const ajv = new Ajv({ strict: false });
ajv.addSchema({ $id: 'api', components: { schemas: SCHEMAS } });
function conforms(name: string, answer: unknown): void {
  const valid = ajv.validate({ $ref: `api#/components/schemas/${name}` }, JSON.parse(JSON.stringify(answer)));
  expect(valid ? [] : ajv.errors).toEqual([]);
}
const file = (text: string) => ({ name: 'f', bytes: new TextEncoder().encode(text) });

describe('what the pages ask for', () => {
  it('is as the API publishes it', async () => {
    conforms('QuoteForm', CALCULATORS.quoteForm());
    conforms(
      'QuoteReport',
      await CALCULATORS.checkQuoteTyped({ kind: 'order', lines: [{ label: 'A', ht: '1,234', payer: 'state' }] }),
    );
    conforms('QuoteReport', await CALCULATORS.checkQuoteFile(file('a;b')));
    conforms('SunesReport', await CALCULATORS.sunes(file(`${CALCULATORS.sunesTemplate()}x;y\n`)));
    conforms('SunesReport', await CALCULATORS.sunes(file('')));
  });

  it('is located for who typed it', async () => {
    const { verdict, findings } = await CALCULATORS.checkQuoteTyped({
      kind: 'quote',
      couloir: 'SGL',
      lines: [{ label: 'A', ht: '1,234', payer: 'state', dsr: ['SGL'] }],
    });
    expect(verdict).toBe('non-conforme');
    expect(findings.map(({ rule, where }) => `${rule} ${where}`)).toEqual([
      'QUOTE-VALUE ligne 1, Montant HT',
      'QUOTE-STATE-WORDING ligne 1, Libellé',
      'QUOTE-HT-REFERENCE ligne 1, Montant HT',
    ]);
    const refused = await CALCULATORS.checkQuoteTyped({ kind: 'quote', siteCount: 'x', lines: [{}] });
    expect(refused.verdict).toBe('non-verifiable');
    expect(refused.findings.map(({ where }) => where)).toEqual(['Nombre de sites', 'ligne 1']);
    expect(findings[1]?.controls).toEqual([
      { id: 'Q6', title: expect.stringContaining('montant pris en charge') as string },
    ]);
  });

  it('is computed with the official tables that the user added, which the answer names', async () => {
    const scales = await scalesFrom(fileURLToPath(new URL('../dsr/scales/scales.example.json', import.meta.url)));
    const figures = { scales, calendar: loadCalendar() };
    const order = {
      kind: 'quote',
      couloir: 'LGC',
      wave: '2',
      siteCount: 3,
      lines: [{ label: 'A', ht: '1500', payer: 'state', dsr: ['LGC'] }],
    };
    const [shipped, newer] = [
      await CALCULATORS.checkQuoteTyped(order),
      await calculators(figures).checkQuoteTyped(order),
    ];
    const ceilings = ({ findings }: typeof newer) => findings.filter(({ rule }) => rule === 'QUOTE-CEILING').length;
    expect([ceilings(shipped), ceilings(newer)]).toEqual([0, 1]);
    expect(shipped.scales).not.toContain('exemple-2027-01');
    expect(newer.scales).toMatch(/^exemple-2027-01 .*scales\.example\.json/u);
  });

  it('has the choices of the published schema', () => {
    const schema = JSON.parse(
      readFileSync(new URL('../checks/quote/read/quote.schema.json', import.meta.url), 'utf8'),
    ) as {
      $defs: Record<'line' | 'document', { properties: Record<string, { enum?: string[] }> }>;
    };
    const form = CALCULATORS.quoteForm();
    const values = (choices: readonly { readonly value: string }[]): readonly string[] =>
      choices.map(({ value }) => value);
    const { line, document } = schema.$defs;
    expect(values(form.categories)).toEqual(line.properties['category']?.enum);
    expect(values(form.payers)).toEqual(line.properties['payer']?.enum);
    expect(values(form.kinds)).toEqual(document.properties['kind']?.enum);
    expect(values(form.signatures)).toEqual(document.properties['signature']?.enum);
  });
});
