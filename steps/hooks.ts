import { After, AfterStep, Before, setDefaultTimeout, setWorldConstructor } from '@cucumber/cucumber';
import type { GherkinDocument, PickleStep } from '@cucumber/messages';
import { referenceLabels } from '#dsr/references/index.ts';
import { findSlot } from '#dsr/catalogue/index.ts';
import { numbersHere } from '#dsr/rem/index.ts';
import type { Finding, Verdict } from '#dsr/verdict/index.ts';
import type { ScenarioResult, StepResult, UnverifiableCause } from '#tracker/types.ts';
import { pickleKey } from './suite/read-features.ts';
import { tagsHere } from './suite/tags-here.ts';
import { guideHere, readTags, ScenarioFailure, ScenarioWorld, unverifiable } from './world/index.ts';

// A step holds gestures and waits that have their own bounds (--gesture-timeout goes up to an hour): this one is the last
// resort, because a step cut here would be called a failure of the bench.
setDefaultTimeout(3 * 3600 * 1000);
setWorldConstructor(ScenarioWorld);

/** Scenarios that another process of the run plays: here, nothing of them is done nor said. */
const elsewhere = new WeakSet<ScenarioWorld>();

Before(function begin(this: ScenarioWorld, { pickle }) {
  if (!this.bench.recorder.takes(pickleKey(pickle))) {
    elsewhere.add(this);
    return 'skipped';
  }
  this.startedAt = performance.now();
  const tags = readTags(pickle.tags.map((tag) => tag.name));
  this.requirements = tags.requirements;
  this.slots = tags.slots;
  this.seat(this.bench.recorder.planned(pickleKey(pickle))?.seats ?? { patients: [], professionals: [] });
  if (this.bench.recorder.stopping) {
    // Nobody tells the After hook what a Before hook threw.
    this.failure = unverifiable('interrompu', 'L’exécution a été interrompue avant ce scénario.');
    throw this.failure;
  }
  return undefined;
});

AfterStep(function keepStep(this: ScenarioWorld, { pickleStep, gherkinDocument, result, error }) {
  // The After hook is only told of the error when the last step failed: keep the first one here.
  if (error !== undefined) this.failure ??= error;
  this.steps.push({
    text: asWritten(pickleStep, gherkinDocument),
    status: broken(error) ? (result.status.toLowerCase() as StepResult['status']) : 'skipped',
    ...(error ? { message: messageOf(error) } : {}),
    ...(this.guide.grown() ? { guided: true as const } : {}),
  });
});

After(async function end(this: ScenarioWorld, { pickle, gherkinDocument, result, error }) {
  if (elsewhere.has(this)) return;
  const tags = readTags(pickle.tags.map((tag) => tag.name));
  const { rem, collector, recorder } = this.bench;
  const planned = recorder.planned(pickleKey(pickle));
  const here = planned?.here ?? tagsHere(tags, rem);
  const numbers = numbersHere(rem);
  const inRem = (finding: Finding): Finding => ({
    ...finding,
    requirements: finding.requirements.map((id) => numbers.requirements.get(id) ?? id),
  });
  // Nothing that a scenario asked of the services outlives it.
  this.bench.mocks.situations.reset();
  const notRestored = await this.settings.restore();
  if (notRestored !== undefined) this.failure ??= notRestored;
  const guide = guideHere(this.guide.steps, numbers.slots);
  let { verdict, reason, cause } = judgement(result?.status, this.failure ?? error, this.toReview);
  let pieces: ScenarioResult['pieces'] = [];
  if (verdict === 'conforme' || verdict === 'a-verifier') {
    const slots = here.slots.flatMap((id) => {
      const place = findSlot(rem, id);
      if (place === undefined) return [];
      const { id: requirement, references = [] } = place.requirement;
      return [{ slot: place.slot, requirement, references: referenceLabels(references, rem.category, rem.wave) }];
    });
    const filing = await collector.file(this.captures, slots, planned?.id ?? pickle.name, verdict);
    pieces = filing.pieces;
    if (filing.refusals.length > 0) {
      verdict = 'non-verifiable';
      cause = 'configuration';
      reason = filing.refusals.map((refusal) => `${refusal.where} : ${refusal.message}`).join('\n');
    }
  }
  const failed = verdict === 'non-conforme' || verdict === 'non-verifiable';
  const exhibits = failed ? await collector.setAside(this.captures, planned?.id ?? pickle.name) : [];
  const judged: ScenarioResult = {
    id: planned?.id ?? pickle.name,
    feature: planned?.feature ?? pickle.uri,
    name: pickle.name,
    requirements: here.requirements,
    ...(here.requirements.join() === tags.requirements.join() ? {} : { writtenFor: tags.requirements }),
    slots: here.slots,
    verdict,
    reason,
    ...(cause ? { cause } : {}),
    durationMs: Math.round(performance.now() - this.startedAt),
    findings: this.findings.filter((finding) => this.decides(finding)).map(inRem),
    otherFindings: this.findings.filter((finding) => !this.decides(finding)).map(inRem),
    steps: [
      ...this.steps,
      ...pickle.steps
        .slice(this.steps.length)
        .map((step) => ({ text: asWritten(step, gherkinDocument), status: 'skipped' as const })),
    ],
    pieces,
    rulesHeld: this.rulesHeld(),
    ...(exhibits.length > 0 ? { exhibits } : {}),
    ...(guide.length > 0 ? { guide } : {}),
    // Whoever films a proof repeats the scenario with the same patient, guided or not.
    ...(guide.length > 0 || (here.slots.length > 0 && this.guidePatients.length > 0)
      ? { patients: this.guidePatients }
      : {}),
  };
  recorder.record(judged, { watched: !failed && this.watches.length > 0 });
  if (!failed) this.bench.watches.hold({ result: judged, captures: this.captures, watches: this.watches });
});

/** A step that stopped on what the product need not propose broke nothing. */
function broken(error: unknown): boolean {
  return !(error instanceof ScenarioFailure && error.verdict === 'a-verifier');
}

/** The sentence with its keyword, as a reader of the feature sees it: pickles drop « Quand » and « Alors ». */
function asWritten(step: PickleStep, { feature }: GherkinDocument): string {
  const written = (feature?.children ?? [])
    .flatMap((child) => [child, ...(child.rule?.children ?? [])])
    .flatMap((child) => [...(child.background?.steps ?? []), ...(child.scenario?.steps ?? [])])
    .find(({ id }) => step.astNodeIds.includes(id));
  return `${written?.keyword ?? ''}${step.text}`;
}

interface Judgement {
  verdict: Verdict;
  reason: string;
  cause?: UnverifiableCause | undefined;
}

function judgement(status: string | undefined, error: unknown, toReview: string | undefined): Judgement {
  if (error instanceof ScenarioFailure) {
    return { verdict: error.verdict, reason: error.message, cause: error.unverifiableCause };
  }
  if (status === 'PASSED')
    return toReview ? { verdict: 'a-verifier', reason: toReview } : { verdict: 'conforme', reason: '' };
  // Anything that is not a judgement is the bench's own fault, and must never be read as the product's.
  return {
    verdict: 'non-verifiable',
    cause: 'banc',
    reason: `Le banc a échoué : ${error ? messageOf(error) : `étape ${status ?? 'inconnue'}`}`,
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
