import type { ServiceContext } from '../types.ts';
import type { MailboxEntry } from './types.ts';

/** Domain of the patients' mailboxes at Mon espace santé (protocols.md §5.3). */
export const PATIENT_DOMAIN = 'patient.mssante.fr';

/** A patient without a DMP has no Mon espace santé, hence no mailbox. */
const WITHOUT_MAILBOX: ReadonlySet<string> = new Set(['dmp-inexistant', 'dmp-ferme']);

/** Every mailbox of the bench, found by address. */
export interface MailboxDirectory {
  readonly all: readonly MailboxEntry[];
  find(address: string): MailboxEntry | undefined;
  /** Lower-case domains that the operator serves. */
  readonly domains: ReadonlySet<string>;
}

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/**
 * Mailboxes of the population: one per professional (PER), per structure (ORG), one for the product (APP) and one per
 * patient who has a Mon espace santé (USAGER). Passwords stay the same as long as the data folder does.
 */
export function makeDirectory(context: ServiceContext): MailboxDirectory {
  const { population } = context;
  const domain = domainOf(population.laboratory.mailbox);
  const entries = new Map<string, MailboxEntry>();
  const add = (address: string, kind: MailboxEntry['kind'], owner: Partial<MailboxEntry>): void => {
    const key = address.toLowerCase();
    if (entries.has(key)) return;
    entries.set(key, { address, kind, user: address, password: context.secret(`mssante:${key}`), ...owner });
  };
  add(population.laboratory.mailbox, 'ORG', { structure: population.laboratory.id });
  add(`sgl@${domain}`, 'APP', { structure: population.laboratory.id });
  for (const one of population.professionals) {
    add(one.mailbox, 'PER', { professional: one.nationalId });
    add(one.structure.mailbox, 'ORG', { structure: one.structure.id });
  }
  for (const patient of population.patients) {
    if (WITHOUT_MAILBOX.has(patient.situation)) continue;
    add(`${patient.ins}@${PATIENT_DOMAIN}`, 'USAGER', { patient: patient.key, ins: patient.ins });
  }
  const all = [...entries.values()];
  return {
    all,
    find: (address) => entries.get(address.toLowerCase()),
    domains: new Set(all.map((entry) => domainOf(entry.address))),
  };
}
