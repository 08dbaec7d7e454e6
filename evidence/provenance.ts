import type { EvidenceClass } from '#dsr/rem/index.ts';
import type { Provenance } from './types.ts';

const CLASS_IN_WORDS: Readonly<Record<EvidenceClass, string>> = {
  bench: 'faite par le banc',
  rehearsal: 'répétition : la preuve officielle est une référence externe',
  human: 'à fournir par une personne ; la pièce du banc l’accompagne',
};

/** The provenance sheet as a person reads it: plain UTF-8 text, one fact a line. */
export function provenanceSheet(provenance: Provenance): string {
  const { product, rem } = provenance;
  const lines: readonly (readonly [string, string])[] = [
    ['N° de preuve', provenance.slot],
    ['Exigence', provenance.requirement],
    ['Scénario joué', provenance.scenario],
    ['Ce que montre la pièce', provenance.caption],
    ['Classe', CLASS_IN_WORDS[provenance.evidenceClass]],
    ['Verdict du scénario', provenance.verdict],
    [
      'Produit testé',
      `${product.name} ${product.version}${product.build ? ` (build ${product.build})` : ''}${product.editor ? `, ${product.editor}` : ''}`,
    ],
    ['Piloté par', provenance.driver],
    ...(provenance.operator === undefined ? [] : ([['Exécution lancée par', provenance.operator]] as const)),
    ...(provenance.mocks === undefined ? [] : ([['Services simulés', `profil ${provenance.mocks.profile}`]] as const)),
    ['REM', `${rem.category} ${rem.wave}, ${rem.source}`],
    ['Empreinte de la REM (SHA-256)', rem.sha256],
    ...((provenance.references ?? []).length === 0
      ? []
      : ([['Référentiels', (provenance.references ?? []).join(' ; ')]] as const)),
    ['Exécution', provenance.run],
    ['Recueillie le', provenance.collectedAt],
    ['Version du banc', provenance.benchVersion],
    ['Fichier', `${provenance.file} (${provenance.mediaType}, ${provenance.size} octets)`],
    ['SHA-256', provenance.sha256],
    ...(provenance.masked
      ? ([
          ['Secrets masqués', 'oui ; l’original est conservé à part'],
          ['SHA-256 de l’original', provenance.originalSha256],
        ] as const)
      : []),
  ];
  return `${lines.map(([label, value]) => `${label} : ${value}`).join('\n')}\n`;
}
