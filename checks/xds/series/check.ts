import type { Finding } from '#dsr/verdict/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { openReport } from '../../report/index.ts';
import { checkAccess } from './access.ts';
import { readDmpCall } from './calls.ts';
import { checkFeedings } from './feedings.ts';
import { placeOf, type JudgedSeries, type SeriesOptions } from './judged.ts';
import { checkReadings } from './readings.ts';
import { SERIES_RULES } from './rules.ts';
import { checkTargets } from './targets.ts';

/**
 * Judges the calls of one product to the DMP together: order of the transactions, access before reading, retries,
 * replacements and updates of entries that the DMP showed. Each call alone is judged by `checkDmpRequest`. Places begin
 * with the id of the exchange.
 *
 * @param exchanges from the first of the scenario, whatever was answered; those of other services are left out
 */
export function checkDmpSeries(exchanges: readonly HttpExchange[], options: SeriesOptions = {}): readonly Finding[] {
  const report = openReport(SERIES_RULES);
  const calls = exchanges
    .filter(({ service, request }) => service === 'dmp' && request.method === 'POST')
    .map(readDmpCall)
    .toSorted((a, b) => a.startedMs - b.startedMs);
  const judged: JudgedSeries = { report, calls, options };
  checkMessageIds(judged);
  checkAccess(judged);
  checkFeedings(judged);
  checkTargets(judged);
  checkReadings(judged);
  return report.findings;
}

function checkMessageIds({ calls, report }: JudgedSeries): void {
  const seen = new Map<string, string>();
  for (const call of calls) {
    if (call.messageId === undefined) continue;
    const first = seen.get(call.messageId);
    if (first === undefined) {
      seen.set(call.messageId, call.id);
      continue;
    }
    report.add('DMP-MESSAGE-ID-UNIQUE', {
      where: placeOf(call, '/Envelope/Header[1]/MessageID[1]'),
      received: `${call.messageId}, déjà employé par l’échange ${first}`,
      expected: 'un MessageID par message',
      remedy: 'Tirez un nouvel UUID à chaque envoi, y compris quand le même lot est envoyé à nouveau.',
    });
  }
}
