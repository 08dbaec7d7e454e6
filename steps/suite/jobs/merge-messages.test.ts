import { describe, expect, it } from 'vitest';
import { mergeMessages } from './merge-messages.ts';

const keys = ['features/a.feature:3', 'features/a.feature:9', 'features/b.feature:4'];
const at = (seconds: number) => ({ seconds, nanos: 0 });

/** What one process writes: the whole plan, then the scenarios, `skipped` where another one plays it. */
function messages(who: string, plays: readonly number[], end: number | undefined, success = true): string {
  const lines: object[] = [{ meta: { who } }];
  keys.forEach((key, rank) => {
    const [uri, line] = key.split(':');
    lines.push({ pickle: { id: `${who}-p${rank}`, uri, location: { line: Number(line) }, steps: [], tags: [] } });
  });
  lines.push({ testRunStarted: { id: `${who}-run`, timestamp: at(1) } });
  keys.forEach((_key, rank) => {
    const testSteps = [
      { id: `${who}-hook${rank}`, hookId: 'h' },
      { id: `${who}-step${rank}`, pickleStepId: 's' },
    ];
    lines.push({ testCase: { id: `${who}-c${rank}`, pickleId: `${who}-p${rank}`, testSteps } });
  });
  keys.forEach((_key, rank) => {
    const testCaseStartedId = `${who}-s${rank}`;
    const status = plays.includes(rank) ? 'PASSED' : 'SKIPPED';
    lines.push({ testCaseStarted: { id: testCaseStartedId, testCaseId: `${who}-c${rank}`, timestamp: at(2) } });
    for (const step of ['hook', 'step']) {
      const of = { testCaseStartedId, testStepId: `${who}-${step}${rank}` };
      lines.push({ testStepStarted: of }, { testStepFinished: { ...of, testStepResult: { status, message: who } } });
    }
    lines.push({ testCaseFinished: { testCaseStartedId } });
  });
  if (end !== undefined)
    lines.push({ testRunFinished: { testRunStartedId: `${who}-run`, timestamp: at(end), success } });
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

const read = (text: string): readonly Record<string, Record<string, unknown>>[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, Record<string, unknown>>);

const played = [
  { worker: 1, key: keys[0] ?? '' },
  { worker: 2, key: keys[1] ?? '' },
  { worker: 1, key: keys[2] ?? '' },
];

describe('messages of several processes', () => {
  const merged = read(
    mergeMessages(
      [
        { worker: 1, text: messages('un', [0, 2], 7) },
        { worker: 2, text: messages('deux', [1], 9) },
      ],
      played,
    ),
  );

  it('are those of one: the same lines in the same order, each scenario as its player tells it', () => {
    const kinds = (lines: typeof merged) => lines.map((line) => Object.keys(line)[0]);
    expect(kinds(merged)).toEqual(kinds(read(messages('seul', [0, 1, 2], 9))));
    const finished = merged.flatMap(({ testStepFinished }) => (testStepFinished ? [testStepFinished] : []));
    expect(finished.map(({ testStepResult }) => testStepResult)).toEqual(
      ['un', 'un', 'deux', 'deux', 'un', 'un'].map((message) => ({ status: 'PASSED', message })),
    );
  });

  it('name test cases and steps that the file declares', () => {
    const cases = merged.flatMap(({ testCase }) => (testCase ? [testCase] : []));
    const steps = new Set(cases.flatMap(({ testSteps }) => (testSteps as { id: string }[]).map(({ id }) => id)));
    const used = merged.flatMap(({ testStepStarted: a, testStepFinished: b }) =>
      (a ?? b) ? [(a ?? b)?.['testStepId']] : [],
    );
    expect(used).toHaveLength(12);
    expect(used.every((id) => steps.has(id as string))).toBe(true);
    const ids = new Set(cases.map(({ id }) => id));
    expect(merged.every(({ testCaseStarted: of }) => of === undefined || ids.has(of['testCaseId']))).toBe(true);
  });

  it('end when the last one ends', () => {
    expect(merged.at(-1)).toEqual({
      testRunFinished: { testRunStartedId: 'un-run', timestamp: at(9), success: true },
    });
  });

  it.each([
    ['failed', messages('deux', [1], 9, false)],
    ['was killed in the middle of a line', messages('deux', [1], undefined).slice(0, -9)],
    ['wrote nothing', ''],
  ])('tell a failure when one process %s', (_what, text) => {
    const lines = read(
      mergeMessages(
        [
          { worker: 1, text: messages('un', [0, 2], 7) },
          { worker: 2, text },
        ],
        played,
      ),
    );
    expect(lines.at(-1)?.['testRunFinished']?.['success']).toBe(false);
  });
});
