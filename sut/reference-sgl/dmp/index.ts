import { authority } from '../documents/index.ts';
import { shareableIns } from '../identity/index.ts';
import {
  type BuiltDocument,
  type Patient,
  type Professional,
  type Report,
  type SglConfig,
  SglError,
} from '../model/index.ts';
import { httpsExchange, NetError } from '../net/index.ts';
import { patientCx } from '../xds/index.ts';
import { type HttpAnswer, readExistenceAnswer, readSubmissionAnswer, type Verdict } from './answers.ts';
import { readSigner } from './credentials.ts';
import { EXISTENCE_ACTION, existenceQuery } from './existence.ts';
import { envelope } from './soap.ts';
import { submissionRequest, type WireRequest } from './submission.ts';
import { signVihf } from './vihf.ts';

export interface DmpAnswer {
  /** `en-attente`: the cause may pass, the same documents may be sent again as they are. */
  state: 'transmis' | 'refuse' | 'en-attente';
  /** French sentence, with the error code and the text of the service. */
  detail: string;
  /** uniqueId of the documents that the DMP registered during this call; leave them out of the next attempt. */
  references: string[];
}

export interface ExistenceAnswer {
  exists: boolean;
  closed: boolean;
  detail: string;
  /** True when nothing is known because the service could not answer now: ask again later. */
  transient: boolean;
}

const NOT_QUALIFIED = "L'identité du patient n'est pas qualifiée : aucun échange avec le DMP.";
const TIMEOUT_MS = 15_000;

/**
 * TD0.2, existence test. No call is made for an identity that is not qualified.
 *
 * @param author in whose name the test is made; his profession must be known
 * @param faults `dmp-existence-local` asks with the local number of the patient
 */
export async function testExistence(
  patient: Patient,
  config: SglConfig,
  author: Professional,
  faults: ReadonlySet<string> = new Set(),
): Promise<ExistenceAnswer> {
  const ins = shareableIns(patient);
  if (ins === undefined) return { exists: false, closed: false, detail: NOT_QUALIFIED, transient: false };
  const asked = faults.has('dmp-existence-local')
    ? { ...ins, oid: authority(config.oidRoot, 'patient'), matricule: patient.localId }
    : ins;
  const at = new Date();
  const answer = await attempt(async () => {
    const signer = await readSigner(config.dmp.sign);
    const vihf = signVihf({ author, patient: patientCx(patient, config), at }, config, signer);
    const to = `${config.dmp.base}/patients`;
    const body = envelope({ action: EXISTENCE_ACTION, to, vihf, body: existenceQuery(asked, config, at) });
    const contentType = `application/soap+xml; charset=UTF-8; action="${EXISTENCE_ACTION}"`;
    return readExistenceAnswer(await post(to, { contentType, body: Buffer.from(body, 'utf8') }, config));
  });
  const existence = 'existence' in answer ? answer.existence : undefined;
  return {
    exists: existence === 'active' || existence === 'closed',
    closed: existence === 'closed',
    detail: answer.detail,
    transient: answer.outcome === 'refused' && answer.transient,
  };
}

/**
 * TD2.1: feeds the DMP, one submission set per document, N3 before N1; stops at the first that is not registered.
 *
 * @param documents CDA documents; a PDF among them is not for the DMP and is left aside
 * @param faults `dmp-heure-locale` writes submissionTime and creationTime in local time
 */
export async function feedDmp(
  report: Report,
  documents: BuiltDocument[],
  config: SglConfig,
  faults: ReadonlySet<string>,
): Promise<DmpAnswer> {
  if (shareableIns(report.patient) === undefined) return { state: 'refuse', detail: NOT_QUALIFIED, references: [] };
  const references: string[] = [];
  for (const document of inFeedingOrder(documents)) {
    const verdict = await attempt(async () => {
      const signer = await readSigner(config.dmp.sign);
      const request = submissionRequest(report, document, config, signer, new Date(), faults);
      return readSubmissionAnswer(await post(`${config.dmp.base}/repository`, request, config));
    });
    if (verdict.outcome === 'refused') {
      const detail = `${LEVEL[document.kind]} : ${verdict.detail}`;
      return { state: verdict.transient ? 'en-attente' : 'refuse', detail, references };
    }
    references.push(document.id);
  }
  return { state: 'transmis', detail: `${references.length} document(s) enregistré(s) dans le DMP.`, references };
}

const LEVEL: Readonly<Record<BuiltDocument['kind'], string>> = {
  'cda-n3': 'CDA niveau 3',
  'cda-n1': 'CDA niveau 1',
  pdf: 'PDF',
};

function inFeedingOrder(documents: readonly BuiltDocument[]): readonly BuiltDocument[] {
  const order = ['cda-n3', 'cda-n1'] as const;
  return order.flatMap((kind) => documents.filter((document) => document.kind === kind));
}

async function post(url: string, request: WireRequest, config: SglConfig): Promise<HttpAnswer> {
  const answer = await httpsExchange({
    url,
    method: 'POST',
    headers: { 'content-type': request.contentType, accept: 'application/soap+xml, multipart/related' },
    body: request.body,
    ca: config.ca,
    identity: config.dmp,
    timeoutMs: config.timeoutMs ?? TIMEOUT_MS,
  });
  return { status: answer.status, contentType: answer.headers['content-type'] ?? '', body: answer.body };
}

/** Turns what prevents the call into a verdict: the network may come back, a setting must be corrected. */
async function attempt<Answer extends Verdict>(call: () => Promise<Answer>): Promise<Answer | Verdict> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof NetError) {
      const transient = ['delai', 'connexion', 'coupure'].includes(error.failure);
      return { outcome: 'refused', detail: `DMP : ${error.message}`, transient };
    }
    if (error instanceof SglError)
      return { outcome: 'refused', detail: `${error.message} ${error.remedy}`, transient: false };
    throw error;
  }
}
