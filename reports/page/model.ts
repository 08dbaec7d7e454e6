import { applicableRequirements, compareSections, sectionTitle } from '#dsr/catalogue/index.ts';
import { GENERAL_PROFILE, profileSlug } from '#dsr/profiles/index.ts';
import { referenceLabels } from '#dsr/references/index.ts';
import type { Rem, Requirement } from '#dsr/rem/index.ts';
import type { Finding, Severity, Verdict } from '#dsr/verdict/index.ts';
import { requirementState, runVerdict } from '#tracker/domain/index.ts';
import type { RunRecord, ScenarioResult, SlotState, SlotStatus } from '#tracker/types.ts';
import type { ReportInput } from '../types.ts';
import { slotsToFilm } from './to-film.ts';
import type { ElsewhereView, Figures, ReportModel, RequirementView, SectionView, SlotView } from './types.ts';

const SEVERITY_ORDER: readonly Severity[] = ['error', 'warning', 'info'];

/** Arranges a run by section, requirement and slot. Pure; keeps the order of the run and of the REM. */
export function buildModel({ run, rem, statuses }: ReportInput): ReportModel {
  const requirements = applicableRequirements(rem, run.profiles);
  const applicable = new Set(requirements.map((requirement) => requirement.id));
  const known = new Map(statuses.map((status) => [status.slot, status]));
  const views = requirements.map((requirement) => requirementView(requirement, rem, run, known));
  const sections = groupBySection(views);
  return {
    run,
    rem,
    profiles: profileNames(rem, run),
    sections,
    red: run.scenarios.filter(({ verdict }) => verdict === 'non-conforme' || verdict === 'non-verifiable'),
    toReview: run.scenarios.filter(({ verdict, guide }) => verdict === 'a-verifier' && guide === undefined),
    toFilm: run.scenarios.filter(({ verdict, guide }) => verdict === 'a-verifier' && guide !== undefined),
    filming: slotsToFilm(run, rem),
    elsewhere: elsewhere(run.scenarios),
    apart: run.scenarios.filter((scenario) => !scenario.requirements.some((id) => applicable.has(id))),
    figures: figures(run, views),
    places: { requirements: applicable, scenarios: new Set(run.scenarios.map(({ id }) => id)) },
  };
}

function requirementView(
  requirement: Requirement,
  rem: Rem,
  run: RunRecord,
  known: ReadonlyMap<string, SlotStatus>,
): RequirementView {
  const scenarios = run.scenarios.filter((scenario) => scenario.requirements.includes(requirement.id));
  const conformity = requirement.scenarios.map((scenario) => ({
    scenario,
    slots: scenario.proofs.map((slot): SlotView => {
      const status = known.get(slot.id);
      const state = status?.state ?? 'vide';
      const earlier = status?.run !== undefined && status.run !== run.id && state !== 'vide';
      return {
        slot,
        state,
        ...(earlier && status.run !== undefined ? { from: status.run } : {}),
        pieces: run.scenarios.flatMap((played) => played.pieces.filter((piece) => piece.slot === slot.id)),
      };
    }),
  }));
  return {
    requirement,
    references: referenceLabels(requirement.references ?? [], rem.category, rem.wave),
    scenarios,
    ...(scenarios.length > 0 ? { verdict: runVerdict(scenarios) } : {}),
    state: requirementState(conformity.flatMap(({ slots }) => slots.map(({ state }) => state))),
    conformity,
    noticed: run.scenarios
      .filter((scenario) => !scenarios.includes(scenario))
      .flatMap((scenario) =>
        scenario.otherFindings
          .filter((finding) => finding.requirements.includes(requirement.id))
          .map((finding) => ({ finding, scenario })),
      ),
  };
}

function groupBySection(views: readonly RequirementView[]): readonly SectionView[] {
  const groups = new Map<string, RequirementView[]>();
  for (const view of views) {
    const group = groups.get(view.requirement.section) ?? [];
    group.push(view);
    groups.set(view.requirement.section, group);
  }
  return [...groups]
    .sort(([left], [right]) => compareSections(left, right))
    .map(([id, group]) => {
      const states = countStates(group);
      return {
        id,
        title: group[0]?.requirement.sectionTitle || sectionTitle(id),
        exercised: group.filter((view) => view.scenarios.length > 0),
        idle: group.filter((view) => view.scenarios.length === 0),
        states,
        slots: [...states.values()].reduce((sum, value) => sum + value, 0),
      };
    });
}

function countStates(views: readonly RequirementView[]): ReadonlyMap<SlotState, number> {
  const states = new Map<SlotState, number>();
  for (const { state } of views.flatMap((view) => view.conformity.flatMap(({ slots }) => slots))) {
    states.set(state, (states.get(state) ?? 0) + 1);
  }
  return states;
}

function figures(run: RunRecord, views: readonly RequirementView[]): Figures {
  const verdicts: Record<Verdict, number> = { conforme: 0, 'non-conforme': 0, 'a-verifier': 0, 'non-verifiable': 0 };
  for (const { verdict } of run.scenarios) verdicts[verdict] += 1;
  const findings: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  for (const { severity } of run.scenarios.flatMap((scenario) => [...scenario.findings, ...scenario.otherFindings])) {
    findings[severity] += 1;
  }
  const states = countStates(views);
  return {
    verdicts,
    applicable: views.length,
    exercised: views.filter((view) => view.scenarios.length > 0).length,
    slots: [...states.values()].reduce((sum, value) => sum + value, 0),
    states,
    pieces: run.scenarios.reduce((sum, scenario) => sum + scenario.pieces.length, 0),
    findings,
  };
}

/** The same rule may speak in every scenario: it is told once, with the number of times. */
function elsewhere(scenarios: readonly ScenarioResult[]): readonly ElsewhereView[] {
  const rules = new Map<string, { example: Finding; times: number; scenarios: Set<ScenarioResult> }>();
  for (const scenario of scenarios) {
    for (const finding of scenario.otherFindings) {
      const key = `${finding.severity} ${finding.rule}`;
      const entry = rules.get(key) ?? { example: finding, times: 0, scenarios: new Set<ScenarioResult>() };
      entry.times += 1;
      entry.scenarios.add(scenario);
      rules.set(key, entry);
    }
  }
  return Array.from(rules.values(), ({ example, times, scenarios: seen }) => ({
    rule: example.rule,
    severity: example.severity,
    example,
    times,
    scenarios: [...seen],
  })).sort((left, right) => SEVERITY_ORDER.indexOf(left.severity) - SEVERITY_ORDER.indexOf(right.severity));
}

function profileNames(rem: Rem, run: RunRecord): readonly string[] {
  const names = new Map(rem.requirements.map(({ profile }) => [profileSlug(profile), profile]));
  const slugs = new Set([GENERAL_PROFILE, ...run.profiles.map(profileSlug)]);
  return Array.from(slugs, (slug) => names.get(slug) ?? slug);
}
