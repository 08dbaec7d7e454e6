import {
  checkInsiAnswer,
  checkInsiRequests,
  readInsiAnswer,
  readInsiResponse,
  type InsiAnswer,
  type InsiRequest,
} from '#checks/ins/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import { readSoap } from '#formats/soap/index.ts';
import { headerOf, readCapture, type HttpCapture } from './capture.ts';
import { gather, unreadable } from './findings.ts';
import { readWhole } from './read-file.ts';
import type { Kind, Outcome } from './types.ts';

const MIB = 1024 * 1024;
/** A call or an answer of INSi is a few kilobytes; a bulk verification, a few megabytes. */
const MAX_BYTES = 8 * MIB;
/** The files of a sequence are judged together, hence held together. */
const MAX_TOTAL = 256 * MIB;
const UNREADABLE: ReadonlySet<string> = new Set(['INSI-SOAP-READABLE', 'INSI-ANSWER-READABLE']);

interface Message {
  readonly index: number;
  readonly capture: HttpCapture | undefined;
  readonly body: Uint8Array;
  readonly messageId: string | undefined;
  readonly relatesTo: string | undefined;
}
interface Answer extends Message {
  readonly answer: InsiAnswer;
}

/** Calls to INSi and their answers; several files are a sequence, judged together in the order given. */
export const INSI: Kind = {
  name: 'insi',
  title: 'requête ou réponse SOAP d’INSi, ou capture .http ; plusieurs fichiers sont une suite d’appels',
  async judge(files) {
    const outcomes = new Map<number, Outcome>();
    const requests: Message[] = [];
    const answers: Answer[] = [];
    let total = 0;
    for (const [index, file] of files.entries()) {
      const reading = await readWhole(file, MAX_BYTES);
      if (!reading.ok) {
        outcomes.set(index, reading.outcome);
        continue;
      }
      total += reading.bytes.length;
      if (total > MAX_TOTAL) {
        const remedy = 'Jugez la suite en plusieurs fois.';
        outcomes.set(index, unreadable('une suite trop grande', 'moins de 256 Mio pour toute la suite', remedy));
        continue;
      }
      const message = messageOf(index, reading.bytes);
      const answer = answerOf(message);
      if (answer === undefined) requests.push(message);
      else answers.push({ ...message, answer });
    }
    for (const { index, answer } of answers) outcomes.set(index, outcomeOf(checkInsiAnswer(answer)));
    const byRequest = judgeRequests(requests, answers);
    for (const { index } of requests) outcomes.set(index, outcomeOf(byRequest.get(index) ?? []));
    return files.map((_, index) => outcomes.get(index) ?? outcomeOf([]));
  },
};

function messageOf(index: number, bytes: Uint8Array): Message {
  const capture = readCapture(bytes);
  const body = capture?.body ?? bytes;
  const reading = readSoap(body);
  const { messageId, relatesTo } = reading.ok ? reading.envelope.addressing : {};
  return { index, capture, body, messageId, relatesTo };
}

/** A file is an answer by its start line, or by what its Body holds. */
function answerOf({ capture, body }: Message): InsiAnswer | undefined {
  if (capture?.status !== undefined) return readInsiResponse({ ...capture, status: capture.status });
  if (capture !== undefined) return undefined;
  const reading = readSoap(body);
  if (!reading.ok) return undefined;
  const { payload, addressing } = reading.envelope;
  const named = ['Fault', 'RESULTAT', 'RESULTATVERIF'].includes(payload?.name.local ?? '');
  return named || addressing.action?.endsWith('Response') === true ? readInsiAnswer(body) : undefined;
}

/** Findings by file. An answer goes with the request that it names, else with the last one before it that has none. */
function judgeRequests(requests: readonly Message[], answers: readonly Answer[]): Map<number, Finding[]> {
  const answered = new Map<number, InsiAnswer>();
  for (const { index, relatesTo, answer } of answers) {
    const named = requests.find(({ messageId }) => messageId !== undefined && messageId === relatesTo);
    const before = requests.findLast((one) => one.index < index && !answered.has(one.index));
    const request = named ?? before;
    if (request !== undefined) answered.set(request.index, answer);
  }
  const findings = checkInsiRequests(
    requests.map(({ index, capture, body }): InsiRequest => {
      const answer = answered.get(index);
      return {
        label: String(index),
        body,
        ...(capture === undefined ? {} : { contentType: headerOf(capture.headers, 'content-type') ?? '' }),
        ...(answer === undefined ? {} : { answer }),
      };
    }),
  );
  const byFile = new Map<number, Finding[]>();
  for (const finding of findings) {
    // The label is ours: the user sees the file instead.
    const [prefix = '', label = ''] = /^échange (\d+), /.exec(finding.where) ?? [];
    const index = Number(label);
    const list = byFile.get(index) ?? [];
    byFile.set(index, list);
    list.push({ ...finding, where: finding.where.slice(prefix.length) });
  }
  return byFile;
}

function outcomeOf(findings: readonly Finding[]): Outcome {
  const gathered = gather();
  gathered.add(findings);
  return { findings: gathered.findings, readable: !findings.some(({ rule }) => UNREADABLE.has(rule)) };
}
