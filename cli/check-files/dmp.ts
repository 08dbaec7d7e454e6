import { checkVihf, vihfBeyondLimits, vihfOf } from '#checks/vihf/index.ts';
import {
  checkDmpRequest,
  envelopeBytes,
  namesNoPatient,
  readEnvelope,
  transactionOf,
  type CodeLists,
  type DmpRequest,
} from '#checks/xds/index.ts';
import { isBenchLimit } from '#checks/report/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import { readMtom } from '#formats/mime/index.ts';
import { WSSE } from '#formats/soap/index.ts';
import { child } from '#formats/xml/index.ts';
import { readDmpMessage, type DmpMessage } from './dmp-message.ts';
import { gather, notJudged, unreadable } from './findings.ts';
import { readWhole } from './read-file.ts';
import type { Kind, Outcome } from './types.ts';

/** Rules that say that nothing more could be judged. */
const UNREADABLE: ReadonlySet<string> = new Set(['XDS-READABLE', 'TD02-READABLE', 'DMP-READABLE']);

/** Rules on Content-Type, as the product wrote it. */
const OF_HEADERS: ReadonlySet<string> = new Set(['XDS-ACTION-PARAMETER', 'DMP-ACTION-PARAMETER', 'DMP-CONTENT-TYPE']);

/** A call to the DMP: feeding, existence test, search, update… told by its content. */
export const XDS: Kind = {
  name: 'xds',
  title: 'requête au DMP (TD2.1, TD0.2, TD3.1, TD3.3…) : capture .http, MIME brut ou enveloppe SOAP',
  uses: ['codes'],
  judge: (files, options) => eachMessage(files, (message, file) => judgeRequest(message, file, options.codes)),
};

/** The VIHF of a call to the DMP. */
export const VIHF: Kind = {
  name: 'vihf',
  title: 'VIHF d’une requête au DMP : capture .http, MIME brut ou enveloppe SOAP',
  judge: (files) => eachMessage(files, judgeVihf),
};

async function eachMessage(
  files: readonly string[],
  judge: (message: DmpMessage, file: string) => Outcome,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const file of files) {
    const reading = await readWhole(file);
    if (!reading.ok) {
      outcomes.push(reading.outcome);
      continue;
    }
    const message = readDmpMessage(reading.bytes);
    outcomes.push(
      message.ok ? judge(message.message, file) : unreadable(message.received, message.expected, message.remedy),
    );
  }
  return outcomes;
}

function judgeRequest(message: DmpMessage, file: string, codes: CodeLists | undefined): Outcome {
  const { announced, contentType } = message;
  const request = requestOf(message);
  const found = checkDmpRequest(request, { withoutVihf: true, ...(codes === undefined ? {} : { codes }) });
  // What the product wrote in a header that the file does not have is not judged.
  const findings = announced ? found : found.filter(({ rule }) => !OF_HEADERS.has(rule));
  return outcomeOf([...findings, ...vihfElsewhere(request, file)], contentType === undefined);
}

/** The message is judged without its VIHF: whoever reads « conforme » must know it. */
function vihfElsewhere(request: DmpRequest, file: string): readonly Finding[] {
  const reading = readEnvelope(request);
  const security = reading.ok && reading.envelope.header && child(reading.envelope.header, 'Security', WSSE);
  if (!security) return [];
  return [
    notJudged(
      security.path,
      'un VIHF, que « check xds » ne juge pas',
      'le VIHF jugé aussi',
      `Jugez-le par « npm run jalon -- check vihf ${/[\s"'$&;()]/.test(file) ? JSON.stringify(file) : file} ».`,
    ),
  ];
}

function judgeVihf(message: DmpMessage): Outcome {
  const { at, contentType } = message;
  const request = requestOf(message);
  const reading = readEnvelope(request);
  if (!reading.ok) {
    const { fault } = reading;
    if (isBenchLimit(fault)) return outcomeOf(vihfBeyondLimits(fault), false);
    const mtom = contentType?.startsWith('multipart/') === true ? readMtom(contentType, message.body) : undefined;
    const received = mtom?.ok === false ? mtom.fault.message : fault.message;
    return unreadable(received, 'une enveloppe SOAP', 'Donnez la requête entière, telle qu’elle est partie.');
  }
  const options = namesNoPatient(transactionOf(request)) ? { patient: null } : {};
  const envelope = envelopeBytes(request);
  const findings = checkVihf({ envelope, ...(at === undefined ? {} : { at }) }, options);
  const vihf = vihfOf(envelope);
  const undated = at === undefined && vihf !== undefined ? [notJudged(...freshness(vihf.path))] : [];
  return outcomeOf([...findings, ...undated], false);
}

function freshness(path: string): Parameters<typeof notJudged> {
  return [
    path,
    'un fichier qui ne dit pas l’heure de l’appel (pas d’en-tête Date)',
    'la fraîcheur jugée (IssueInstant, et Conditions/@NotOnOrAfter s’il y est)',
    'Gardez l’en-tête Date dans la capture, ou comparez vous-même IssueInstant à l’heure de l’appel : 300 s au plus.',
  ];
}

/** @param partial the documents of a bare envelope are not there: it is never plainly conforming */
function outcomeOf(findings: readonly Finding[], partial: boolean): Outcome {
  const gathered = gather();
  gathered.add(findings);
  const readable = !findings.some(({ rule }) => UNREADABLE.has(rule));
  return { findings: gathered.findings, readable, ...(partial ? { toVerify: true } : {}) };
}

function requestOf({ url, contentType, body, at }: DmpMessage): DmpRequest {
  return { contentType, body, ...(url === undefined ? {} : { url }), ...(at === undefined ? {} : { at }) };
}
