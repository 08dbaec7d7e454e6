import type { Finding } from '#dsr/verdict/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { readSoap } from '#formats/soap/index.ts';
import { isBenchLimit, limitBreach, openReport } from '../report/index.ts';
import { checkVihf, vihfOf, type VihfOptions } from '../vihf/index.ts';
import { ASKING_RULES } from './asking-rules.ts';
import { checkSubmission } from './check.ts';
import { checkContentType } from './content-type.ts';
import { checkEnvelope } from './envelope.ts';
import { checkExistenceTest } from './existence.ts';
import { LIMIT_RULES } from './limit-rules.ts';
import { MESSAGE_RULES } from './message-rules.ts';
import { checkOperation } from './operations.ts';
import { checkPatientSearch } from './patient-search.ts';
import { RECORD_RULES } from './record-rules.ts';
import { checkRetrieval } from './retrieval.ts';
import { RULES } from './rules.ts';
import { checkSearch } from './search.ts';
import { checkSession } from './session.ts';
import {
  dmpRequestOf,
  envelopeBytes,
  readEnvelope,
  transactionOf,
  TRANSACTIONS,
  type DmpRequest,
  type DmpTransaction,
  type DmpTransactionName,
} from './transaction.ts';
import type { SubmissionOptions } from './types.ts';
import { checkUpdate } from './update.ts';

export interface DmpRequestOptions extends SubmissionOptions, Pick<VihfOptions, 'user'> {
  /** The transaction that was asked of the product; absent, it is told from the request. */
  readonly transaction?: DmpTransactionName | 'TD1.3a';
  /** Leaves the VIHF out. */
  readonly withoutVihf?: boolean;
}

const WITHOUT_PATIENT: ReadonlySet<string> = new Set(['TD0.4', 'TD0.5']);

/** Whether the VIHF of such a call names no patient: the list of records, the search without INS. */
export function namesNoPatient(transaction: DmpTransaction | undefined): boolean {
  return transaction !== undefined && WITHOUT_PATIENT.has(transaction.name);
}

/**
 * Judges one call to the DMP from what was sent alone, whatever was answered: a message that the DMP refused (other
 * action, envelope that cannot be read, SOAP 1.1, VIHF wrong or absent) is judged like any other. Gives the findings of
 * the transaction (XDS-*, TD02-*, DMP-*) then those of the VIHF. When the envelope cannot be read, only that is said.
 *
 * @param source an exchange of the journal, recognised by the mock or not, or what is known of a request
 */
export function checkDmpRequest(
  source: DmpRequest | HttpExchange,
  options: DmpRequestOptions = {},
): readonly Finding[] {
  const request = dmpRequestOf(source);
  const transaction =
    options.transaction === undefined
      ? transactionOf(request)
      : TRANSACTIONS.find(({ name }) => name === (options.transaction === 'TD1.3a' ? 'TD0.2' : options.transaction));
  const envelope = envelopeBytes(request);
  const findings = [
    ...sessionOf(request),
    ...contentTypeOf(request, transaction, envelope),
    ...judgeTransaction(request, transaction, envelope, options),
  ];
  if (options.withoutVihf === true || !readSoap(envelope).ok) return findings;
  const { tls, at } = request;
  const patient = namesNoPatient(transaction) ? null : options.patient;
  return [
    ...findings,
    ...checkVihf(
      { envelope, ...(at === undefined ? {} : { at }), ...(tls === undefined ? {} : { tls }) },
      {
        ...(options.toleranceSeconds === undefined ? {} : { toleranceSeconds: options.toleranceSeconds }),
        ...(patient === undefined ? {} : { patient }),
        ...(options.user === undefined ? {} : { user: options.user }),
      },
    ),
  ];
}

function sessionOf({ tls }: DmpRequest): readonly Finding[] {
  const report = openReport(ASKING_RULES);
  if (tls !== undefined) checkSession(report, tls);
  return report.findings;
}

/** TD2.1 is a package of its own: what it announces is judged with it. */
function contentTypeOf(
  { contentType }: DmpRequest,
  transaction: DmpTransaction | undefined,
  envelope: Uint8Array,
): readonly Finding[] {
  const reading = readSoap(envelope);
  if (!reading.ok || transaction?.name === 'TD2.1') return [];
  const report = openReport(MESSAGE_RULES);
  checkContentType(report, contentType, reading.envelope, transaction);
  return report.findings;
}

function judgeTransaction(
  request: DmpRequest,
  transaction: DmpTransaction | undefined,
  envelope: Uint8Array,
  options: DmpRequestOptions,
): readonly Finding[] {
  switch (transaction?.name) {
    case 'TD2.1':
      return checkSubmission(request, options);
    case 'TD0.2':
      return checkExistenceTest(envelope, {
        ...options,
        ...(options.transaction === 'TD0.2' ? { reason: 'TEST_EXST' as const } : {}),
        ...(options.transaction === 'TD1.3a' ? { reason: 'CNSLT_DATA' as const } : {}),
      });
    default: {
      const report = openReport([...MESSAGE_RULES, ...ASKING_RULES, ...RECORD_RULES, ...RULES, ...LIMIT_RULES]);
      const reading = readEnvelope(request);
      if (reading.ok) {
        checkEnvelope(report, reading.envelope, transaction);
        const { payload } = reading.envelope;
        if (payload === undefined || payload.name.local !== transaction?.body) return report.findings;
        const { name } = transaction;
        if (name === 'TD3.3') checkUpdate(report, reading.envelope, vihfOf(envelope), options.codes);
        else if (name === 'TD3.1') checkSearch(report, reading.envelope, vihfOf(envelope));
        else if (payload.name.namespace !== transaction.namespace) return report.findings;
        else if (name === 'TD3.2') checkRetrieval(report, payload);
        else if (name === 'TD0.5') checkPatientSearch(report, payload);
        else if (name === 'TD0.3' || name === 'TD0.4' || name === 'TD1.6') {
          checkOperation(report, name, payload, request.at);
        }
      } else if (isBenchLimit(reading.fault)) {
        report.add('DMP-LIMIT', limitBreach('corps HTTP', 'le message', reading.fault));
      } else {
        report.add('DMP-READABLE', {
          where: 'corps HTTP',
          received: reading.fault.message,
          expected: 'une enveloppe SOAP 1.2 bien formée',
          remedy: 'Corrigez la construction du message.',
        });
      }
      return report.findings;
    }
  }
}
