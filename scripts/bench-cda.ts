/**
 * Official CI-SIS pack on its examples: first document of a process, each document warm through all layers, and each
 * schematron beside the ISO implementation on Saxon, warm too, where Java is present. Times are those of the processor, so
 * that a busy machine lies less; those of Saxon are its own, on the clock.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GENERIC_LAYERS, openFolder, openJudge } from '#formats/cda-pack/index.ts';
import {
  hasOfficialPack,
  OFFICIAL_EXAMPLES,
  OFFICIAL_PACK,
  officialExamples,
} from '#formats/cda-pack/official.fixture.ts';
import { compiledByReference, missingReference, warmReference } from '#formats/cda-pack/saxon.fixture.ts';
import { interpret, loadSchema, openLibrary, parseXml } from '#formats/schematron/index.ts';
import { fr, measured } from './measured.ts';

const ROUNDS = 15;
const LIMIT = { firstSeconds: 3, megabytes: 400, medianMs: 150, electrophoresisMs: 500 } as const;
const BIOLOGY = 'BIO-CR-BIO_2024.01_TSH_1.xml';
const ELECTROPHORESIS = 'BIO-CR-BIO_2021.01_Electrophorese.xml';
const VOLET = 'schematrons/CI-SIS_BIO-CR-BIO_2024.01.sch';

export async function benchCda(): Promise<void> {
  if (!hasOfficialPack) {
    process.stdout.write('pack CI-SIS : absent de ../shared/ci-sis, rien à mesurer\n');
    return;
  }
  process.stdout.write(`pack CI-SIS, toutes les couches, ${ROUNDS} tours à chaud (temps de processeur, médiane)\n`);
  const names = [...officialExamples().keys()].map((name) => join(OFFICIAL_EXAMPLES, name));
  const check = (documents: readonly string[]) =>
    measured(['check', 'cda', '--pack', OFFICIAL_PACK, ...documents], () => false);
  const { seconds } = await check([join(OFFICIAL_EXAMPLES, BIOLOGY)]);
  const { peaks } = await check(names);
  process.stdout.write(
    `  premier document, commande entière : ${fr(seconds)} s d’horloge (but : ${LIMIT.firstSeconds} s) ; ${names.length} documents : ${fr(Math.max(...peaks), 0)} Mo (but : ${LIMIT.megabytes} Mo)\n`,
  );
  const judge = openJudge(openFolder(OFFICIAL_PACK));
  const times = [...officialExamples()].map(([name, bytes]) => ({ name, ms: warm(() => judge.judge(bytes)) }));
  for (const { name, ms } of times) process.stdout.write(`  ${name} : ${fr(ms, 0)} ms\n`);
  const biology = times.filter(({ name }) => name.startsWith('BIO-CR-BIO')).map(({ ms }) => ms);
  const electrophoresis = times.find(({ name }) => name === ELECTROPHORESIS)?.ms ?? Number.NaN;
  process.stdout.write(
    `  compte rendu de biologie médian : ${fr(median(biology), 0)} ms (but : ${LIMIT.medianMs} ms) ; électrophorèse : ${fr(electrophoresis, 0)} ms (but : ${LIMIT.electrophoresisMs} ms)\n`,
  );
  besideReference();
}

function besideReference(): void {
  const missing = missingReference();
  if (missing.length > 0) {
    process.stdout.write(`  Saxon : pas de comparaison, il manque ${missing.join(', ')}\n`);
    return;
  }
  const folder = openFolder(OFFICIAL_PACK);
  const library = openLibrary(folder);
  const work = mkdtempSync(join(tmpdir(), 'jalon-bench-saxon-'));
  for (const file of [...GENERIC_LAYERS.map((layer) => layer.file), VOLET]) {
    const { schema } = loadSchema(folder, file);
    if (schema === undefined) continue;
    const interpreter = interpret(schema, library.from(file));
    const sheet = compiledByReference(join(OFFICIAL_PACK, file), join(work, file.replaceAll('/', '-')));
    for (const name of [BIOLOGY, ELECTROPHORESIS]) {
      const bytes = officialExamples().get(name);
      if (bytes === undefined) continue;
      const ours = warm(() => interpreter.judge(parseXml(bytes)));
      const saxon = warmReference(sheet, join(OFFICIAL_EXAMPLES, name), ROUNDS);
      process.stdout.write(
        `  ${file.split('/').at(-1)}, ${name} : ${fr(ours)} ms, Saxon ${fr(saxon)} ms, rapport ${fr(ours / saxon, 2)}\n`,
      );
    }
  }
  rmSync(work, { recursive: true, force: true });
}

/** Milliseconds of processor of one call, once what it compiles is compiled. */
function warm(call: () => unknown): number {
  for (let round = 0; round < 3; round += 1) call();
  return median(
    Array.from({ length: ROUNDS }, () => {
      const start = process.cpuUsage();
      call();
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    }),
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
