import { checkDirectoryCalls, checkDirectorySearch } from '#checks/annuaire/index.ts';
import { carriesDocuments, checkMessage, checkPid, repeatedControlIds } from '#checks/hl7v2/index.ts';
import { checkInsiExchanges, type InsiOptions } from '#checks/ins/index.ts';
import { checkMailFile } from '#checks/mail/index.ts';
import { checkPscLogin } from '#checks/oidc/index.ts';
import { checkTls } from '#checks/tls/index.ts';
import { checkDmpRequest, checkWebVisit, TRANSACTIONS, transactionOf, type CodeLists } from '#checks/xds/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import type { Exchange, HttpExchange, SmtpExchange, StreamExchange, TlsExchange } from '#formats/exchange/index.ts';
import { readHl7 } from '#formats/hl7v2/index.ts';
import { vocabularyOf, type InsiOptions as InsiSettings } from '#mocks/insi/index.ts';
import type { Judge } from '#mocks/index.ts';
import { gather } from './check-files/findings.ts';

/** Findings shown of one exchange; what is beyond is counted. */
const MOST = 200;
/** How far back the rules that compare look: a bench left running for a day stays as quick as in its first minute. */
const COMPARED = 50;
/** No wave is asked of the services alone: the later one asks for at least what the first does. */
const WAVE = 'va2';
const UNREADABLE: ReadonlySet<string> = new Set([
  'INSI-SOAP-READABLE',
  'XDS-READABLE',
  'TD02-READABLE',
  'DMP-READABLE',
  'MAIL-READABLE',
  'HL7-READABLE',
]);
/** Rules on two calls to INSi; how the calls about one person follow each other needs a scenario to be judged. */
const OF_TWO_CALLS: ReadonlySet<string> = new Set([
  'INSI-MESSAGE-ID-UNIQUE',
  'INSI-CONTEXT-ID-UNIQUE',
  'INSI-LPS-STABLE',
]);
const OF_A_FIRST_CALL = 'INSI-FIRST-CALL-ONE-PRENOM';
/** Rules on one call to the directory; the others need what the product shows of the answer. */
const OF_A_SEARCH: ReadonlySet<string> = new Set([
  'ANN-API-KEY-HEADER',
  'ANN-API-KEY-URL',
  'ANN-METHOD',
  'ANN-CRITERIA',
]);

type Said = readonly Finding[] | undefined;
type Earlier = () => readonly Exchange[];

/** What the user set of the services, and the checks must know. */
export interface JudgeSettings {
  readonly insi?: InsiSettings;
  /** Lists of codes that rule the metadata; those shipped when absent. */
  readonly codes?: CodeLists;
}

interface Given {
  readonly insi: InsiOptions;
  /** For the calls to the DMP and for the archives of mails. */
  readonly shared: Pick<JudgeSettings, 'codes'>;
}

/**
 * Joins the checks to the simulated services: what each says of one exchange, without a scenario that would tell which
 * patient is meant, what the product holds or what it was asked.
 *
 * @param settings names of INSi that no public source confirms, and lists of codes: judged as they were given
 */
export function createJudge({ insi, codes }: JudgeSettings = {}): Judge {
  const options: Given = { insi: insiOptions(insi), shared: codes === undefined ? {} : { codes } };
  return async (exchange, earlier) => {
    const said = await judge(exchange, earlier, options);
    if (said === undefined) return undefined;
    const gathered = gather(MOST);
    gathered.add(said);
    return { findings: gathered.findings, readable: !said.some(({ rule }) => UNREADABLE.has(rule)) };
  };
}

function judge(exchange: Exchange, earlier: Earlier, options: Given): Said | Promise<Said> {
  switch (exchange.protocol) {
    case 'http':
      return exchange.operation === 'http-illisible' ? undefined : judgeHttp(exchange, earlier, options);
    case 'smtp':
      return judgeMail(exchange, options.shared);
    case 'mllp':
      return judgeHl7(exchange, earlier);
    case 'tls':
      return judgeHandshake(exchange);
    case 'imap':
      return undefined;
  }
}

function judgeHttp(exchange: HttpExchange, earlier: Earlier, options: Given): Said {
  switch (exchange.service) {
    case 'insi':
      return exchange.request.body.length === 0 ? undefined : judgeInsi(exchange, earlier, options.insi);
    case 'dmp':
      return judgeDmp(exchange, options.shared);
    case 'psc':
      return judgeLogin(exchange, earlier);
    case 'annuaire':
      return judgeDirectory(exchange, earlier);
    default:
      return undefined;
  }
}

function judgeInsi(exchange: HttpExchange, earlier: Earlier, options: InsiOptions): readonly Finding[] {
  const place = `échange ${exchange.id}, `;
  const about = exchange.attribution.patient;
  const calls = earlier().filter(
    (one): one is HttpExchange => one.protocol === 'http' && one.service === 'insi' && one.expected,
  );
  const before = calls.findLast(({ attribution }) => attribution.patient === about) ?? calls.at(-1);
  const alone = checkInsiExchanges([exchange], options);
  const after =
    before === undefined
      ? alone
      : checkInsiExchanges([before, exchange], options).filter(({ where }) => where.startsWith(place));
  const said = [
    // Alone, a second call looks like a first one.
    ...alone.filter((finding) => finding.rule !== OF_A_FIRST_CALL || after.some((one) => isSame(one, finding))),
    ...after.filter(({ rule }) => OF_TWO_CALLS.has(rule)),
  ];
  return said
    .filter((finding, index) => said.findIndex((one) => isSame(one, finding)) === index)
    .map((finding) => ({ ...finding, where: without(place, finding.where) }));
}

/** A call to the API alone, and how any call follows those before it: delays asked, tries spaced and counted. */
function judgeDirectory(exchange: HttpExchange, earlier: Earlier): Said {
  const isSearch = /^(?:search|read|page)\b/.test(exchange.operation);
  if (!isSearch && exchange.operation !== 'extraction') return undefined;
  const alone = isSearch ? checkDirectorySearch([exchange], []).filter(({ rule }) => OF_A_SEARCH.has(rule)) : [];
  const before = earlier()
    .filter((one): one is HttpExchange => one.protocol === 'http' && one.service === 'annuaire')
    .slice(-COMPARED);
  const place = `échange ${before.length + 1} : `;
  const following = checkDirectoryCalls([...before, exchange])
    .filter(({ where }) => where.startsWith(place))
    .map((finding) => ({ ...finding, where: without(place, finding.where) }));
  return [...alone, ...following];
}

/** Where calls to the DMP go: an action that the mock does not know is judged by what it says. */
const DMP_PATH = /\/(?:registry|repository|patients|patientCertif|habilitations)\/?(?:[?#].*)?$/;

function judgeDmp(exchange: HttpExchange, shared: Given['shared']): Said {
  const { operation, request } = exchange;
  if (operation === 'TD0.9') return checkWebVisit(exchange);
  const isCall = operation.startsWith('TD') || (request.method === 'POST' && DMP_PATH.test(request.url));
  if (!isCall) return undefined;
  // The message tells first; what is too broken to tell is what the mock took it for.
  const meant =
    transactionOf(exchange) === undefined ? TRANSACTIONS.find(({ name }) => name === operation)?.name : undefined;
  return checkDmpRequest(exchange, { ...shared, ...(meant === undefined ? {} : { transaction: meant }) });
}

function judgeLogin(exchange: HttpExchange, earlier: Earlier): Said {
  if (!['authorization', 'token', 'userinfo'].includes(exchange.operation)) return undefined;
  const before = earlier()
    .filter((one): one is HttpExchange => one.protocol === 'http' && one.service === 'psc')
    .slice(-COMPARED);
  const place = `échange ${exchange.id} `;
  return checkPscLogin([...before, exchange], { completed: false })
    .filter(({ where }) => where.startsWith(place))
    .map((finding) => ({ ...finding, where: without(place, finding.where) }));
}

async function judgeMail(
  { operation, source, envelope, transcript, peer, reply }: SmtpExchange,
  shared: Given['shared'],
): Promise<Said> {
  if (operation !== 'submission' || source.length === 0) return undefined;
  // No reply: the connection was lost within DATA. The outcome says so; half a mail is nobody's mail.
  if (reply === '') return undefined;
  return [
    ...checkTls(peer.tls, { wave: WAVE }),
    ...(await checkMailFile(source, { wave: WAVE, envelope, transcript, ...shared })),
  ];
}

/** Types of message that are judged whole, whatever they carry. */
const WHOLE: ReadonlySet<string> = new Set(['ADT', 'ACK', 'ZAM']);

function judgeHl7(exchange: StreamExchange, earlier: Earlier): Said {
  const { received } = exchange;
  if (received.length === 0) return undefined;
  const reading = readHl7(received);
  // Of a plain flow of results, the requirements only speak of the PID.
  if (reading.ok && !WHOLE.has(reading.message.type.code) && !carriesDocuments(reading.message)) {
    return checkPid(reading.message);
  }
  const alone = checkMessage(received);
  if (exchange.direction === 'outgoing') return alone;
  const messages = [...earlier().filter(isReceived).slice(-COMPARED), exchange].map((one) => ({
    label: `l’échange ${one.id}`,
    bytes: one.received,
  }));
  const repeated = repeatedControlIds(messages).filter(({ rank }) => rank === messages.length - 1);
  return [...alone, ...repeated.map(({ finding }) => ({ ...finding, where: 'MSH-10' }))];
}

function isReceived(exchange: Exchange): exchange is StreamExchange {
  return exchange.protocol === 'mllp' && exchange.direction !== 'outgoing';
}

/** What a certificate that was refused lacks. A refusal that the bench played for is no fault of the product. */
function judgeHandshake({ expected, error, peer: { tls } }: TlsExchange): Said {
  if (expected || tls === undefined) return undefined;
  const shown = tls.certificate !== undefined && tls.refusal !== undefined;
  return shown || error === 'peer did not return a certificate' ? checkTls(tls, { wave: WAVE }) : undefined;
}

/** The names that a vendor gave to the simulated INSi, as the checks take them. */
function insiOptions(settings: InsiSettings | undefined): InsiOptions {
  if (settings?.vocabulary === undefined) return {};
  const { operations, verification: names } = vocabularyOf(settings.vocabulary);
  const { confirmed: _, ...verification } = names;
  const kinds = { traits: 'traits', vitale: 'vitale', unit: 'verification', bulk: 'verification-masse' } as const;
  return {
    verification,
    operations: operations.map(({ kind, action, element, namespace }) => ({
      kind: kinds[kind],
      action,
      local: element,
      namespace,
    })),
  };
}

function without(place: string, where: string): string {
  return where.startsWith(place) ? where.slice(place.length) : where;
}

function isSame(one: Finding, other: Finding): boolean {
  return one.rule === other.rule && one.where === other.where && one.received === other.received;
}
