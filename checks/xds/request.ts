import type { Finding } from '#dsr/verdict/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { readSoap } from '#formats/soap/index.ts';
import { openReport } from '../report/index.ts';
import { checkVihf, vihfOf, type VihfOptions } from '../vihf/index.ts';
import { checkSubmission } from './check.ts';
import { checkEnvelope } from './envelope.ts';
import { checkExistenceTest } from './existence.ts';
import { MESSAGE_RULES } from './message-rules.ts';
import { RECORD_RULES } from './record-rules.ts';
import { RULES } from './rules.ts';
import { checkSearch } from './search.ts';
import {
  dmpRequestOf,
  envelopeBytes,
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
  readonly transaction?: DmpTransactionName;
  /** Leaves the VIHF out. */
  readonly withoutVihf?: boolean;
}

/** Calls that name no patient. */
const WITHOUT_PATIENT: ReadonlySet<string> = new Set(['TD0.4', 'TD0.5']);

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
      : TRANSACTIONS.find(({ name }) => name === options.transaction);
  const envelope = envelopeBytes(request);
  const findings = judgeTransaction(request, transaction, envelope, options);
  if (options.withoutVihf === true || !readSoap(envelope).ok) return findings;
  const { tls, at } = request;
  const patient = transaction !== undefined && WITHOUT_PATIENT.has(transaction.name) ? null : options.patient;
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
      return checkExistenceTest(envelope, options);
    default: {
      const report = openReport([...MESSAGE_RULES, ...RECORD_RULES, ...RULES]);
      const reading = readSoap(envelope);
      if (reading.ok) {
        checkEnvelope(report, reading.envelope, transaction);
        const rightBody = reading.envelope.payload?.name.local === transaction?.body;
        if (transaction?.name === 'TD3.3' && rightBody) {
          checkUpdate(report, reading.envelope, vihfOf(envelope), options.codes);
        }
        if (transaction?.name === 'TD3.1' && rightBody) checkSearch(report, reading.envelope, vihfOf(envelope));
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
