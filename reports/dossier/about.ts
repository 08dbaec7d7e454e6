import type { About } from '#evidence/sealed/index.ts';
import type { DossierInput } from './types.ts';

/** What the manifest says of a dossier. */
export function aboutDossier({ campaign, rem, partial, asOf, benchVersion, sections }: DossierInput): About {
  return {
    complete: !partial,
    campaign: campaign.id,
    product: campaign.product,
    rem: { category: rem.category, wave: rem.wave, source: rem.source, sha256: rem.sha256 },
    asOf,
    benchVersion,
    ...(sections === undefined ? {} : { sections }),
  };
}
