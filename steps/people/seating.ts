import { createPopulation } from '#mocks/population/index.ts';
import { askedBy } from './asked.ts';
import type { Seats } from './types.ts';

/** A scenario as far as its people go. */
export interface Seated {
  readonly id: string;
  readonly steps: readonly { readonly text: string }[];
}

/**
 * Gives each scenario of the suite its own people. The first one to look at comes from the id of the scenario: whoever
 * adds a scenario elsewhere, or plays a part of the suite, leaves the others with the people they had, but for the few
 * who want the same seat.
 *
 * @param suite every scenario of the features, played or not, in the order of the files
 * @throws {BenchError} `POPULATION_EXHAUSTED` when the population is too small for the suite
 */
export function seat(suite: readonly Seated[]): ReadonlyMap<string, Seats> {
  const population = createPopulation();
  return new Map(
    suite.map(({ id, steps }) => {
      const patients: string[] = [];
      const professionals: string[] = [];
      for (const [rank, asked] of steps.flatMap(({ text }) => askedBy(text)).entries()) {
        const from = numberOf(`${id}/${rank}`);
        if (asked === 'professionnel') professionals.push(population.drawProfessional({ from }).nationalId);
        else patients.push(population.draw(asked.situation, { ...asked, from }).key);
      }
      return [id, { patients, professionals }];
    }),
  );
}

/** FNV-1a, 32 bits: the same number for the same text on every machine. */
function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
