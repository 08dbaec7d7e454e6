import { createHash } from 'node:crypto';
import type { Finding, Rule } from '#dsr/verdict/index.ts';
import type { PackAnswer } from '#formats/cda-pack/index.ts';

const LAYERS = ['wellformed', 'xsd', 'schematron', 'business', 'wire'] as const;
const NAMES: Readonly<Record<(typeof LAYERS)[number], string>> = {
  wellformed: 'Bien formé',
  xsd: 'Schéma XSD',
  schematron: 'Schematrons',
  business: 'Règles métier du banc',
  wire: 'Transport',
};
const SEVERITIES = { error: 'erreur', warning: 'avertissement', info: 'information' } as const;

/**
 * What the bench says of one document, layer by layer, as a text that stands alone: it goes beside the document in the slots
 * whose official proof is a link to a validation report.
 *
 * @param rules those that were applied
 * @param answer of the official pack; absent when the run has none
 */
export function cdaReport(
  bytes: Uint8Array,
  findings: readonly Finding[],
  rules: readonly Rule[],
  answer?: PackAnswer,
): string {
  const broken = new Set(findings.map(({ rule }) => rule));
  const held = rules.filter(({ id }) => !broken.has(id));
  return [
    'Rapport de validation du banc Jalon',
    'Répétition : le rapport officiel est celui de l’espace de tests d’interopérabilité du CI-SIS (Gazelle).',
    '',
    `Document : ${bytes.length} octets, SHA-256 ${createHash('sha256').update(bytes).digest('hex')}`,
    packLine(answer),
    '',
    'Couches',
    ...LAYERS.filter((layer) => layer !== 'wire' || findings.some((finding) => finding.layer === layer)).map(
      (layer) => `  ${NAMES[layer].padEnd(24)}${stateOf(layer, findings, answer)}`,
    ),
    '',
    `Constats : ${findings.length}`,
    ...findings.flatMap(({ rule, severity, where, received, expected, source }) => [
      `  ${rule} (${SEVERITIES[severity]})`,
      `    où       ${where}`,
      `    reçu     ${received}`,
      `    attendu  ${expected}`,
      `    source   ${source}`,
    ]),
    '',
    `Règles appliquées et tenues : ${held.length}`,
    ...held.map(({ id, title }) => `  ${id}  ${title}`),
    '',
  ].join('\n');
}

function packLine(answer: PackAnswer | undefined): string {
  if (answer === undefined)
    return 'Pack CI-SIS : aucun ; ni le schéma XSD ni les schematrons n’ont été joués (option --cda-pack).';
  if (!answer.ok) return `Pack CI-SIS : n’a pas jugé ce document (${answer.message}).`;
  const { identity, volet, layers } = answer.report;
  const model = volet.kind === 'found' ? `, volet ${volet.model} ${volet.version}` : '';
  return `Pack CI-SIS : SHA-256 ${identity.sha256} (${identity.files} fichiers) ; ${layers.length} schematrons joués${model}.`;
}

function stateOf(layer: (typeof LAYERS)[number], findings: readonly Finding[], answer: PackAnswer | undefined): string {
  const official = layer === 'xsd' || layer === 'schematron';
  if (official && answer?.ok !== true) return 'non joué';
  const own = findings.filter((finding) => finding.layer === layer);
  const count = (severity: Finding['severity']): number => own.filter((one) => one.severity === severity).length;
  if (own.length === 0) return 'rien à redire';
  return `${count('error')} erreur(s), ${count('warning')} avertissement(s), ${count('info')} information(s)`;
}
