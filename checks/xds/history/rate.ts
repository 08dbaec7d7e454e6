import type { Finding } from '#dsr/verdict/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { openReport } from '../../report/index.ts';
import { transactionOf } from '../transaction.ts';
import { HISTORY_RULES } from './rules.ts';

const SECOND_MS = 1_000;

/**
 * Judges how fast documents of the past were fed: in any second, no more TD2.1 than the product was set to.
 *
 * @param exchanges of the whole product: the limit is for all patients together
 */
export function checkHistoryRate(exchanges: readonly HttpExchange[], perSecond: number): readonly Finding[] {
  const report = openReport(HISTORY_RULES);
  const starts = exchanges
    .filter((exchange) => transactionOf(exchange)?.name === 'TD2.1')
    .map(({ id, startedAt }) => ({ id, at: Date.parse(startedAt) }))
    .toSorted((a, b) => a.at - b.at);
  const worst = starts
    .map(({ id, at }) => ({ id, count: starts.filter((one) => one.at >= at && one.at < at + SECOND_MS).length }))
    .toSorted((a, b) => b.count - a.count)[0];
  if (worst !== undefined && worst.count > perSecond) {
    report.add('DMP-HISTORY-RATE', {
      where: `échange ${worst.id}`,
      received: `${worst.count} alimentations en une seconde`,
      expected: `${perSecond} au plus`,
      remedy: 'Espacez les alimentations de la reprise selon la vitesse réglée, pour tout le logiciel.',
    });
  }
  return report.findings;
}
