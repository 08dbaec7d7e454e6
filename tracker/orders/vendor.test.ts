import { describe, expect, it } from 'vitest';
import { readVendor, vendorTemplate } from './index.ts';
import { identifier } from './orders.fixture.ts';

const TEMPLATE = JSON.parse(vendorTemplate()) as { siret: string; products: Record<string, unknown>[] };
const problems = (change: object): readonly string[] => {
  const reading = readVendor(JSON.stringify({ ...TEMPLATE, ...change }), identifier);
  return reading.ok ? [] : reading.problems.map(({ code, path }) => `${code} ${path}`);
};

describe('editeur.json', () => {
  it('is read as its example shows it, and its SIRET as digits', () => {
    const spaced = { ...TEMPLATE, $schema: './x.json', siret: '000 000 000 00208' };
    const { $schema: _, ...vendor } = spaced;
    expect(readVendor(JSON.stringify(spaced), identifier)).toEqual({
      ok: true,
      value: { ...vendor, siret: '00000000000208' },
    });
  });

  it('is told all that is wrong', () => {
    const [product] = TEMPLATE.products;
    expect(
      problems({ siret: '1', products: [{ ...product, sentOn: '2022-02-30', referencedOn: '2021-02-29' }, product] }),
    ).toEqual([
      'VENDOR_SIRET /siret',
      'VENDOR_DATE /products/0/sentOn',
      'VENDOR_DATE /products/0/referencedOn',
      'VENDOR_PRODUCT_TWICE /products/1',
    ]);
    expect(
      problems({
        products: [
          { ...product, wave: '3' },
          { ...product, wave: '2', nom: 1 },
        ],
      }),
    ).toEqual(['DATA_VALUE /products/0/wave', 'DATA_UNKNOWN_FIELD /products/1']);
    expect(readVendor('{', identifier)).toMatchObject({ ok: false, problems: [{ code: 'DATA_NOT_JSON' }] });
  });
});
