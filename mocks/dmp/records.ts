import type { Population } from '../population/types.ts';
import authorisations from './authorisations.json' with { type: 'json' };
import type { AccessRefusal, Authorisation, AuthorisationState, DmpStatus } from './types.ts';

/** What the DMP knows of each patient beside documents: state of the record, authorisations, refusals, last readings. */
export interface PatientRecords {
  status(ins: string): DmpStatus;
  setStatus(ins: string, status: DmpStatus): void;
  /** When the record was closed, by a step. */
  closedSince(ins: string): Date | undefined;
  treatingDoctor(ins: string): string | undefined;
  setTreatingDoctor(ins: string, nationalId: string | undefined): void;
  refusal(ins: string, nationalId: string): AccessRefusal | undefined;
  setBlocked(ins: string, nationalId: string, blocked: boolean): void;
  setOpposed(ins: string, opposed: boolean): void;
  urgencyOpposed(ins: string): boolean;
  setUrgencyOpposed(ins: string, opposed: boolean): void;
  authorisation(ins: string, nationalId: string): AuthorisationState;
  setAuthorisation(ins: string, nationalId: string, state: AuthorisationState): void;
  authorisations(ins: string): readonly Authorisation[];
  /** Puts or renews an authorisation, as TD0.3 does. */
  authorise(ins: string, who: Pick<Authorisation, 'nationalId' | 'name' | 'speciality'>): void;
  /** Every patient of whom this professional holds a valid authorisation. */
  patientsOf(nationalId: string): readonly string[];
  /** The professional read the record just now. */
  noteReading(ins: string, nationalId: string): void;
  linked(nationalId: string, structure: string): boolean;
  setLinked(nationalId: string, structure: string, linked: boolean): void;
  reset(): void;
}

/** Record states that some situations of the population begin with. */
const INITIAL: Readonly<Record<string, DmpStatus>> = {
  'dmp-inexistant': 'inexistant',
  'dmp-ferme': 'ferme',
};

/** Most that is kept of one kind: a hostile product can only name patients of the population, but any professional. */
const MAX_PROFESSIONALS = 1000;

interface Kept {
  readonly name?: string;
  readonly speciality?: string;
  readonly since: Date;
  readonly lastAction: Date;
}

/** The records, in memory. Source: protocols.md annex B.1. */
export function createRecords(population: Population, now: () => Date): PatientRecords {
  const statuses = new Map<string, { readonly status: DmpStatus; readonly since: Date }>();
  const doctors = new Map<string, string>();
  const authorised = new Map<string, Map<string, Kept>>();
  const blocked = new Map<string, Map<string, Kept>>();
  const opposed = new Set<string>();
  const urgencyOpposed = new Set<string>();
  const unlinked = new Set<string>();

  const put = (table: Map<string, Map<string, Kept>>, ins: string, id: string, kept: Kept): void => {
    const rows = table.get(ins) ?? new Map<string, Kept>();
    table.set(ins, rows);
    if (rows.size < MAX_PROFESSIONALS || rows.has(id)) rows.set(id, kept);
  };
  const isFresh = ({ since }: Kept): boolean => since.getTime() > expiryOf(now()).getTime();
  function refusal(ins: string, nationalId: string): AccessRefusal | undefined {
    if (blocked.get(ins)?.has(nationalId) === true) return 'bloque';
    return opposed.has(ins) ? 'oppose' : undefined;
  }
  function authorisation(ins: string, nationalId: string): AuthorisationState {
    if (refusal(ins, nationalId)) return 'bloquee';
    // Who was declared treating doctor was authorised by that.
    if (doctors.get(ins) === nationalId) return 'valide';
    const kept = authorised.get(ins)?.get(nationalId);
    if (!kept) return 'aucune';
    return isFresh(kept) ? 'valide' : 'expiree';
  }
  const block = (ins: string, nationalId: string, on: boolean): void => {
    const known = authorised.get(ins)?.get(nationalId);
    if (on) put(blocked, ins, nationalId, { ...known, since: now(), lastAction: now() });
    else blocked.get(ins)?.delete(nationalId);
  };
  return {
    status(ins) {
      const patient = population.byIns(ins);
      return statuses.get(ins)?.status ?? (patient ? (INITIAL[patient.situation] ?? 'actif') : 'inexistant');
    },
    setStatus: (ins, status) => void statuses.set(ins, { status, since: now() }),
    closedSince(ins) {
      const set = statuses.get(ins);
      return set?.status === 'ferme' ? set.since : undefined;
    },
    treatingDoctor: (ins) => doctors.get(ins),
    setTreatingDoctor(ins, nationalId) {
      if (nationalId === undefined) doctors.delete(ins);
      else doctors.set(ins, nationalId);
    },
    refusal,
    setBlocked: block,
    setOpposed: (ins, oppose) => void (oppose ? opposed.add(ins) : opposed.delete(ins)),
    urgencyOpposed: (ins) => urgencyOpposed.has(ins),
    setUrgencyOpposed: (ins, oppose) => void (oppose ? urgencyOpposed.add(ins) : urgencyOpposed.delete(ins)),
    authorisation,
    setAuthorisation(ins, nationalId, state) {
      block(ins, nationalId, state === 'bloquee');
      authorised.get(ins)?.delete(nationalId);
      if (state === 'valide') put(authorised, ins, nationalId, { since: now(), lastAction: now() });
      const past = new Date(expiryOf(now()).getTime() - 86_400_000);
      if (state === 'expiree') put(authorised, ins, nationalId, { since: past, lastAction: past });
    },
    authorisations(ins) {
      const rows = (table: typeof authorised, mode: Authorisation['mode']): Authorisation[] =>
        [...(table.get(ins) ?? [])].map(([nationalId, kept]) => ({ nationalId, mode, ...kept }));
      const active = rows(authorised, 'ACTIVE').filter(
        (row) => isFresh(row) && blocked.get(ins)?.has(row.nationalId) !== true,
      );
      return [...active, ...rows(blocked, 'INTERDITE')];
    },
    authorise(ins, { nationalId, ...told }) {
      const { since } = authorised.get(ins)?.get(nationalId) ?? {};
      const kept = since !== undefined && isFresh({ since, lastAction: since }) ? since : now();
      put(authorised, ins, nationalId, { ...told, since: kept, lastAction: now() });
    },
    patientsOf: (nationalId) =>
      [...new Set([...authorised.keys(), ...doctors.keys()])].filter(
        (ins) => authorisation(ins, nationalId) === 'valide',
      ),
    noteReading(ins, nationalId) {
      const kept = authorised.get(ins)?.get(nationalId);
      if (kept) put(authorised, ins, nationalId, { ...kept, lastAction: now() });
    },
    linked: (nationalId, structure) => !unlinked.has(`${nationalId}\n${structure}`),
    setLinked(nationalId, structure, linked) {
      if (linked) unlinked.delete(`${nationalId}\n${structure}`);
      else unlinked.add(`${nationalId}\n${structure}`);
    },
    reset() {
      for (const kept of [statuses, doctors, authorised, blocked, opposed, urgencyOpposed, unlinked]) kept.clear();
    },
  };
}

/** Authorisations put before this instant are expired. */
function expiryOf(now: Date): Date {
  const limit = new Date(now);
  limit.setUTCMonth(limit.getUTCMonth() - authorisations.months);
  return limit;
}
