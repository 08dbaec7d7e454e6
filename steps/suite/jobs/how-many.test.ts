import { describe, expect, it } from 'vitest';
import { howManyJobs } from './how-many.ts';

describe('how many processes play', () => {
  it.each([
    ['what is asked', 3, true, 285, 2, 3],
    ['never more than there are scenarios', 8, true, 5, 4, 5],
    ['one for a product that the bench did not start', 4, false, 285, 4, 1],
    ['two for a long suite on two cores', undefined, true, 285, 2, 2],
    ['two on a large machine too: its memory is not ours', undefined, true, 900, 16, 2],
    ['one on one core', undefined, true, 285, 1, 1],
    ['one for a short suite', undefined, true, 59, 4, 1],
    ['one when nothing is left in a part', 2, true, 0, 2, 1],
  ] as const)('%s', (_why, asked, own, scenarios, cores, jobs) => {
    expect(howManyJobs(asked, own, scenarios, cores)).toBe(jobs);
  });
});
