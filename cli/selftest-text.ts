import { passed, type FaultOutcome, type ListedFault, type SelftestReport } from '#steps/suite/selftest/index.ts';
import { tableLines, wrap } from './table.ts';

/** The JSON document of `jalon selftest` (DESIGN §4.1). */
export function selftestDocument(report: SelftestReport): object {
  return { ...report, passed: passed(report), summary: summaryOf(report) };
}

interface Summary {
  readonly total: number;
  readonly caught: number;
  /** Scenarios turned red beside those expected, over all faults. */
  readonly collateral: number;
  readonly missing: number;
  /** Scenarios that could not start, over all faults: they judge nothing. */
  readonly blocked: number;
  readonly misjudged: number;
  readonly uncovered: number;
  readonly unproven: number;
}

function summaryOf({ faults, uncovered, unproven }: SelftestReport): Summary {
  const sum = (of: (fault: FaultOutcome) => readonly string[]): number =>
    faults.reduce((total, fault) => total + of(fault).length, 0);
  return {
    total: faults.length,
    caught: faults.filter(({ caught }) => caught).length,
    collateral: sum(({ collateral }) => collateral),
    missing: sum(({ missing }) => missing),
    blocked: sum(({ blocked }) => blocked),
    misjudged: sum(({ misjudged }) => misjudged),
    uncovered: uncovered.length,
    unproven: unproven.length,
  };
}

/**
 * The terminal text: one line per fault, then what is not as it must be, then the sum.
 *
 * @param withReasons also tells why each scenario turned red, expected or not
 */
export function selftestSummary(report: SelftestReport, width: number, withReasons: boolean): string {
  const { section, faults, baseline, jobs, durationMs, open, waiting } = report;
  const summary = summaryOf(report);
  const rows = faults.map((fault) => [
    fault.caught ? (fault.collateral.length === 0 ? '✓' : '!') : '✕',
    fault.name,
    fault.caughtAs === 'avertissement' ? 'avertissement' : `${fault.caughtBy.length}/${fault.expected.length}`,
    fault.collateral.length === 0 ? '' : String(fault.collateral.length),
    fault.blocked.length === 0 ? '' : String(fault.blocked.length),
    fault.rules.length === 0 ? '' : `${fault.rules.length - fault.rulesMissing.length}/${fault.rules.length}`,
    fault.title,
  ]);
  return [
    '',
    `Autotest${section === undefined ? '' : `, section ${section}`} : ${baseline.scenarios} scénarios sans faute, puis avec ${counted(faults.length, 'faute')} du SGL de référence`,
    `(${(durationMs / 1000).toLocaleString('fr-FR', { maximumFractionDigits: 0 })} s, ${counted(jobs, 'exécution')} à la fois)`,
    ...(report.sample === undefined
      ? []
      : wrap(
          `Chaque faute n’a été jouée que sur les plus parlants de ses scénarios attendus et ${report.sample} autres au plus : ce qu’elle rougit ailleurs ne se voit pas.`,
          width,
        )),
    '',
    ...tableLines(COLUMNS, rows, width),
    '',
    ...faults.flatMap((fault) => explain(fault, withReasons, width)),
    ...listed('Rouges sans aucune faute : l’autotest ne prouve rien sur eux', baseline.red, width),
    ...listed('Règles sans faute qui les enfreigne', report.uncovered, width),
    ...listed('Règles qu’aucune exécution n’a fait constater', report.unproven, width),
    ...listed('Règles prouvées par un fichier, qu’aucune exécution ne peut enfreindre', report.provenByFile, width),
    ...listed('À corriger dans les tables', report.stale, width),
    ...(waiting.length === 0
      ? []
      : [
          ...wrap(
            `${counted(waiting.length, 'faute')} du SGL de référence sans scénario pour l’instant, hors des sections tenues pour complètes : pas jouée(s).`,
            width,
          ),
          '',
        ]),
    ...listed(
      'Règles qu’aucune exécution n’a fait constater, hors des sections tenues pour complètes',
      report.unprovenElsewhere,
      width,
    ),
    ...(report.pending === 0
      ? []
      : [
          ...wrap(
            `${counted(report.pending, 'scénario')} dont la table des fautes ne parle pas encore, hors des sections tenues pour complètes : non joué(s) avec une faute.`,
            width,
          ),
          '',
        ]),
    ...(report.interrupted ? ['Interrompu : toutes les fautes n’ont pas été jouées.', ''] : []),
    `${summary.caught} faute(s) attrapée(s) sur ${summary.total}, ${summary.collateral} scénario(s) rougi(s) en plus, ${summary.uncovered + summary.unproven} règle(s) sans preuve${section === undefined && open > 0 ? ` (${open} autres règles, hors des sections tenues pour complètes, n'ont pas encore de faute)` : ''}.`,
    passed(report) ? 'Les contrôles sont éprouvés.' : 'Les contrôles ne sont pas éprouvés.',
    '',
  ].join('\n');
}

const COLUMNS = [
  { header: '' },
  { header: 'Faute', least: 16, worth: 2 },
  { header: 'Attrapée par', align: 'right' },
  { header: 'En plus', align: 'right' },
  { header: 'Ne partent pas', align: 'right' },
  { header: 'Règles', align: 'right' },
  { header: 'Ce que le produit fait alors', least: 12, worth: 1 },
] as const;

function explain(fault: FaultOutcome, withReasons: boolean, width: number): readonly string[] {
  const lines = [
    ...(fault.expected.length + fault.warnings.length === 0 && !fault.caught
      ? ['aucun scénario attendu dans steps/suite/faults.json']
      : []),
    ...(fault.caughtAs === 'avertissement' ? [`attrapée par un avertissement : ${fault.rules.join(', ')}`] : []),
    ...fault.missing.map((id) => `resté vert : ${id}`),
    ...fault.warningsMissing.map((id) => `sans avertissement : ${id}`),
    ...fault.collateral.map((id) => `rougi en plus : ${id}. ${fault.reasons[id] ?? ''}`),
    ...(fault.blocked.length > 0 && (withReasons || !fault.caught)
      ? [`ne peuvent pas partir (leur « Étant donné » échoue) : ${fault.blocked.join(', ')}`]
      : []),
    ...fault.misjudged.map((id) => `imputé au banc ou à la configuration : ${id}. ${fault.reasons[id] ?? ''}`),
    ...fault.rulesMissing.map((rule) => `règle jamais constatée : ${rule}`),
    ...(withReasons ? fault.caughtBy.map((id) => `attrapée par ${id} : ${fault.reasons[id] ?? ''}`) : []),
  ];
  if (lines.length === 0) return [];
  return [fault.name, ...lines.flatMap((line) => wrap(line, width, '  · ')), ''];
}

function listed(title: string, items: readonly string[], width: number): readonly string[] {
  return items.length === 0 ? [] : [`${title} (${items.length}) :`, ...wrap(items.join(', '), width, '  '), ''];
}

/** Faults with what each does, section by section. */
export function faultList(faults: readonly ListedFault[], width: number): string {
  const sections = Map.groupBy(faults, ({ section }) => section);
  const lines = Array.from(sections, ([section, of]) => [
    `── ${section} (${of.length})`,
    ...tableLines(
      [
        { header: 'Faute', least: 16, worth: 2 },
        { header: 'Règles', align: 'right' },
        { header: 'Ce que le produit fait alors', least: 12, worth: 1 },
      ],
      of.map(({ name, rules, title }) => [name, String(rules.length), title]),
      width,
    ),
    '',
  ]).flat();
  return `${[...lines, `${counted(faults.length, 'faute')} du SGL de référence ; « --fault NOM » en met une.`].join('\n')}\n`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count > 1 ? 's' : ''}`;
}
