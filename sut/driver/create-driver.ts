import { SutError } from './errors.ts';
import { gestureContracts } from './contract.ts';
import type { Transport } from './transport.ts';
import type { GestureInput, GestureName, GestureOutput } from './gesture-types.ts';
import type { GestureResult, ProductIdentity, SutDriver } from './types.ts';

/**
 * Makes the port out of a transport: every answer is measured and judged against the contract, so that a scenario
 * never reads a malformed answer.
 */
export function createDriver(transport: Transport): SutDriver {
  const perform = async <G extends GestureName>(name: G, input: GestureInput<G>): Promise<GestureResult<G>> => {
    const contract = gestureContracts().get(name);
    const problems = contract?.problemsOfInput(input) ?? [`geste inconnu « ${name} »`];
    if (problems.length > 0)
      throw new SutError('GESTURE_INPUT', `Le banc a mal formé le geste ${name} : ${problems.join(' ; ')}`);
    const started = performance.now();
    const answer = await transport.call(name, input);
    if (answer.kind === 'refused') return { outcome: 'refused', message: answer.message };
    if (answer.kind === 'unsupported') return { outcome: 'unsupported', reason: answer.reason };
    if (answer.kind === 'failed') {
      return { outcome: 'failed', code: answer.code, reason: answer.reason, remedy: answer.remedy };
    }
    const wrong = contract?.problemsOfOutput(answer.output) ?? [];
    if (wrong.length > 0) {
      return {
        outcome: 'failed',
        code: 'SUT_BAD_ANSWER',
        reason: `La réponse du produit au geste ${name} ne suit pas le contrat : ${wrong.slice(0, 3).join(' ; ')}.`,
        remedy: 'Comparez la réponse avec sut/http/openapi.json ; « npm run jalon -- driver try » la montre.',
      };
    }
    return { outcome: 'done', output: answer.output as GestureOutput<G>, durationMs: performance.now() - started };
  };

  return {
    label: transport.label,
    configure: (input) => perform('configure', input),
    registerPatient: (input) => perform('registerPatient', input),
    searchIns: (input) => perform('searchIns', input),
    adjustSettings: (input) => perform('adjustSettings', input),
    findPatients: (input) => perform('findPatients', input),
    verifyIns: (input) => perform('verifyIns', input),
    flagIdentity: (input) => perform('flagIdentity', input),
    modifyIdentity: (input) => perform('modifyIdentity', input),
    receiveIdentityFeed: (input) => perform('receiveIdentityFeed', input),
    sendHl7Message: (input) => perform('sendHl7Message', input),
    createAccount: (input) => perform('createAccount', input),
    validateIdentity: (input) => perform('validateIdentity', input),
    validateReport: (input) => perform('validateReport', input),
    replaceReport: (input) => perform('replaceReport', input),
    deleteReport: (input) => perform('deleteReport', input),
    blockDmp: (input) => perform('blockDmp', input),
    receiveDocument: (input) => perform('receiveDocument', input),
    changeDmpDocument: (input) => perform('changeDmpDocument', input),
    feedHistory: (input) => perform('feedHistory', input),
    openDmpWeb: (input) => perform('openDmpWeb', input),
    recordDmpConsent: (input) => perform('recordDmpConsent', input),
    searchDmp: (input) => perform('searchDmp', input),
    readDmpDocument: (input) => perform('readDmpDocument', input),
    checkDmpAccess: (input) => perform('checkDmpAccess', input),
    sendReport: (input) => perform('sendReport', input),
    sendMail: (input) => perform('sendMail', input),
    replyMail: (input) => perform('replyMail', input),
    fetchMail: (input) => perform('fetchMail', input),
    openMail: (input) => perform('openMail', input),
    deleteMail: (input) => perform('deleteMail', input),
    recordMailRefusal: (input) => perform('recordMailRefusal', input),
    addCorrespondent: (input) => perform('addCorrespondent', input),
    refreshCorrespondent: (input) => perform('refreshCorrespondent', input),
    login: (input) => perform('login', input),
    logout: (input) => perform('logout', input),
    importDirectory: (input) => perform('importDirectory', input),
    exportLoinc: (input) => perform('exportLoinc', input),
    importLoinc: (input) => perform('importLoinc', input),
    changeLoinc: (input) => perform('changeLoinc', input),
    exportHistory: (input) => perform('exportHistory', input),
    searchMailbox: (input) => perform('searchMailbox', input),
    readState: (input) => perform('readState', input),
    identity: () => readIdentity(transport),
    close: () => transport.close(),
  };
}

const UNREACHABLE_CODES: ReadonlySet<string> = new Set(['SUT_UNREACHABLE', 'SUT_TIMEOUT']);

async function readIdentity(transport: Transport): Promise<ProductIdentity> {
  const answer = await transport.identity();
  if (answer.kind === 'done' && isIdentity(answer.output)) return answer.output;
  if (answer.kind === 'failed') {
    // A code of the product's own would not be known to whoever catches: only those of the transport pass.
    const code = UNREACHABLE_CODES.has(answer.code) ? answer.code : 'SUT_NO_IDENTITY';
    throw new SutError(code, answer.reason, answer.remedy);
  }
  throw new SutError(
    'SUT_NO_IDENTITY',
    `Le produit testé (${transport.label}) ne dit pas son nom et sa version.`,
    'Exposez GET {base}/identity → {"name","version"} (ou le mot « identity » pour un pilote command).',
  );
}

function isIdentity(value: unknown): value is ProductIdentity {
  if (typeof value !== 'object' || value === null) return false;
  const { name, version } = value as { name?: unknown; version?: unknown };
  return typeof name === 'string' && name !== '' && typeof version === 'string' && version !== '';
}
