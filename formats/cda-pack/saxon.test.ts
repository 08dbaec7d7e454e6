import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { interpret, loadSchema, openLibrary, parseXml } from '../schematron/index.ts';
import { GENERIC_LAYERS, openFolder } from './index.ts';
import { mutant } from './mutants.fixture.ts';
import { hasOfficialPack, OFFICIAL_PACK, officialExample, officialExamples, WITHOUT_PACK } from './official.fixture.ts';
import { compiledByReference, judgedByReference, missingReference, normalized } from './saxon.fixture.ts';
import { RESHAPINGS, reshaped } from './variants.fixture.ts';

const missing = missingReference();
const REASON = `${WITHOUT_PACK}, or without java, libsaxonhe-java and python3-lxml${missing.length === 0 ? '' : ` — missing here: ${missing.join(', ')}`}`;
/** More of them find more differences, and take longer. */
const MUTANTS = Number(process.env['JALON_MUTANTS'] ?? 1);
/** Number of faults of each mutant in turn: one tells a rule, many tell what rules do of one another. */
const FAULTS = [20, 3, 1, 10];
/** Those with the most in them: organizers and many observations, a prescription. */
const RESHAPED_EXAMPLES = ['BIO-CR-BIO_2021.01_Electrophorese.xml', 'eP-MED-DM_2023.01_PosoStruct.xml'];
const SCHEMAS = [
  ...GENERIC_LAYERS.map(({ file }) => file),
  'schematrons/CI-SIS_BIO-CR-BIO_2024.01.sch',
  'schematrons/CI-SIS_BIO-CR-BIO_2021.01.sch',
  'schematrons/CI-SIS_BIO-TROD_2024.01.sch',
  'schematrons/CI-SIS_EP-MED-DM_2023.01.sch',
];

describe.skipIf(!hasOfficialPack || missing.length > 0)(`the ISO implementation on Saxon (${REASON})`, () => {
  const work = mkdtempSync(join(tmpdir(), 'jalon-saxon-'));
  const documents = join(work, 'documents');

  beforeAll(() => {
    mkdirSync(documents);
    for (const [index, [name, bytes]] of [...officialExamples()].entries()) {
      writeFileSync(join(documents, name), bytes);
      for (let count = 0; count < MUTANTS; count += 1)
        writeFileSync(
          join(documents, `mutant-${count}-${name}`),
          mutant(bytes, index * 1000 + count, FAULTS[count % FAULTS.length] ?? 1),
        );
    }
    for (const name of RESHAPINGS)
      for (const [index, example] of RESHAPED_EXAMPLES.slice(0, MUTANTS).entries()) {
        const file = `${index}-${name.replaceAll(/\W+/gu, '-')}.xml`;
        writeFileSync(join(documents, file), reshaped(officialExample(example), name));
      }
    // Few faults reach a terminology by chance.
    const units = Buffer.from(officialExamples().get('BIO-CR-BIO_2024.01_TSH_1.xml') ?? []).toString('utf8');
    writeFileSync(join(documents, 'units.xml'), units.replaceAll('unit="', 'unit="z'));
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  // A schematron of a model judges every document here, of this model or not: it then finds much.
  it.each(SCHEMAS)('says the same, text, count and place: %s', { timeout: 600_000 }, (file) => {
    const folder = openFolder(OFFICIAL_PACK);
    const { schema } = loadSchema(folder, file);
    if (schema === undefined) throw new Error(file);
    const interpreter = interpret(schema, openLibrary(folder).from(file));
    const own = join(work, file.replaceAll('/', '-'));
    const sheet = compiledByReference(join(OFFICIAL_PACK, file), own);
    const reference = judgedByReference(sheet, documents, join(own, 'results'));
    const names = readdirSync(documents);
    expect(reference.size).toBe(names.length);
    for (const name of names) {
      const ours = interpreter.judge(parseXml(readFileSync(join(documents, name))));
      expect(
        ours.filter(({ kind }) => kind === 'error'),
        name,
      ).toEqual([]);
      expect(lines(ours), name).toEqual(lines(reference.get(name) ?? []));
    }
    expect([...reference.values()].flat().length).toBeGreaterThan(0);
  });
});

/** The reference leaves a position out where an element is alone, and names the document by its root. */
function lines(failures: readonly { readonly where: string; readonly text: string }[]): readonly string[] {
  return failures
    .map(
      ({ where, text }) => `${where === '/' ? '/ClinicalDocument' : where.replaceAll('[1]', '')} ${normalized(text)}`,
    )
    .toSorted();
}
