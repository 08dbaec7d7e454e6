import type { Population, TestPatient, TestProfessional } from '#mocks/population/index.ts';
import type { Choice, Seats } from './types.ts';

/** The people of one scenario, taken one after the other by its steps. */
export class People {
  readonly #population: Population;
  readonly #patients: string[];
  readonly #professionals: string[];

  constructor(population: Population, seats: Seats) {
    this.#population = population;
    this.#patients = [...seats.patients];
    this.#professionals = [...seats.professionals];
  }

  /**
   * The next patient of the scenario.
   *
   * @throws {Error} when no seat was kept for it: `asked.ts` does not know the sentence, a fault of the bench
   */
  patient(situation: string, suits: Choice = () => true): TestPatient {
    const key = this.#patients.shift();
    const patient = key === undefined ? undefined : this.#population.byKey(key);
    if (patient?.situation !== situation || !suits(patient))
      throw unseated(`un patient de la situation « ${situation} »`);
    this.#population.take(patient.key);
    return patient;
  }

  /** The next professional of the scenario; same error. */
  professional(): TestProfessional {
    const id = this.#professionals.shift();
    const professional = this.#population.professionals.find(({ nationalId }) => nationalId === id);
    if (professional === undefined) throw unseated('un professionnel');
    this.#population.take(professional.nationalId);
    return professional;
  }
}

function unseated(whom: string): Error {
  return new Error(
    `Aucune place n'a été gardée pour ${whom} : steps/people/asked.ts ne connaît pas la phrase qui le demande.`,
  );
}
