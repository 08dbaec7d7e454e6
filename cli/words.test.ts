import { describe, expect, it } from 'vitest';
import * as report from '#reports/words/words.ts';
import * as nouns from '#tracker-ui/src/words/nouns.ts';
import * as states from '#tracker-ui/src/words/states.ts';

interface Shown {
  readonly sign: string;
  readonly label: string;
}

const shown = (words: Readonly<Record<string, Shown>>): Readonly<Record<string, Shown>> =>
  Object.fromEntries(Object.entries(words).map(([key, { sign, label }]) => [key, { sign, label }]));

// Rooms that may not import one another: only a room above both can hold them to the same words.
describe('the report and the pages', () => {
  it('show a verdict, a cause and a state by the same sign and the same word', () => {
    expect(shown(states.VERDICTS)).toEqual(shown(report.VERDICTS));
    expect(shown(states.CAUSES)).toEqual(shown(report.CAUSES));
    expect(shown(states.SLOT_STATES)).toMatchObject(shown(report.SLOT_STATES));
    expect(shown(nouns.CLASSES)).toEqual(shown(report.CLASSES));
  });

  it('name the kinds of proof alike', () => {
    expect(nouns.KINDS).toEqual(report.KINDS);
    for (const words of [nouns, report]) {
      expect(words.askedFor(['video', 'log'])).toBe(`${report.KINDS.video}, ${report.KINDS.log}`);
      expect(words.askedFor(['video', 'screenshot', 'log'], [['video', 'log'], ['screenshot']])).toBe(
        `${report.KINDS.video} + ${report.KINDS.log} ou ${report.KINDS.screenshot}`,
      );
    }
  });
});
