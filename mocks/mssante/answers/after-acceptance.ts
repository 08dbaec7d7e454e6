import type { Situation } from '../../situations/types.ts';
import { ANSWER_SITUATIONS } from '../situations.ts';
import { takeSituation } from '../take-situation.ts';
import type { MssanteDesk } from '../types.ts';
import { ANSWERS, FAILURES, INTEGRATION_CODES } from './data.ts';
import { wantsDelay, wantsDelivery, wantsFailure, type DsnRequest } from './dsn-request.ts';
import type { Original } from './original.ts';
import {
  deliveryReport,
  integrationError,
  patientReply,
  plainFailure,
  readReceipt,
  type AnswerFrame,
} from './reports.ts';

/** What becomes of a mail for one recipient once the operator has taken it. */
export interface Aftermath {
  /** False when the recipient never gets it. */
  readonly delivered: boolean;
  /** Mails that come back to the sender. */
  readonly answers: readonly Answer[];
}

export interface Answer {
  /** French, for the journal. */
  readonly what: string;
  readonly from: string;
  readonly source: Uint8Array;
}

/**
 * Decides what the operator, or the recipient, sends back. Without a situation: a delivery report when one was asked for
 * (`NOTIFY=SUCCESS`, or `Return-Receipt-To` when NOTIFY says nothing), nothing else. A sender that asked not to be told of
 * failures is not told (RFC 3461 §4.1).
 */
export function aftermathFor(
  desk: MssanteDesk,
  sender: string,
  recipient: string,
  original: Original,
  asked: DsnRequest,
): Aftermath {
  const { context, domain } = desk;
  const played = takeSituation(desk, recipient, ANSWER_SITUATIONS);
  const situation = played?.situation ?? '';
  const frame: AnswerFrame = { domain, at: context.now(), uuid: context.uuid, sender, recipient, original };
  const operator = `${ANSWERS.postmaster}@${domain}`;
  const failure = FAILURES[situation];
  if (failure !== undefined) {
    if (!wantsFailure(asked)) return { delivered: false, answers: [] };
    const source =
      failure.form === 'dsn'
        ? deliveryReport(frame, { ...failure, action: 'failed' }, asked)
        : plainFailure(frame, failure);
    return { delivered: false, answers: [{ what: `avis d'échec « ${situation} »`, from: operator, source }] };
  }
  const answers: Answer[] = [];
  if (situation === 'remise-differee' && wantsDelay(asked)) {
    const source = deliveryReport(frame, { ...ANSWERS.delayed, action: 'delayed' }, asked);
    answers.push({ what: 'avis de retard', from: operator, source });
  }
  const reported = situation === 'accuse-remise' || wantsDelivery(asked, original.deliveryReportAsked);
  if (reported && situation !== 'sans-accuse') {
    const source = deliveryReport(frame, { ...ANSWERS.delivered, action: 'delivered' }, asked);
    answers.push({ what: 'accusé de remise', from: operator, source });
  }
  if (situation === 'accuse-lecture') {
    answers.push({ what: 'accusé de lecture', from: recipient, source: readReceipt(frame) });
  }
  if (situation === 'reponse-patient') {
    answers.push({ what: 'réponse du patient', from: recipient, source: patientReply(frame) });
  }
  if (situation === 'erreur-integration') {
    const code = String(played?.parameters?.['code'] ?? '902');
    const source = integrationError(frame, code, INTEGRATION_CODES[code] ?? '');
    answers.push({ what: `erreur d'intégration ${code}`, from: recipient, source });
  }
  return { delivered: true, answers };
}

/** French problem of a situation that has a code of its own; undefined when it can be played. */
export function integrationCodeProblem(parameters: Situation['parameters']): string | undefined {
  const code = parameters?.['code'];
  if (code === undefined || INTEGRATION_CODES[String(code)] !== undefined) return undefined;
  return `« code » est l'un de : ${Object.keys(INTEGRATION_CODES).join(', ')}`;
}
