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
    draw(situation) {
      const patient = patients.find((one) => one.situation === situation && !drawn.has(one.key));
      if (patient === undefined) throw exhausted(situation, patients);
      drawn.add(patient.key);
      return patient;
    },
    drawProfessional() {
      const one = professionals.find((professional) => !drawn.has(professional.nationalId));
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
    byIns: (ins) => byIns.get(ins),
    byKey: (key) => byKey.get(key),
    byTraits: (traits) => patients.filter(searchedBy(traits)),
    byCard: (card) => patients.filter((patient) => answersToCard(patient, card)),
    reset: () => drawn.clear(),
  };
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
