import { spoilDmp } from '../faults/index.ts';
import type { Professional, SglConfig } from '../model/index.ts';
import { SglError } from '../model/index.ts';
import { httpsExchange, NetError } from '../net/index.ts';
import type { HttpAnswer, Verdict } from './answers.ts';
import { readSigner, type Signer } from './credentials.ts';
import { type Attachment, packMtom } from './mtom.ts';
import { envelope } from './soap.ts';
import { signVihf } from './vihf.ts';

const TIMEOUT_MS = 15_000;

/** Who calls, about whom, and with which settings. */
export interface DmpContext {
  /** The human in whose name the call is made. */
  readonly author: Professional;
  /** CX of the patient. */
  readonly patient: string;
  readonly config: SglConfig;
  readonly faults: ReadonlySet<string>;
  /** In the strengthened indirect authentication (AIR), which says how the user proved who they are. */
  readonly air?: boolean;
  /** The patient asked for a secret connection (DOC/va1.21). */
  readonly secret?: boolean;
}

export interface DmpRequest {
  readonly service: 'patients' | 'repository' | 'registry' | 'habilitations';
  readonly action: string;
  /** XML of the SOAP body. */
  readonly body: string;
  /** Given: the call is packed in MTOM. */
  readonly attachments?: readonly Attachment[];
}

/** What goes on the wire for one call. */
export interface WireRequest {
  readonly contentType: string;
  readonly body: Buffer;
}

/** Envelope with its VIHF, packed as the transaction asks. */
export function dmpMessage(request: DmpRequest, context: DmpContext, signer: Signer, at: Date): WireRequest {
  const { config, faults } = context;
  const { action, attachments, body, service } = request;
  const spoil = (text: string): string => spoilDmp('vihf', text, faults);
  const author = faults.has('vihf-utilisateur-unique') ? config.biologist : context.author;
  const air = context.air === true && !faults.has('vihf-air-oublie');
  const vihf = signVihf(
    { ...isSecret(context), author, patient: context.patient, at, air, spoil, sha1: faults.has('vihf-sha1') },
    config,
    signer,
  );
  const to = `${config.dmp.base}/${service}`;
  const signed = spoilDmp('vihf-signed', vihf, faults);
  const message = spoilDmp('envelope', envelope({ action, to, vihf: signed, body }), faults);
  const packed = attachments
    ? packMtom(message, action, attachments)
    : {
        contentType: `application/soap+xml; charset=UTF-8; action="${action}"`,
        body: Buffer.from(message, 'utf8'),
      };
  return { ...packed, contentType: spoilDmp('content-type', packed.contentType, faults) };
}

/** Any value will do until the guide gives it: the configuration has the last word. */
const SECRET = 'S';

function isSecret({ config, faults, secret = false }: DmpContext): { readonly secret?: string } {
  const told = faults.has('vihf-connexion-secrete-toujours') || (secret && !faults.has('vihf-connexion-secrete-tue'));
  return told ? { secret: config.dmp.secretConnection ?? SECRET } : {};
}

/** One call and its answer. @throws {NetError} {SglError} */
export async function callDmp(request: DmpRequest, context: DmpContext, at = new Date()): Promise<HttpAnswer> {
  const { config, faults } = context;
  const own = faults.has('vihf-signe-par-tls') ? config.dmp : config.dmp.sign;
  const { contentType, body } = dmpMessage(request, context, await readSigner(own), at);
  const answer = await httpsExchange({
    url: `${config.dmp.base}/${request.service}`,
    method: 'POST',
    headers: { 'content-type': contentType, accept: 'application/soap+xml, multipart/related' },
    body,
    ca: config.ca,
    identity: config.dmp,
    // Without forward secrecy: the DMP asks for ECDHE.
    ...(faults.has('dmp-tls-suite') && { server: { suites: 'AES128-GCM-SHA256' } }),
    timeoutMs: config.timeoutMs ?? TIMEOUT_MS,
  });
  return { status: answer.status, contentType: answer.headers['content-type'] ?? '', body: answer.body };
}

/** Turns what prevents the call into a verdict: the network may come back, a setting must be corrected. */
export async function attempt<Answer extends Verdict>(call: () => Promise<Answer>): Promise<Answer | Refused> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof NetError) {
      const transient = ['delai', 'connexion', 'coupure'].includes(error.failure);
      return { outcome: 'refused', detail: `DMP : ${error.message}`, transient, codes: [] };
    }
    if (error instanceof SglError)
      return { outcome: 'refused', detail: `${error.message} ${error.remedy}`, transient: false, codes: [] };
    throw error;
  }
}

export type Refused = Extract<Verdict, { outcome: 'refused' }>;
