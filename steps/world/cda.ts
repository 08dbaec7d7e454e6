import { checkCdaFile, FILE_RULES, OFFICIAL_RULES, packFindings, type CdaOptions } from '#checks/cda/index.ts';
import type { Finding, Rule } from '#dsr/verdict/index.ts';
import { readCda } from '#formats/cda/index.ts';
import { cdaReport } from './cda-report.ts';
import type { ScenarioWorld } from './scenario-world.ts';

/** What is said of one document, and by which rules. */
export interface JudgedCda {
  readonly findings: readonly Finding[];
  readonly rules: readonly Rule[];
}

/**
 * What the rules say of a CDA that the product gave: business rules, then the official pack of the vendor where the run has one.
 * Without it, no rule of the pack is said to hold. What was said is kept beside the document.
 *
 * @param name of the piece that holds the document
 */
export async function readCdaFindings(
  world: ScenarioWorld,
  bytes: Uint8Array,
  options: CdaOptions,
  name = 'cda',
): Promise<JudgedCda> {
  const business = checkCdaFile(bytes, options);
  const { pack } = world.bench.references;
  const answer = await pack?.judge(bytes);
  const reading = readCda(bytes);
  const official = answer === undefined ? [] : packFindings(answer, reading.ok ? reading.document.level : undefined);
  const findings = [...business, ...official];
  const rules = answer === undefined ? FILE_RULES : [...FILE_RULES, ...OFFICIAL_RULES];
  world.capture({
    name: `${name}-rapport`,
    extension: '.txt',
    mediaType: 'text/plain',
    bytes: Buffer.from(cdaReport(bytes, findings, rules, answer), 'utf8'),
    caption: 'Ce que le banc dit de ce document, couche par couche',
  });
  const volet = answer?.ok === true ? answer.report.volet.kind : undefined;
  if (volet === 'unknown' || volet === 'no-version') {
    world.review(
      'Le pack CI-SIS donné n’a pas le schematron du modèle que nomme ce document : donnez un pack qui l’a, ou faites-le valider par l’ANS.',
    );
  }
  return { findings, rules };
}

/** Judges a CDA that the product gave, see {@link readCdaFindings}. */
export async function judgeCda(
  world: ScenarioWorld,
  bytes: Uint8Array,
  options: CdaOptions,
  name?: string,
): Promise<void> {
  const { findings, rules } = await readCdaFindings(world, bytes, options, name);
  world.judge(findings, rules);
}
