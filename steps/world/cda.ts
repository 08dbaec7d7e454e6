import { checkCdaFile, FILE_RULES, OFFICIAL_RULES, packFindings, type CdaOptions } from '#checks/cda/index.ts';
import { readCda } from '#formats/cda/index.ts';
import type { ScenarioWorld } from './scenario-world.ts';

/**
 * Judges a CDA that the product gave: business rules, then the official pack of the vendor where the run has one. Without it,
 * no rule of the pack is said to hold.
 */
export async function judgeCda(world: ScenarioWorld, bytes: Uint8Array, options: CdaOptions): Promise<void> {
  const business = checkCdaFile(bytes, options);
  const { pack } = world.bench.references;
  if (pack === undefined) {
    world.judge(business, FILE_RULES);
    return;
  }
  const reading = readCda(bytes);
  const answer = await pack.judge(bytes);
  const official = packFindings(answer, reading.ok ? reading.document.level : undefined);
  world.judge([...business, ...official], [...FILE_RULES, ...OFFICIAL_RULES]);
  const volet = answer.ok ? answer.report.volet.kind : undefined;
  if (volet === 'unknown' || volet === 'no-version') {
    world.review(
      'Le pack CI-SIS donné n’a pas le schematron du modèle que nomme ce document : donnez un pack qui l’a, ou faites-le valider par l’ANS.',
    );
  }
}
