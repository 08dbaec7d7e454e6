import type { Professional } from '../model/index.ts';

export interface Accounts {
  /** By PS_IdNat (`8` + RPPS). */
  find(nationalId: string): Professional | undefined;
  list(): readonly Professional[];
  save(professional: Professional): void;
}

/** The professionals who may use this system. Pro Santé Connect proves who they are, it does not let them in. */
export function createAccounts(known: readonly Professional[]): Accounts {
  const accounts = new Map(known.map((professional) => [professional.nationalId, professional]));
  return {
    find: (nationalId) => accounts.get(nationalId),
    list: () => [...accounts.values()],
    save(professional) {
      accounts.set(professional.nationalId, { ...accounts.get(professional.nationalId), ...professional });
    },
  };
}

export function displayName(professional: Professional): string {
  return `${professional.firstName} ${professional.lastName}`.trim();
}
