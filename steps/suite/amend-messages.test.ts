import { describe, expect, it } from 'vitest';
import { amendMessages } from './amend-messages.ts';

const scenario = (n: number): readonly object[] => [
  { pickle: { id: `p${n}`, uri: 'features/ins/a.feature', location: { line: n, column: 3 } } },
  {
    testCase: {
      id: `c${n}`,
      pickleId: `p${n}`,
      testSteps: [
        { id: `h${n}`, hookId: 'avant' },
        { id: `s${n}1`, pickleStepId: '1' },
        { id: `s${n}2`, pickleStepId: '2' },
        { id: `k${n}`, hookId: 'après' },
      ],
    },
  },
  { testCaseStarted: { id: `r${n}`, testCaseId: `c${n}` } },
  ...[`h${n}`, `s${n}1`, `s${n}2`, `k${n}`].map((testStepId) => ({
    testStepFinished: { testCaseStartedId: `r${n}`, testStepId, testStepResult: { status: 'PASSED', duration: {} } },
  })),
  { testCaseFinished: { testCaseStartedId: `r${n}` } },
];
const text = (...messages: readonly object[]): string =>
  messages.map((message) => `${JSON.stringify(message)}\n`).join('');
const WRITTEN = text(...scenario(1), ...scenario(2), { testRunFinished: { success: true } });

describe('the messages of a run whose end made a scenario wrong', () => {
  const after = amendMessages(WRITTEN, new Map([['features/ins/a.feature:2', 'INSi a reçu un appel ensuite.']]));

  it('say that its last step failed, why, and that the run did', () => {
    expect(after.split('\n').filter((line) => line.includes('FAILED'))).toEqual([
      JSON.stringify({
        testStepFinished: {
          testCaseStartedId: 'r2',
          testStepId: 's22',
          testStepResult: { status: 'FAILED', duration: {}, message: 'INSi a reçu un appel ensuite.' },
        },
      }),
    ]);
    expect(after).toContain('{"testRunFinished":{"success":false}}');
  });

  it('leave everything else as cucumber wrote it', () => {
    const same = (all: string): readonly string[] =>
      all.split('\n').filter((line) => !/s22|testRunFinished/.test(line));
    expect(same(after)).toEqual(same(WRITTEN));
  });
});

it('leaves the messages of a run that nothing amended', () => {
  expect(amendMessages(WRITTEN, new Map())).toBe(WRITTEN);
  expect(amendMessages(WRITTEN, new Map([['features/ins/b.feature:1', 'x']]))).toBe(WRITTEN);
});
