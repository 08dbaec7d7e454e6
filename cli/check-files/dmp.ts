import { checkVihf } from '#checks/vihf/index.ts';
import { checkDmpRequest, namesNoPatient, transactionOf, type CodeLists } from '#checks/xds/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import { readMtom } from '#formats/mime/index.ts';
import { readSoap } from '#formats/soap/index.ts';
import { readDmpMessage, type DmpMessage } from './dmp-message.ts';
import { gather, unreadable } from './findings.ts';
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
  judge: (files, options) => eachMessage(files, (message) => judgeRequest(message, options.codes)),
};

/** The VIHF of a call to the DMP. */
export const VIHF: Kind = {
  name: 'vihf',
  title: 'VIHF d’une requête au DMP : capture .http, MIME brut ou enveloppe SOAP',
  judge: (files) => eachMessage(files, judgeVihf),
};

async function eachMessage(
  files: readonly string[],
  judge: (message: DmpMessage) => Outcome,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const file of files) {
    const reading = await readWhole(file);
    if (!reading.ok) {
      outcomes.push(reading.outcome);
      continue;
    }
    const message = readDmpMessage(reading.bytes);
    outcomes.push(message.ok ? judge(message.message) : unreadable(message.received, message.expected, message.remedy));
  }
  return outcomes;
}

function judgeRequest(message: DmpMessage, codes: CodeLists | undefined): Outcome {
  const { url, contentType, body, announced } = message;
  const found = checkDmpRequest(
    { contentType, body, ...(url === undefined ? {} : { url }) },
    { withoutVihf: true, ...(codes === undefined ? {} : { codes }) },
  );
  // What the product wrote in a header that the file does not have is not judged.
  const findings = announced ? found : found.filter(({ rule }) => !OF_HEADERS.has(rule));
  return outcomeOf(findings, !findings.some(({ rule }) => UNREADABLE.has(rule)), contentType === undefined);
}

function judgeVihf({ url, contentType, body }: DmpMessage): Outcome {
  const mtom = contentType === undefined ? undefined : readMtom(contentType, body);
  const envelope = mtom?.ok === true ? mtom.root.content : body;
  const reading = readSoap(envelope);
  if (!reading.ok) {
    const multipart = contentType?.startsWith('multipart/') === true;
    const received = multipart && mtom?.ok === false ? mtom.fault.message : reading.fault.message;
    return unreadable(received, 'une enveloppe SOAP', 'Donnez la requête entière, telle qu’elle est partie.');
  }
  const transaction = transactionOf({ contentType, body, ...(url === undefined ? {} : { url }) });
  const options = namesNoPatient(transaction) ? { patient: null } : {};
  return outcomeOf(checkVihf({ envelope }, options), true, false);
}

/** @param partial the documents of a bare envelope are not there: it is never plainly conforming */
function outcomeOf(findings: readonly Finding[], readable: boolean, partial: boolean): Outcome {
  const gathered = gather();
  gathered.add(findings);
  return { findings: gathered.findings, readable, ...(partial ? { toVerify: true } : {}) };
}
