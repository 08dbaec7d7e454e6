import type { Finding } from '#dsr/verdict/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { openReport } from '../../report/index.ts';
import { checkAir } from './air.ts';
import { CONSULTATION_RULES } from './rules.ts';
import { checkRights } from './rights.ts';
import { checkCriteria } from './search.ts';
import type { ConsultationOptions, JudgedConsultation } from './types.ts';

/**
 * Judges how a product read one record by its own interfaces: consent and authorisation, criteria of the
 * searches, mode AIR. The order of TD0.2 and of the readings is judged by `checkDmpSeries`, each call alone by
 * `checkDmpRequest`. Places begin with the id of the exchange.
 *
 * @param exchanges calls about one patient, from the first of the scenario, whatever was answered
 */
export function checkConsultation(
  exchanges: readonly HttpExchange[],
  options: ConsultationOptions = {},
): readonly Finding[] {
  const report = openReport(CONSULTATION_RULES);
  const calls = exchanges
    .filter(({ service, request }) => service === 'dmp' && request.method === 'POST')
    .toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt));
  const judged: JudgedConsultation = { report, exchanges: calls, options };
  checkCriteria(judged);
  checkRights(judged);
  if (options.air === true) checkAir(judged);
  return report.findings;
}
