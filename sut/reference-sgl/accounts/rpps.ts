import type { DirectoryProfessional, ProfessionalCriteria } from '../directory/index.ts';
import { SglError } from '../model/index.ts';
import type { Account } from './types.ts';

/** What the directory says of the person of an account. */
export type RppsAnswer =
  | { kind: 'trouve'; person: DirectoryProfessional }
  | { kind: 'absent'; detail: string }
  | { kind: 'indisponible'; detail: string };

/** @throws {SglError} `ANNUAIRE_…` when the directory does not answer properly */
export type FindProfessionals = (criteria: ProfessionalCriteria) => Promise<DirectoryProfessional[]>;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Waits before the next look-up. The rule asks for two years at most between two controls (SSI/IE.30). */
export const CHECK_AFTER_MS = {
  trouve: 365 * DAY_MS,
  absent: DAY_MS,
  indisponible: HOUR_MS,
} as const;

/** Looks the person of an account up: by number when it is known, else by name, first name and profession. Never throws. */
export async function lookUpRpps(
  account: Pick<Account, 'rpps' | 'lastName' | 'firstName' | 'profession'>,
  find: FindProfessionals,
): Promise<RppsAnswer> {
  const { rpps, lastName, firstName, profession } = account;
  try {
    const found = await find(rpps === undefined ? { lastName, firstName, profession } : { rpps });
    const [person] = found;
    if (person && found.length === 1) return { kind: 'trouve', person };
    if (found.length > 1) {
      const detail = `${found.length} professionnels de l'annuaire portent ces nom, prénom et profession`;
      return { kind: 'absent', detail };
    }
    const detail =
      rpps === undefined
        ? "Ce professionnel est absent de l'annuaire"
        : `Le RPPS ${rpps} n'est plus actif dans l'annuaire`;
    return { kind: 'absent', detail };
  } catch (error) {
    const reason =
      error instanceof SglError ? error.message.replace(/\.$/, '') : "L'annuaire n'a pas pu être interrogé";
    return { kind: 'indisponible', detail: reason };
  }
}
