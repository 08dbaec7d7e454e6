import type { Exchange } from '#formats/exchange/index.ts';
import { serviceName } from '#mocks/diagnosis/index.ts';
import type { Judgement } from '#mocks/index.ts';

/** Exchanges judged for the summary: the end of a long day is not the time to judge all of it. */
const JUDGED = 1000;
const RULES = 5;

type Judging = (exchange: Exchange) => Promise<Judgement | undefined>;

/**
 * What the services saw, in a few French lines: exchanges by service, how many are wrong, the most frequent rules.
 *
 * @param exchanges in order of arrival
 * @param folder where they are kept
 */
export async function mocksSummary(exchanges: readonly Exchange[], judge: Judging, folder: string): Promise<string> {
  if (exchanges.length === 0) return 'Aucun échange reçu.\n';
  const services = tally(exchanges.map(({ service }) => serviceName(service)));
  const judged = exchanges.slice(-JUDGED);
  const verdicts: (string | undefined)[] = [];
  const rules: string[] = [];
  for (const exchange of judged) {
    const judgement = await judge(exchange);
    verdicts.push(judgement?.verdict);
    for (const { rule, severity } of judgement?.findings ?? []) if (severity !== 'info') rules.push(rule);
  }
  const count = (wanted: string | undefined): number => verdicts.filter((one) => one === wanted).length;
  const frequent = tally(rules).slice(0, RULES);
  const width = Math.max(...frequent.map(([rule]) => rule.length), 0);
  const lines = [
    `${exchanges.length} échange(s) : ${services.map(([name, number]) => `${name} ${number}`).join(', ')}.`,
    ...(judged.length < exchanges.length ? [`Seuls les ${JUDGED} derniers ont été jugés.`] : []),
    `Jugés : ${count('conforme')} conforme(s), ${count('non-conforme')} avec erreurs, ${count('non-verifiable')} non vérifiable(s) ; ${count(undefined)} sans contrôle.`,
    ...(frequent.length === 0 ? [] : ['Règles le plus souvent en cause :']),
    ...frequent.map(([rule, number]) => `  ${rule.padEnd(width)}  ${number}`),
    `Pour les relire : npm run jalon -- mocks --journal ${folder}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** How many times each, the most frequent first; equals by name. */
function tally(names: readonly string[]): readonly (readonly [name: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].toSorted(([one, many], [other, more]) => more - many || one.localeCompare(other));
}
