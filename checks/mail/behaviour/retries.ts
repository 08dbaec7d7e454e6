import type { Finding } from '#dsr/verdict/index.ts';
import { openReport } from '../../report/index.ts';
import { RULES } from './rules.ts';

/** What became of a mail that the operator could not take at once. */
export interface RetrySeen {
  /** The operator took it in the end. */
  readonly taken: boolean;
  /** State of the transmission, as the product shows it. */
  readonly state: string;
  /** How long the bench waited, in milliseconds. */
  readonly waitedMs: number;
}

/**
 * Judges that a mail stays queued and leaves again after a passing failure (assertion M13). A product that shows it
 * waiting may try again later than the bench waits: that only warns.
 */
export function checkRetry({ taken, state, waitedMs }: RetrySeen): readonly Finding[] {
  const report = openReport(RULES);
  if (taken) return report.findings;
  const waiting = state === 'en-attente';
  report.add('MAIL-RETRY', {
    where: 'transmission du compte rendu',
    received: `aucun nouvel essai en ${Math.round(waitedMs / 1000)} s, état « ${state} »`,
    expected: 'un nouvel essai, que l’opérateur aurait pris',
    remedy: 'Gardez le courriel dans la file d’envoi et remettez-le après un refus 4xx ou une connexion perdue.',
    ...(waiting ? { severity: 'warning' as const } : {}),
  });
  return report.findings;
}
