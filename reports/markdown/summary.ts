import type { Finding } from '#dsr/verdict/index.ts';
import { shownRunState } from '#tracker/domain/index.ts';
import type { RunRecord, ScenarioResult } from '#tracker/types.ts';
import { CAUSES, count, duration, VERDICTS } from '../words/index.ts';
import { code, inline, table } from './markdown.ts';

/** A comment of a pull request takes 65,536 characters on GitHub, a million on GitLab. */
const LONGEST = 60_000;
const MOST_FINDINGS = 3;

/** What a run says to whoever reads a pull request. @param base an earlier run that it is compared with */
export function renderSummary(run: RunRecord, base?: RunRecord): string {
  const head = [
    `## ${VERDICTS[run.verdict].sign} ${inline(run.product.name)} ${inline(run.product.version)} : ${shownRunState(run.lifecycle, run.verdict).label.toLowerCase()}`,
    `REM ${inline(run.rem.source)} (${run.category} ${run.wave}), profils ${run.profiles.map((one) => inline(one)).join(', ')}. ${count(run.scenarios.length, 'scénario')} en ${duration(run.durationMs)}, Jalon ${inline(run.benchVersion)}, exécution ${code(run.id)}.`,
    ...(run.faults.length === 0
      ? []
      : [
          `> **Produit mis en défaut exprès** (${run.faults.map((fault) => code(fault)).join(', ')}) : cette exécution prouve le banc, pas le produit.`,
        ]),
    verdicts(run),
    ...(base === undefined ? [] : [changes(run, base)]),
  ];
  const red = run.scenarios.filter(({ verdict }) => verdict === 'non-conforme' || verdict === 'non-verifiable');
  const tail = [...unexpected(run), 'Le rapport entier est dans `index.html` du dossier de l’exécution.'];
  const parts = [...head, ...(red.length === 0 ? [] : [`### Ce qui ne va pas (${red.length})`])];
  let left = LONGEST - [...parts, ...tail].join('\n\n').length - 200;
  let told = 0;
  for (const scenario of red) {
    const item = redItem(scenario);
    if (item.length + 2 > left) break;
    left -= item.length + 2;
    parts.push(item);
    told += 1;
  }
  if (told < red.length)
    parts.push(`… et ${count(red.length - told, 'autre scénario rouge', 'autres scénarios rouges')}, dans le rapport.`);
  return `${[...parts, ...tail].join('\n\n')}\n`;
}

function verdicts({ scenarios }: RunRecord): string {
  const of = (verdict: ScenarioResult['verdict']): number => scenarios.filter((one) => one.verdict === verdict).length;
  const all = ['conforme', 'non-conforme', 'a-verifier', 'non-verifiable'] as const;
  return table(
    all.map((verdict) => `${VERDICTS[verdict].sign} ${VERDICTS[verdict].label}`),
    [all.map(of)],
  );
}

function changes(run: RunRecord, base: RunRecord): string {
  const before = new Map(base.scenarios.map((one) => [one.id, one.verdict]));
  const isRed = (verdict: string | undefined): boolean => verdict === 'non-conforme' || verdict === 'non-verifiable';
  const fixed = run.scenarios.filter(({ id, verdict }) => isRed(before.get(id)) && !isRed(verdict));
  const broken = run.scenarios.filter(({ id, verdict }) => before.has(id) && !isRed(before.get(id)) && isRed(verdict));
  const list = (title: string, scenarios: readonly ScenarioResult[]): string =>
    `**${title}** (${scenarios.length})${
      scenarios.length === 0
        ? ''
        : ` : ${scenarios
            .slice(0, 20)
            .map(({ id }) => code(id))
            .join(', ')}${scenarios.length > 20 ? '…' : ''}`
    }`;
  return [`### Depuis ${code(base.id)}`, list('Réparés', fixed), list('Cassés', broken)].join('\n\n');
}

function redItem({ id, name, verdict, cause, reason, requirements, findings }: ScenarioResult): string {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const shown = errors.slice(0, MOST_FINDINGS).map(findingItem);
  const more = errors.length - shown.length;
  return [
    `#### ${VERDICTS[verdict].sign} ${inline(name)}`,
    `${VERDICTS[verdict].label}${cause === undefined ? '' : ` (${CAUSES[cause].label.toLowerCase()})`}, ${code(id)}, ${requirements.map((one) => code(one)).join(', ')}`,
    ...(shown.length > 0 ? shown : [inline(reason, 1_000)]),
    ...(more > 0 ? [`… et ${count(more, 'autre constat', 'autres constats')}.`] : []),
  ].join('\n\n');
}

function findingItem({ rule, where, received, expected, remedy }: Finding): string {
  return [
    `- ${code(rule)} ${inline(where)}`,
    `  - reçu : ${code(received)}`,
    `  - attendu : ${code(expected)}`,
    `  - à faire : ${inline(remedy)}`,
  ].join('\n');
}

function unexpected({ unexpected: calls }: RunRecord): readonly string[] {
  if (calls.length === 0) return [];
  const rows = calls
    .slice(0, 20)
    .map(({ service, operation, outcome }) => [inline(service), inline(operation), inline(outcome)]);
  return [
    `### Imprévus (${calls.length})`,
    table(['Service', 'Opération', 'Issue'], rows),
    ...(calls.length > 20 ? [`… et ${calls.length - 20} autres.`] : []),
  ];
}
