import type { Difference, NearMiss } from '#formats/exchange/index.ts';
import { SERVICE_HOSTS } from '../pki/hosts.ts';
import { EXPECTED_OPERATIONS } from './catalogue.ts';
import { difference } from './distance.ts';
import { readTraits, type RequestTraits } from './read-request.ts';
import { tellNearMiss, tellTie } from './sentence.ts';
import type { ExpectedOperation, UnexpectedRequest } from './types.ts';

/** What each difference costs, whole; texts that resemble each other cost their part of it. */
const COST = { service: 3, method: 2, path: 4, action: 4, 'content-type': 1, body: 2, host: 0 } as const;
/** Above, nothing that is expected resembles the request. */
const TOO_FAR = 5.5;
/** What a segment that differs by its case only is worth. */
const CASE_ONLY = 0.01;

/**
 * Finds the expected operation that a request most resembles, and what sets them apart.
 * @param catalogue the operations of every service: a call sent to the wrong service is recognised too
 * @returns undefined when nothing comes near, or when the request is in all that is compared an expected one
 */
export function nearMiss(
  request: UnexpectedRequest,
  catalogue: readonly ExpectedOperation[] = EXPECTED_OPERATIONS,
): NearMiss | undefined {
  const traits = readTraits(request);
  const near = closestOf(request, traits, catalogue);
  const [closest] = near;
  if (closest === undefined) return undefined;
  const differences = differencesOf(request, traits, closest);
  const remarks = remarksOf(traits, closest);
  if (differences.length === 0 && remarks.length === 0) return undefined;
  const { service, operation } = closest;
  // Nothing in the request tells these operations apart: only their address is named.
  if (near.length > 1 && traits.action === '' && traits.body === '') {
    const common = differences.filter(({ what }) => what !== 'action' && what !== 'body');
    const sentence = tellTie(closest, near.length, common, [...remarks, NO_BODY]);
    return { service, operation: `${closest.method} ${closest.path}`, differences: common, sentence };
  }
  return { service, operation, differences, sentence: tellNearMiss(closest, differences, remarks) };
}

const NO_BODY = 'aucun corps SOAP n’a été trouvé dans la requête, qui permette de reconnaître l’opération';

/** The operations that cost the least, several when nothing sets them apart; none when all are too far. */
function closestOf(
  request: UnexpectedRequest,
  traits: RequestTraits,
  catalogue: readonly ExpectedOperation[],
): readonly ExpectedOperation[] {
  let near: ExpectedOperation[] = [];
  let least = TOO_FAR;
  for (const expected of catalogue) {
    const cost = costOf(request, traits, expected);
    if (cost > least || cost >= TOO_FAR) continue;
    if (cost < least) near = [];
    least = cost;
    // Only operations of one address may replace one another.
    const [first] = near;
    if (first === undefined || (first.listener === expected.listener && first.path === expected.path)) {
      near.push(expected);
    }
  }
  return near;
}

/** What no value to compare says: where the action was looked for, which SOAP is spoken. */
function remarksOf({ actionFrom, soap }: RequestTraits, { action }: ExpectedOperation): readonly string[] {
  if (action === undefined) return [];
  return [
    ...(actionFrom === undefined || actionFrom === 'message'
      ? []
      : [
          `l’en-tête wsa:Action du message (absent ; l’action n’est donnée que dans ${actionFrom === 'content-type' ? 'le type de contenu' : 'l’en-tête HTTP SOAPAction'})`,
        ]),
    ...(soap === '1.1' ? ['la version de SOAP (reçu « 1.1 », attendu « 1.2 »)'] : []),
  ];
}

function costOf(request: UnexpectedRequest, traits: RequestTraits, expected: ExpectedOperation): number {
  return differencesOf(request, traits, expected).reduce((sum, { what, received, expected: wanted }) => {
    switch (what) {
      case 'path':
        return sum + COST.path * graded(pathDifference(received, expected.path));
      case 'action':
        // An action that is absent says nothing for nor against the operation.
        return sum + COST.action * (received === '' ? 0.5 : graded(difference(lastPart(received), lastPart(wanted))));
      case 'body':
        return sum + COST.body * graded(difference(received, wanted));
      default:
        return sum + COST[what];
    }
  }, 0);
}

/** What is not the same is never nothing, even one letter away. */
function graded(part: number): number {
  return 0.15 + 0.85 * part;
}

function differencesOf(
  { service, listener }: UnexpectedRequest,
  traits: RequestTraits,
  expected: ExpectedOperation,
): readonly Difference[] {
  const found: Difference[] = [];
  const note = (what: Difference['what'], received: string, wanted: string): void => {
    found.push({ what, received, expected: wanted });
  };
  if (service !== expected.service || listener !== expected.listener) {
    note('service', nameOf(service, listener), nameOf(expected.service, expected.listener));
  }
  if (traits.method !== expected.method) note('method', traits.method, expected.method);
  if (!pathMatches(traits.path, expected.path)) note('path', traits.path, expected.path);
  if (!isHostOf(traits.host, expected.service)) {
    note('host', traits.host, SERVICE_HOSTS.find((one) => one.service === expected.service)?.name ?? '127.0.0.1');
  }
  const [usual] = expected.contentTypes ?? [];
  if (usual !== undefined && !expected.contentTypes?.includes(traits.mediaType)) {
    note('content-type', traits.mediaType, usual);
  }
  if (expected.action !== undefined && traits.action !== expected.action) {
    note('action', traits.action, expected.action);
  }
  if (expected.body !== undefined && traits.body !== '' && traits.body !== expected.body) {
    note('body', traits.body, expected.body);
  }
  return found;
}

function nameOf(service: string, listener: string): string {
  return service === listener ? service : `${service} (${listener})`;
}

/** Addresses of the machine, and the names of the real service; a name that the bench does not know is the client's. */
function isHostOf(host: string, service: string): boolean {
  const others = SERVICE_HOSTS.filter((one) => one.name === host);
  return others.length === 0 || others.some((one) => one.service === service);
}

function pathMatches(path: string, pattern: string): boolean {
  return pathDifference(path, pattern) === 0;
}

/** Part of the segments that differ, each by how much; without the last slash, a difference of case counting for little. */
function pathDifference(path: string, pattern: string): number {
  const asked = segments(path);
  const wanted = segments(pattern);
  let sum = 0;
  let compared = 0;
  for (let index = 0; index < Math.max(asked.length, wanted.length); index += 1) {
    const [one, other] = [asked[index], wanted[index]];
    // A variable segment that is there is neither like nor unlike.
    if (one !== undefined && other?.startsWith(':') === true) continue;
    compared += 1;
    sum += one === undefined || other === undefined ? 1 : segmentDifference(one, other);
  }
  return compared === 0 ? 0 : sum / compared;
}

/** Handlers tell cases apart, as the real addresses do; a name in another case is the same one, badly written. */
function segmentDifference(one: string, other: string): number {
  if (one === other) return 0;
  return Math.max(difference(one.toLowerCase(), other.toLowerCase()), CASE_ONLY);
}

function segments(path: string): readonly string[] {
  return path
    .split('/')
    .filter((part) => part !== '')
    .slice(0, 30);
}

/** What names the operation: the rest of an action is the same for all of a service. */
function lastPart(action: string): string {
  return action.split(/[:/]/).at(-1) ?? action;
}
