import type { Finding } from '#dsr/verdict/index.ts';
import { openReport } from '../../report/index.ts';
import { RULES } from './rules.ts';
import type { ReceiptShown } from './types.ts';

const told = (receipts: readonly ReceiptShown[]): string =>
  receipts.map(({ kind, detail }) => `${kind} : ${detail || '(sans détail)'}`).join(' ; ') || 'aucun accusé';

/** Judges what the product shows of a mail whose delivery the operator reported (MSS/va1.14). */
export function checkReceiptShown(receipts: readonly ReceiptShown[], where: string): readonly Finding[] {
  const report = openReport(RULES);
  if (!receipts.some(({ kind }) => kind === 'reception')) {
    report.add('MAIL-RECEIPT-SHOWN', {
      where,
      received: told(receipts),
      expected: 'un accusé de réception',
      remedy:
        'Relevez la boîte d’envoi, rapprochez l’accusé de son courriel (Original-Message-ID, ENVID) et montrez-le.',
    });
  }
  return report.findings;
}

/**
 * Judges what the product shows of a mail that could not be delivered (MSS/va1.14).
 *
 * @param state state of the transmission, as shown
 */
export function checkFailureShown(receipts: readonly ReceiptShown[], state: string, where: string): readonly Finding[] {
  const report = openReport(RULES);
  const failure = receipts.find(({ kind }) => kind === 'echec');
  const wrong = receipts.find(({ kind }) => kind !== 'echec');
  const said = failure !== undefined && failure.detail.trim() !== '';
  if (wrong !== undefined || !(said || state === 'refuse')) {
    report.add('MAIL-FAILURE-SHOWN', {
      where,
      received: `état « ${state} » ; ${told(receipts)}`,
      expected: 'l’échec et son motif, et aucun accusé de réception',
      remedy: 'Rapprochez le courriel d’échec de celui qu’il concerne et montrez-en le motif à l’utilisateur.',
    });
  }
  return report.findings;
}

/**
 * Judges what the product shows of a mail that the operator refused at once (MSS/va1.14). A reason in other words than
 * those of the operator only warns: a product may say them in French.
 *
 * @param shown the transmission, as shown
 * @param reply of the operator, e.g. `550 5.1.1 No such user here`
 */
export function checkRefusalShown(
  { state, detail }: { readonly state: string; readonly detail: string },
  reply: string,
): readonly Finding[] {
  const report = openReport(RULES);
  const silent = state === 'transmis' || detail.trim() === '';
  const [code = ''] = /^\d{3}/.exec(reply) ?? [];
  const words = reply.replace(/^\d{3}[ -](?:\d\.\d{1,3}\.\d{1,3} )?/, '').trim();
  const cited = [code, words].some((one) => one !== '' && detail.toLowerCase().includes(one.toLowerCase()));
  if (silent || !cited) {
    report.add('MAIL-FAILURE-SHOWN', {
      where: 'transmission du compte rendu',
      received: `état « ${state} » ; ${detail.trim() || 'aucun motif'}`,
      expected: `l’échec et son motif : ${reply}`,
      remedy: 'Montrez à l’utilisateur le code et les mots de l’opérateur qui refuse.',
      ...(silent ? {} : { severity: 'warning' as const }),
    });
  }
  return report.findings;
}
