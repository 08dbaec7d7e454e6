import type { Difference } from '#formats/exchange/index.ts';
import { distance } from './distance.ts';
import type { ExpectedOperation } from './types.ts';

const SERVICES: Readonly<Record<ExpectedOperation['service'], string>> = {
  insi: 'INSi',
  dmp: 'DMP',
  psc: 'Pro Santé Connect',
  mssante: 'MSSanté',
  annuaire: 'Annuaire Santé',
  hl7: 'HL7',
  pki: 'IGC-Santé de test',
};

/** How the differences are named to whoever reads the journal. */
const WORDS: Readonly<Record<Difference['what'], string>> = {
  service: 'le service appelé',
  method: 'la méthode HTTP',
  path: 'le chemin',
  host: 'le nom d’hôte',
  'content-type': 'le type de contenu',
  action: 'l’action SOAP',
  body: 'l’élément du corps SOAP',
};

const SHOWN = 120;

/** Name of a service as a French reader knows it. */
export function serviceName(service: ExpectedOperation['service']): string {
  return SERVICES[service];
}

/**
 * French sentence of a near miss: the closest operation, then what sets the request apart from it.
 * @param remarks what differs besides, already told
 */
export function tellNearMiss(
  { service, operation, method, path }: ExpectedOperation,
  differences: readonly Difference[],
  remarks: readonly string[] = [],
): string {
  const parts = [...differences.map(tellDifference), ...remarks];
  return `opération attendue la plus proche : ${SERVICES[service]} « ${operation} » (${method} ${path}) ; ce qui diffère : ${parts.join(' ; ')}`;
}

/** The same for operations of one address that nothing in the request tells apart. */
export function tellTie(
  { service, method, path }: ExpectedOperation,
  count: number,
  differences: readonly Difference[],
  remarks: readonly string[],
): string {
  const parts = [...differences.map(tellDifference), ...remarks];
  return `adresse attendue la plus proche : ${SERVICES[service]} (${method} ${path}), pour l’une de ses ${count} opérations ; ce qui diffère : ${parts.join(' ; ')}`;
}

function tellDifference({ what, received, expected }: Difference): string {
  const letters = distance(received, expected);
  // Told only where the eye would miss it.
  const near = received !== '' && (what === 'path' || what === 'action' || what === 'body') && letters <= 2;
  const ofCase = received !== expected && received.toLowerCase() === expected.toLowerCase();
  const close = near ? `, à ${letters === 1 ? 'une lettre' : 'deux lettres'} près` : '';
  const hint = ofCase ? ', à la casse près' : close;
  const got = received === '' ? 'rien reçu' : `reçu « ${shown(received)} »`;
  return `${WORDS[what]} (${got}, attendu « ${shown(expected)} »${hint})`;
}

function shown(text: string): string {
  // One line, whatever a client put in its names.
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, ' ');
  return line.length <= SHOWN ? line : `${line.slice(0, SHOWN)}…`;
}
