import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { TestPatient } from '../../population/types.ts';
import { openBench, type TestBench } from './bench.ts';

/** The DMP of the test file: each file has this module of its own. */
export let bench: TestBench;
/** Drawn before each test and by {@link drawPatient}: somebody with a plain record. */
export let patient: TestPatient;

/** Runs a DMP for the tests of the file, or of the `describe` that calls it; what they leave is gone before each test. */
export function useBench(...settings: Parameters<typeof openBench>): void {
  beforeAll(async () => {
    bench = await openBench(...settings);
  });
  afterAll(() => bench.close());
  beforeEach(() => {
    bench.reset();
    drawPatient();
  });
}

/** From here on the test is about somebody else. */
export function drawPatient(): void {
  patient = bench.context.population.draw('nominal');
}
