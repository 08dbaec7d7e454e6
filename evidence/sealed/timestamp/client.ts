import { createHash, randomBytes } from 'node:crypto';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { MessageImprint, TimeStampReq, TimeStampReqVersion } from '@peculiar/asn1-tsp';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import { SealError } from '../errors.ts';
import type { Timestamper } from '../types.ts';
import { judgeTimestamp } from './token.ts';

const SHA256 = '2.16.840.1.101.3.4.2.1';
const LARGEST_ANSWER = 1024 * 1024;
const NONCE_BYTES = 16;

/** Who stamps, and how it is asked. */
export interface TimestampSettings {
  /** HTTP or HTTPS address. */
  readonly url: string;
  /** Policy that is asked for, OID. */
  readonly policy?: string;
  /** Certificates that the authority must lead to, PEM. */
  readonly authorities?: readonly string[];
  /** Milliseconds. */
  readonly timeoutMs?: number;
}

/** Asks an authority by HTTP (RFC 3161 §3.4) and judges its answer before it is kept. */
export function timestampClient(settings: TimestampSettings): Timestamper {
  return async (manifest) => {
    const nonce = randomBytes(NONCE_BYTES);
    // An INTEGER: positive, and without a zero that says nothing.
    nonce[0] = ((nonce[0] ?? 0) & 0x7f) | 0x40;
    const answer = await ask(settings, requestOf(manifest, nonce, settings.policy));
    const judged = await judgeTimestamp(answer, manifest, settings.authorities ?? []);
    if (!judged.ok) throw failed(settings, judged.code, judged.problem);
    if (judged.timestamp.nonce !== nonce.toString('hex')) {
      throw failed(settings, 'invalid', 'sa réponse est celle d’une autre demande (nonce)');
    }
    return answer;
  };
}

function requestOf(manifest: Uint8Array, nonce: Buffer, policy: string | undefined): Buffer {
  const request = new TimeStampReq({
    version: TimeStampReqVersion.v1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithm: SHA256, parameters: null }),
      hashedMessage: new OctetString(createHash('sha256').update(manifest).digest()),
    }),
    nonce: new Uint8Array(nonce).buffer,
    certReq: true,
    ...(policy === undefined ? {} : { reqPolicy: policy }),
  });
  return Buffer.from(AsnConvert.serialize(request));
}

async function ask({ url, timeoutMs = 30_000 }: TimestampSettings, request: Buffer): Promise<Uint8Array> {
  const host = URL.canParse(url) ? new URL(url).host : url;
  const unreachable = (why: string, cause?: unknown): SealError =>
    new SealError(
      'TIMESTAMP_UNREACHABLE',
      `L’autorité d’horodatage ${host} n’a pas répondu : ${why}.`,
      'Vérifiez son adresse et le réseau, puis recommencez ; sans horodatage, retirez-la des réglages.',
      cause,
    );
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      body: new Uint8Array(request),
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    });
    if (!response.ok) throw unreachable(`HTTP ${response.status}`);
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > LARGEST_ANSWER) throw unreachable('sa réponse est trop longue');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof SealError) throw error;
    const { name, cause } = error as Error;
    const code = (cause as { readonly code?: unknown } | undefined)?.code;
    throw unreachable(name === 'TimeoutError' ? 'le délai est passé' : typeof code === 'string' ? code : name, error);
  }
}

const REMEDIES = {
  refused: [
    'TIMESTAMP_REFUSED',
    'Demandez à l’autorité pourquoi ; elle peut attendre une autre politique ou un compte.',
  ],
  invalid: ['TIMESTAMP_INVALID', 'Vérifiez l’adresse et les certificats de l’autorité ; le dossier n’est pas écrit.'],
  expired: [
    'TIMESTAMP_EXPIRED',
    'Prenez une autorité dont le certificat est en cours, ou attendez qu’elle le renouvelle.',
  ],
} as const;

function failed({ url }: TimestampSettings, code: keyof typeof REMEDIES, problem: string): SealError {
  const [name, remedy] = REMEDIES[code];
  return new SealError(name, `L’autorité d’horodatage ${new URL(url).host} ne convient pas : ${problem}.`, remedy);
}
