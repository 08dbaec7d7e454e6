import { BenchError } from '../errors.ts';
import { makePatients } from './make-patients.ts';
import { LABORATORY, makeProfessionals } from './people.ts';
import { answersToCard } from './card.ts';
import { searchedBy } from './traits.ts';
import type { Population, TestPatient } from './types.ts';

/** Makes the people of a bench, all free. The people are the same each time; only who was drawn is kept. */
export function createPopulation(): Population {
  const patients = makePatients();
  const professionals = makeProfessionals();
  const byIns = new Map<string, TestPatient>();
  for (const patient of patients) {
    byIns.set(patient.ins, patient);
    // A number whose key is wrong on purpose is also known by its right one, which the card carries.
    if (patient.card.bearer !== undefined) byIns.set(patient.card.bearer, patient);
    for (const former of patient.history) if (!byIns.has(former.ins)) byIns.set(former.ins, patient);
  }
  const byKey = new Map(patients.map((patient) => [patient.key, patient]));
  const drawn = new Set<string>();

  return {
    patients,
    professionals,
    laboratory: LABORATORY,
    draw(situation, { suits = () => true, from = 0 } = {}) {
      const able = patients.filter((one) => one.situation === situation && suits(one));
      const patient = turned(able, from).find(({ key }) => !drawn.has(key));
      if (patient === undefined) throw exhausted(situation, patients);
      drawn.add(patient.key);
      return patient;
    },
    drawProfessional({ from = 0 } = {}) {
      const one = turned(professionals, from).find(({ nationalId }) => !drawn.has(nationalId));
      if (one === undefined) {
        throw new BenchError(
          'POPULATION_EXHAUSTED',
          `Les ${professionals.length} professionnels de test ont tous été tirés.`,
          'Remettre le banc à zéro entre deux exécutions.',
        );
      }
      drawn.add(one.nationalId);
      return one;
    },
    take(id) {
      const person = byKey.get(id) ?? professionals.find(({ nationalId }) => nationalId === id);
      if (person === undefined) throw new RangeError(`nobody of the population is ${id}`);
      if (drawn.has(id)) throw new RangeError(`${id} has been drawn already`);
      drawn.add(id);
    },
    byIns: (ins) => byIns.get(ins),
    byKey: (key) => byKey.get(key),
    byTraits: (traits) => patients.filter(searchedBy(traits)),
    byCard: (card) => patients.filter((patient) => answersToCard(patient, card)),
    reset: () => drawn.clear(),
  };
}

/** The same people, the one at `from` first. */
function turned<Person>(people: readonly Person[], from: number): readonly Person[] {
  const first = people.length === 0 ? 0 : from % people.length;
  return [...people.slice(first), ...people.slice(0, first)];
}

function exhausted(situation: string, patients: readonly TestPatient[]): BenchError {
  const known = [...new Set(patients.map((patient) => patient.situation))];
  return known.includes(situation)
    ? new BenchError(
        'POPULATION_EXHAUSTED',
        `Tous les patients de test de la situation « ${situation} » ont été tirés.`,
        'Remettre le banc à zéro entre deux exécutions, ou répartir les scénarios sur plusieurs exécutions.',
      )
    : new BenchError(
        'UNKNOWN_POPULATION',
        `Aucun patient de test pour la situation « ${situation} ».`,
        `Choisir parmi : ${known.join(', ')}.`,
      );
}
