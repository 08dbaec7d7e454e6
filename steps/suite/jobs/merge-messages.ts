import type { Envelope } from '../cucumber.ts';
import { pickleKey } from '../read-features.ts';

/** The messages of one process of a run; a process that was killed may have left a line cut. */
export interface WorkerMessages {
  readonly worker: number;
  readonly text: string;
}

interface Played {
  readonly worker: number;
  readonly key: string;
}

type TestCase = NonNullable<Envelope['testCase']>;

/** What cucumber wrote about an attempt at a scenario, and of which test case it is. */
interface Attempt {
  readonly testCase: TestCase;
  readonly envelopes: readonly Envelope[];
}

interface Reading {
  /** Neither in an attempt nor the end of the run: features, steps, plan. */
  readonly preamble: readonly Envelope[];
  /** By `uri:line`. */
  readonly attempts: ReadonlyMap<string, Attempt>;
  readonly end: NonNullable<Envelope['testRunFinished']> | undefined;
}

/**
 * The messages that one process would have written: each scenario as the process that played it tells it, in the order of
 * the plan, under the ids of the first process. All of them read the same features with the same steps, so that a test
 * case has the same steps in each.
 *
 * @param played the scenarios in the order of the plan; one that nobody finished is left out
 */
export function mergeMessages(texts: readonly WorkerMessages[], played: readonly Played[]): string {
  const readings = new Map(texts.map(({ worker, text }) => [worker, readMessages(text)]));
  const [first] = readings.values();
  if (first === undefined) return '';
  const merged: Envelope[] = [...first.preamble];
  for (const { worker, key } of played) {
    const attempt = readings.get(worker)?.attempts.get(key);
    const target = first.attempts.get(key)?.testCase;
    if (attempt !== undefined && target !== undefined) merged.push(...underIds(attempt, target));
  }
  const ends = [...readings.values()].flatMap(({ end }) => (end === undefined ? [] : [end]));
  const [last] = ends.toSorted((one, other) => seconds(other) - seconds(one));
  if (last !== undefined && first.end !== undefined) {
    const success = ends.length === readings.size && ends.every((end) => end.success);
    merged.push({ testRunFinished: { ...first.end, timestamp: last.timestamp, success } });
  }
  return merged.map((envelope) => `${JSON.stringify(envelope)}\n`).join('');
}

const seconds = ({ timestamp }: NonNullable<Envelope['testRunFinished']>): number =>
  timestamp.seconds + timestamp.nanos / 1e9;

function readMessages(text: string): Reading {
  const preamble: Envelope[] = [];
  const attempts = new Map<string, { testCase: TestCase; envelopes: Envelope[] }>();
  const keys = new Map<string, string>();
  const cases = new Map<string, TestCase>();
  const open = new Map<string, Envelope[]>();
  let end: Reading['end'];
  for (const envelope of envelopesOf(text)) {
    const { pickle, testCase, testCaseStarted, testRunFinished } = envelope;
    if (pickle) keys.set(pickle.id, pickleKey(pickle));
    if (testCase) cases.set(testCase.id, testCase);
    if (testCaseStarted) {
      const of = cases.get(testCaseStarted.testCaseId);
      const key = of && keys.get(of.pickleId);
      if (of === undefined || key === undefined) continue;
      const envelopes = [envelope];
      attempts.set(key, { testCase: of, envelopes });
      open.set(testCaseStarted.id, envelopes);
      continue;
    }
    const started = startedOf(envelope);
    if (started !== undefined) open.get(started)?.push(envelope);
    else if (testRunFinished) end = testRunFinished;
    else preamble.push(envelope);
  }
  return { preamble, attempts, end };
}

function envelopesOf(text: string): readonly Envelope[] {
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as Envelope];
    } catch {
      // The last line of a process that was killed.
      return [];
    }
  });
}

/** Id of the attempt that a message belongs to. */
function startedOf({ testStepStarted, testStepFinished, testCaseFinished, attachment }: Envelope): string | undefined {
  return (testStepStarted ?? testStepFinished ?? testCaseFinished ?? attachment)?.testCaseStartedId;
}

function underIds({ testCase, envelopes }: Attempt, target: TestCase): readonly Envelope[] {
  const ids = new Map(testCase.testSteps.map(({ id }, rank) => [id, target.testSteps[rank]?.id ?? id]));
  const step = <Of extends { readonly testStepId?: string }>(of: Of): Of =>
    of.testStepId === undefined ? of : { ...of, testStepId: ids.get(of.testStepId) ?? of.testStepId };
  return envelopes.map((envelope) => {
    const { testCaseStarted, testStepStarted, testStepFinished, attachment } = envelope;
    if (testCaseStarted) return { testCaseStarted: { ...testCaseStarted, testCaseId: target.id } };
    if (testStepStarted) return { testStepStarted: step(testStepStarted) };
    if (testStepFinished) return { testStepFinished: step(testStepFinished) };
    return attachment ? { attachment: step(attachment) } : envelope;
  });
}
