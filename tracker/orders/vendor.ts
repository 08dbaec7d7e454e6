import { readFileSync } from 'node:fs';
import { parseCivilDate } from '#dsr/dates/index.ts';
import { readDataFile, type DataProblem, type DataReading } from '#dsr/official-data/index.ts';
import type { IdentifierReader } from './row-reader.ts';
import type { Vendor, VendorProduct } from './types.ts';

const beside = (name: string): string => readFileSync(new URL(`./${name}`, import.meta.url), 'utf8');
let schema: object | undefined;

/** The published example of `editeur.json`, to be filled in. */
export function vendorTemplate(): string {
  return beside('vendor.example.json');
}

/**
 * Reads `editeur.json` against its schema (`vendor.schema.json`), then its identifiers and dates.
 *
 * @returns the vendor, or everything that is wrong with its JSON path; never throws whatever the text
 */
export function readVendor(text: string, identifier: IdentifierReader): DataReading<Vendor> {
  schema ??= JSON.parse(beside('vendor.schema.json')) as object;
  const reading = readDataFile<Vendor & { readonly $schema?: string }>(text, schema);
  if (!reading.ok) return reading;
  const { name, siret, products } = reading.value;
  const typed = identifier('siret', siret);
  const problems = [
    ...(typed.ok ? [] : [problem('VENDOR_SIRET', '/siret', typed.message, typed.remedy)]),
    ...products.flatMap((product, index) => dateProblems(product, `/products/${index}`)),
    ...twice(products),
  ];
  if (problems.length > 0 || !typed.ok) return { ok: false, problems };
  return { ok: true, value: { name, siret: typed.value, products } };
}

const DATES = ['sentOn', 'deemedCompleteOn', 'referencedOn', 'advancePeriodEndsOn'] as const;

/** The schema knows the shape of a date, not that 30 February is none. */
function dateProblems(product: VendorProduct, path: string): readonly DataProblem[] {
  return DATES.filter((name) => product[name] !== undefined && parseCivilDate(product[name]) === undefined).map(
    (name) =>
      problem(
        'VENDOR_DATE',
        `${path}/${name}`,
        `« ${product[name] ?? ''} » n’est pas un jour du calendrier.`,
        'Écrivez un jour qui existe, AAAA-MM-JJ.',
      ),
  );
}

/** Orders name their product by its name, version, couloir and wave: two alike would leave them without dates. */
function twice(products: readonly VendorProduct[]): readonly DataProblem[] {
  const seen = new Map<string, number>();
  return products.flatMap(({ name, version, couloir, wave }, index) => {
    const key = JSON.stringify([name, version, couloir, wave]);
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, index);
      return [];
    }
    return [
      problem(
        'VENDOR_PRODUCT_TWICE',
        `/products/${index}`,
        `${name} ${version} est déjà donné pour ${couloir}, vague ${wave}, en /products/${first}.`,
        'Gardez un seul des deux.',
      ),
    ];
  });
}

function problem(code: string, path: string, message: string, remedy: string): DataProblem {
  return { code, path, message, remedy };
}
