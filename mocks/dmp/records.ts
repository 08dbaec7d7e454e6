import type { Population } from '../population/types.ts';
import type { AccessRefusal, DmpStatus } from './types.ts';

/** What the DMP knows of each patient beside documents: state of the record, treating doctor, refusals. */
export interface PatientRecords {
  status(ins: string): DmpStatus;
  setStatus(ins: string, status: DmpStatus): void;
  treatingDoctor(ins: string): string | undefined;
  setTreatingDoctor(ins: string, nationalId: string | undefined): void;
  refusal(ins: string, nationalId: string): AccessRefusal | undefined;
  setBlocked(ins: string, nationalId: string, blocked: boolean): void;
  setOpposed(ins: string, opposed: boolean): void;
  reset(): void;
}

/** Record states that some situations of the population begin with. */
const INITIAL: Readonly<Record<string, DmpStatus>> = {
  'dmp-inexistant': 'inexistant',
  'dmp-ferme': 'ferme',
};

/** The records, in memory. Source: protocols.md annex B.1. */
export function createRecords(population: Population): PatientRecords {
  const statuses = new Map<string, DmpStatus>();
  const doctors = new Map<string, string>();
  const blocked = new Map<string, Set<string>>();
  const opposed = new Set<string>();
  return {
    status(ins) {
      const patient = population.byIns(ins);
      return statuses.get(ins) ?? (patient ? (INITIAL[patient.situation] ?? 'actif') : 'inexistant');
    },
    setStatus: (ins, status) => void statuses.set(ins, status),
    treatingDoctor: (ins) => doctors.get(ins),
    setTreatingDoctor(ins, nationalId) {
      if (nationalId === undefined) doctors.delete(ins);
      else doctors.set(ins, nationalId);
    },
    refusal(ins, nationalId) {
      if (blocked.get(ins)?.has(nationalId) === true) return 'bloque';
      return opposed.has(ins) ? 'oppose' : undefined;
    },
    setBlocked(ins, nationalId, block) {
      const ids = blocked.get(ins) ?? new Set();
      if (block) ids.add(nationalId);
      else ids.delete(nationalId);
      blocked.set(ins, ids);
    },
    setOpposed: (ins, oppose) => void (oppose ? opposed.add(ins) : opposed.delete(ins)),
    reset() {
      statuses.clear();
      doctors.clear();
      blocked.clear();
      opposed.clear();
    },
  };
}
