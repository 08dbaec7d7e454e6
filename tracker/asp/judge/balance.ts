import { isBefore } from '#dsr/dates/index.ts';
import { isMssanteAddress } from '#dsr/mssante/index.ts';
import pieces from '../pieces.json' with { type: 'json' };
import { AMENDMENT_WORDS, dayInFrench, STATUS_WORDS, type Reason } from '../reasons/index.ts';
import { requestStatus, wasHandedIn } from '../status.ts';
import type { PaymentRequest } from '../types.ts';
import { amountsInFrench } from './amounts.ts';
import { about, type Case } from './case.ts';

/** The balance waits for the decision on the advance and on its last amendment. */
export function judgeAdvance(given: Pick<Case, 'order' | 'advance' | 'product'>): readonly Reason[] {
  const { order, advance, product } = given;
  const reasons: Reason[] = [];
  if (advance === undefined) {
    const facts = { instance: order.instance, dsr: product?.dsrCode ?? order.couloir };
    reasons.push(about(given, 'ASP_ADVANCE_ABSENT', 'instance', facts));
  } else {
    if (advance.order !== order.number) {
      const facts = { request: advance.id, otherOrder: advance.order };
      reasons.push(about(given, 'ASP_ADVANCE_OTHER_ORDER', 'number', facts));
    }
    const status = requestStatus(advance);
    if (status !== 'decidee-et-payee') {
      const facts = { request: advance.id, status: STATUS_WORDS[status], way: wayToDecision(advance) };
      reasons.push(about(given, 'ASP_ADVANCE_UNDECIDED', 'instance', facts));
    }
  }
  for (const [index, { number, status }] of order.amendments.entries()) {
    if (status !== 'a-deposer' && status !== 'deposee') continue;
    const facts = { number, status: AMENDMENT_WORDS[status] };
    reasons.push(about(given, 'ASP_AMENDMENT_OPEN', `amendments[${index}].status`, facts));
  }
  return reasons;
}

/** What is to be noted of an advance: its number too, when it is not known, and it all when what Jalon made was only a draft. */
function wayToDecision({ id, order, aspReference, layout, ...files }: PaymentRequest): string {
  const number = aspReference === undefined ? ' --reference NUMÉRO' : '';
  return layout.proposed && !wasHandedIn(files)
    ? `Ce que Jalon en a fait est un brouillon. Si l’avance a été déposée autrement et payée, saisissez-la : npm run jalon -- asp enter ${order} --status decidee-et-payee --at JOUR --amount MONTANT${number}`
    : `Attendez la décision de l’ASP, puis enregistrez-la : npm run jalon -- asp status ${id} --set decidee-et-payee${number}.`;
}

/** The invoice says what was ordered, for a real amount, with the mention. */
export function judgeInvoice(given: Case): readonly Reason[] {
  const { order, total } = given;
  const { invoice } = order;
  if (invoice === undefined) return [about(given, 'ASP_INVOICE_ABSENT', 'invoice')];
  const { number, amounts } = invoice;
  const reasons: Reason[] = [];
  if (invoice.issuedOn === undefined) reasons.push(about(given, 'ASP_INVOICE_UNDATED', 'invoice.issuedOn', { number }));
  const facts = { number, ...amountsInFrench(amounts) };
  if (amounts.ht <= 0 || amounts.ttc <= 0) {
    reasons.push(about(given, 'ASP_INVOICE_ZERO', 'invoice.amounts', facts));
  } else if (amounts.ht !== total.ht || amounts.ttc !== total.ttc) {
    const { ht: orderHt, ttc: orderTtc } = amountsInFrench(total);
    reasons.push(about(given, 'ASP_INVOICE_AMOUNT', 'invoice.amounts', { ...facts, orderHt, orderTtc }));
  }
  if (!invoice.stateMention) reasons.push(about(given, 'ASP_INVOICE_MENTION', 'invoice.stateMention', { number }));
  return reasons;
}

/** The client says, by his signature, that the service was done. */
export function judgeAcceptance(given: Case): readonly Reason[] {
  const { order, today } = given;
  if (order.acceptance === undefined) return [about(given, 'ASP_ACCEPTANCE_ABSENT', 'acceptance')];
  const { kind, signedOn, reserves, mssanteAddress } = order.acceptance;
  const facts = { acceptance: kind };
  const reasons: Reason[] = [];
  if (signedOn === undefined) {
    reasons.push(about(given, 'ASP_ACCEPTANCE_UNSIGNED', 'acceptance.signedOn', facts));
  } else {
    const dated = { ...facts, acceptedOn: dayInFrench(signedOn), today: dayInFrench(today) };
    if (order.signedOn !== undefined && isBefore(signedOn, order.signedOn)) {
      const early = { ...dated, signedOn: dayInFrench(order.signedOn) };
      reasons.push(about(given, 'ASP_ACCEPTANCE_EARLY', 'acceptance.signedOn', early));
    }
    if (isBefore(today, signedOn)) reasons.push(about(given, 'ASP_ACCEPTANCE_FUTURE', 'acceptance.signedOn', dated));
  }
  if (reserves === 'bloquantes') reasons.push(about(given, 'ASP_RESERVES', 'acceptance.reserves', facts));
  if (mssanteAddress === undefined || mssanteAddress.trim() === '') {
    reasons.push(about(given, 'ASP_MSSANTE_ABSENT', 'acceptance.mssanteAddress', facts));
  } else if (!isMssanteAddress(mssanteAddress)) {
    const wrong = { address: mssanteAddress };
    reasons.push(about(given, 'ASP_MSSANTE_ADDRESS', 'acceptance.mssanteAddress', wrong));
  }
  return [...reasons, ...judgeMssCase(given)];
}

/** Whether a DSR is of the programmes whose balance says how MSSanté was deployed: `MS1`, `MS2-VA1`… */
export function needsMssCase(dsrCode: string): boolean {
  const words = dsrCode.split(/[^A-Za-z0-9]+/u);
  return pieces.mssDeployment.programmes.some((programme) => words.includes(programme));
}

function judgeMssCase(given: Case): readonly Reason[] {
  const { order, product } = given;
  const { acceptance: { kind, mssDeployment: accepted } = { kind: 'VA' }, mssDeployment: declared } = order;
  const dsr = product?.dsrCode ?? '';
  const where = 'acceptance.mssDeployment';
  if (accepted === undefined) {
    return needsMssCase(dsr) ? [about(given, 'ASP_MSS_CASE_ABSENT', where, { acceptance: kind, dsr })] : [];
  }
  if (declared === undefined || declared === accepted) return [];
  return [about(given, 'ASP_MSS_CASE_MISMATCH', 'mssDeployment', { acceptance: kind, declared, accepted })];
}
