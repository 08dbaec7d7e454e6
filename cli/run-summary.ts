import { join, relative } from 'node:path';
import { applicableRequirements, slotsOf } from '#dsr/catalogue/index.ts';
import type { Rem } from '#dsr/rem/index.ts';
import type { Verdict } from '#dsr/verdict/index.ts';
import { filmingCount, slotsToFilm } from '#reports/index.ts';
import { shownRunState } from '#tracker/domain/index.ts';
import type { GuideStep, RunRecord, ScenarioResult, SlotStatus } from '#tracker/types.ts';
import { VERSION } from './version.ts';

export interface RunView {
  readonly run: RunRecord;
  readonly rem: Rem;
  readonly profiles: readonly string[];
  readonly runDir: string;
  readonly statuses: readonly SlotStatus[];
}

/** Singular and plural, as shown. */
const WORDS: Readonly<Record<Verdict, readonly [string, string]>> = {
  conforme: ['conforme', 'conformes'],
  'non-conforme': ['non conforme', 'non conformes'],
  'a-verifier': ['à vérifier', 'à vérifier'],
  'non-verifiable': ['non vérifiable', 'non vérifiables'],
};

const counted = (count: number, [one, many]: readonly [string, string]): string => `${count} ${count > 1 ? many : one}`;

/** Said only when it explains how long the run was. */
const byJobs = ({ jobs = 1 }: RunRecord): string => (jobs > 1 ? `, par ${jobs} processus` : '');

const VERDICTS: readonly Verdict[] = ['conforme', 'non-conforme', 'a-verifier', 'non-verifiable'];

/** The JSON document of `jalon run` (DESIGN §4.1). */
export function runDocument(view: RunView): object {
  const { run, runDir } = view;
  return {
    runId: run.id,
    verdict: run.verdict,
    lifecycle: run.lifecycle,
    dir: runDir,
    scenarios: { total: run.scenarios.length, ...countBy(run.scenarios, VERDICTS) },
    slots: slotCounts(view),
    requirements: exercisedIn(view),
    pieces: run.scenarios.reduce((sum, scenario) => sum + scenario.pieces.length, 0),
    findings: findingCounts(run),
    failures: run.scenarios
      .filter(({ verdict }) => verdict === 'non-conforme' || verdict === 'non-verifiable')
      .map(({ id, verdict, cause, reason }) => ({ id, verdict, cause, reason })),
    toReview: run.scenarios
      .filter(({ verdict }) => verdict === 'a-verifier')
      .map(({ id, reason, guide = [] }) => ({ id, reason, toFilm: slotsOfGuide(guide) })),
    filming: filmingDocument(view),
    ...(run.codes === undefined ? {} : { codes: run.codes }),
    ...(run.references === undefined ? {} : { references: run.references }),
    jobs: run.jobs ?? 1,
    durationMs: run.durationMs,
  };
}

/** The terminal text: what was played, what was collected, what was found, where to look, what to do next. */
export function runSummary(view: RunView): string {
  const { run, rem, profiles, runDir } = view;
  const { exercised, applicable } = exercisedIn(view);
  const verdicts = countBy(run.scenarios, VERDICTS);
  const slots = slotCounts(view);
  const findings = findingCounts(run);
  const pieces = run.scenarios.reduce((sum, scenario) => sum + scenario.pieces.length, 0);
  const report = relative(process.cwd(), join(runDir, 'index.html')) || join(runDir, 'index.html');
  // What was not played is one line, not one per scenario.
  const red = run.scenarios.filter(({ verdict, cause }) => verdict.startsWith('non-') && cause !== 'interrompu');
  const filming = slotsToFilm(run, rem);
  const toLookAt = run.scenarios.filter(({ verdict, guide }) => verdict === 'a-verifier' && guide === undefined);
  const unplayed = run.scenarios.filter(({ cause }) => cause === 'interrompu').length;
  const lines = [
    '',
    `Jalon ${VERSION} · ${rem.category} vague ${rem.wave.slice(2)} · ${run.product.name} ${run.product.version} (piloté par ${run.driver})`,
    `REM : ${rem.source}, ${rem.requirements.length} exigences ; profils ${profiles.join(', ')}`,
    ...(run.codes === undefined
      ? []
      : [
          `Listes de codes : ${run.codes.map(({ source, sha256 }) => `${source} (SHA-256 ${sha256.slice(0, 12)}…)`).join(', ')}`,
        ]),
    ...referenceLines(run),
    '',
    `  Scénarios   ${counted(run.scenarios.length, ['joué', 'joués'])} en ${seconds(run.durationMs)}${byJobs(run)} : ${VERDICTS.map((verdict) => counted(verdicts[verdict], WORDS[verdict])).join(', ')}`,
    `  Exigences   ${counted(exercised, ['exercée', 'exercées'])} sur ${applicable} applicables (${percent(exercised, applicable)})`,
    `  Preuves     ${counted(slots['recueillie'] ?? 0, ['recueillie', 'recueillies'])}, ${counted(slots['rejouee'] ?? 0, ['rejouée', 'rejouées'])}, ${slots['a-revoir'] ?? 0} à revoir, ${counted(slots['vide'] ?? 0, ['vide', 'vides'])}, sur ${slots['total'] ?? 0}`,
    `  Pièces      ${counted(pieces, ['versée', 'versées'])}`,
    `  Constats    ${findings.error} erreur(s), ${findings.warning} avertissement(s), ${findings.info} information(s)`,
    ...(findings.error > 0 && red.length === 0
      ? [
          '              ces erreurs portent sur d’autres exigences que celles des scénarios joués : section « Vu au passage » du rapport',
        ]
      : []),
    // Dozens of shot lists would hide what is red: the report holds them.
    ...(filming.guided.length + filming.others.length === 0
      ? []
      : [`  À filmer    preuves : ${filmingCount(filming)}, section « À filmer » du rapport`]),
    ...(run.leftOut === undefined
      ? []
      : [
          `  Écartés     ${counted(run.leftOut.length, ['scénario', 'scénarios'])} : cette REM ne connaît pas ${[...new Set(run.leftOut.flatMap((one) => one.requirements))].join(', ')}`,
        ]),
    ...(run.unexpected.length > 0
      ? [`  Imprévus    ${run.unexpected.length} échange(s) qu'aucun service n'a reconnu(s)`]
      : []),
    '',
    ...[...red, ...toLookAt].flatMap(explain),
    ...(unplayed > 0 ? [`Interrompue : ${unplayed} scénario(s) non joué(s).`] : []),
    `Verdict : ${shownRunState(run.lifecycle, run.verdict).label}`,
    `Rapport : ${report}`,
    `Suite   : ${nextCommand(run, red)}`,
    '',
  ];
  return lines.join('\n');
}

/** How much of what the REM asks of these profiles the run spoke of. */
function exercisedIn({ run, rem, profiles }: RunView): { readonly exercised: number; readonly applicable: number } {
  const applicable = applicableRequirements(rem, profiles);
  const played = new Set(run.scenarios.flatMap((scenario) => scenario.requirements));
  return { exercised: applicable.filter(({ id }) => played.has(id)).length, applicable: applicable.length };
}

function percent(part: number, whole: number): string {
  return `${whole === 0 ? 0 : Math.round((100 * part) / whole)} %`;
}

/** Slots to film: those that guided steps tell, those that only a played scenario shows. */
function filmingDocument({ run, rem }: RunView): { readonly guided: number; readonly others: readonly string[] } {
  const { guided, others } = slotsToFilm(run, rem);
  return { guided: guided.length, others: others.map(({ slot }) => slot.id) };
}

function slotsOfGuide(guide: readonly GuideStep[]): readonly string[] {
  return [...new Set(guide.flatMap((step) => (step.kind === 'prise-de-vue' ? [step.slot] : [])))];
}

function explain(scenario: ScenarioResult): readonly string[] {
  const cause = scenario.cause === undefined ? '' : ` (${CAUSES[scenario.cause]})`;
  return [
    `${scenario.verdict === 'a-verifier' ? '?' : '✕'} ${WORDS[scenario.verdict][0]}${cause} · ${scenario.id} · ${scenario.name}`,
    ...scenario.reason.split('\n').map((line) => `    ${line}`),
    '',
  ];
}

const CAUSES = { produit: 'produit', configuration: 'configuration', banc: 'banc', interrompu: 'interrompu' } as const;

function nextCommand(run: RunRecord, red: readonly ScenarioResult[]): string {
  // Without its product, the command would play the reference SGL and come out green.
  const sut = run.driver === 'reference' ? '' : ` --sut ${quoted(run.driver)}`;
  if (run.lifecycle === 'interrupted') {
    return `relancez « ${sut === '' ? 'npm start' : `npm run jalon -- run${sut}`} » ; ce qui est jugé est gardé`;
  }
  const [first] = red;
  // Tags are those of the feature, whatever the REM in use calls the requirement.
  const [requirement] = first?.writtenFor ?? first?.requirements ?? [];
  return requirement
    ? `corrigez, puis « npm run jalon -- run${sut} --tags @exigence:${requirement} » rejoue ce qui échoue`
    : '« npm run jalon -- serve » ouvre le suivi';
}

/** As a shell wants it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function slotCounts({ rem, profiles, statuses }: RunView): Readonly<Record<string, number>> {
  const states = new Map(statuses.map((status) => [status.slot, status.state]));
  const slots = slotsOf(applicableRequirements(rem, profiles)).map(({ slot }) => states.get(slot.id) ?? 'vide');
  const counts: Record<string, number> = { total: slots.length, vide: 0, recueillie: 0, rejouee: 0 };
  for (const state of slots) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

function findingCounts(run: RunRecord): { error: number; warning: number; info: number } {
  const all = run.scenarios.flatMap((scenario) => [...scenario.findings, ...scenario.otherFindings]);
  const count = (severity: string): number => all.filter((finding) => finding.severity === severity).length;
  return { error: count('error'), warning: count('warning'), info: count('info') };
}

function countBy(scenarios: readonly ScenarioResult[], verdicts: readonly Verdict[]): Record<Verdict, number> {
  return Object.fromEntries(
    verdicts.map((verdict) => [verdict, scenarios.filter((scenario) => scenario.verdict === verdict).length]),
  ) as Record<Verdict, number>;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toLocaleString('fr-FR', { maximumFractionDigits: 1 })} s`;
}

/** What documents were held to beside the rules of the bench. */
function referenceLines({ references: { pack, mentions, datamatrix } = {} }: RunRecord): readonly string[] {
  const named = (what: string, file: { readonly source: string; readonly sha256: string } | undefined): string[] =>
    file === undefined ? [] : [`${what} : ${file.source} (SHA-256 ${file.sha256.slice(0, 12)}…)`];
  return [
    ...(pack === undefined ? [] : [`Pack CI-SIS : ${pack.files} fichiers (SHA-256 ${pack.sha256.slice(0, 12)}…)`]),
    ...named('Mentions des PDF', mentions),
    ...named('Datamatrix INS', datamatrix),
  ];
}
