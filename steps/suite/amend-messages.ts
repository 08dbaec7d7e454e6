import type { Envelope } from './cucumber.ts';
import { pickleKey } from './read-features.ts';

/**
 * The messages of cucumber once what arrived afterwards made scenarios wrong: cucumber had written that they passed. The
 * last step of each fails with the reason, and so does the run, as in `run.json`.
 *
 * @param text one message a line
 * @param reasons French sentences, by `uri:line` of the scenario
 */
export function amendMessages(text: string, reasons: ReadonlyMap<string, string>): string {
  if (reasons.size === 0) return text;
  const lines = text.split('\n').map((line) => (line === '' ? undefined : (JSON.parse(line) as Envelope)));
  const envelopes = lines.filter((envelope) => envelope !== undefined);
  const reasonOfPickle = new Map(
    envelopes.flatMap(({ pickle }) => {
      const reason = pickle === undefined ? undefined : reasons.get(pickleKey(pickle));
      return pickle === undefined || reason === undefined ? [] : [[pickle.id, reason] as const];
    }),
  );
  const cases = new Map(envelopes.flatMap(({ testCase }) => (testCase ? [[testCase.id, testCase] as const] : [])));
  /** Last step of each attempt at a scenario to amend, and the reason. */
  const last = new Map<string, { readonly stepId: string; readonly reason: string }>();
  for (const { testCaseStarted } of envelopes) {
    const played = testCaseStarted && cases.get(testCaseStarted.testCaseId);
    const reason = played && reasonOfPickle.get(played.pickleId);
    const step = played?.testSteps.findLast(({ pickleStepId }) => pickleStepId !== undefined);
    if (testCaseStarted && reason !== undefined && step) last.set(testCaseStarted.id, { stepId: step.id, reason });
  }
  return lines.map((envelope) => (envelope === undefined ? '' : JSON.stringify(amended(envelope, last)))).join('\n');
}

function amended(
  envelope: Envelope,
  last: ReadonlyMap<string, { readonly stepId: string; readonly reason: string }>,
): unknown {
  const { testStepFinished, testRunFinished } = envelope;
  if (testRunFinished && last.size > 0) return { ...envelope, testRunFinished: { ...testRunFinished, success: false } };
  const wrong = testStepFinished && last.get(testStepFinished.testCaseStartedId);
  if (!wrong || wrong.stepId !== testStepFinished.testStepId) return envelope;
  const testStepResult = { ...testStepFinished.testStepResult, status: 'FAILED', message: wrong.reason };
  return { ...envelope, testStepFinished: { ...testStepFinished, testStepResult } };
}
