/** What an account is for, from the one who looks to the one who keeps the tracker. */
export const ROLES = ['lecteur', 'testeur', 'qa', 'chef-de-projet', 'administrateur'] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = [
  /** Campaigns, requirements, runs, pieces, discussions, deadlines. */
  'lire',
  /** Orders, payments, what is at stake. */
  'lire-argent',
  /** Who changed what. */
  'lire-audit',
  /** Questions, answers, comments. */
  'commenter',
  /** Brings proofs: runs, references of official tools, slots filled or emptied. */
  'verser',
  /** Validates or sends back proofs, says what does not apply and who carries what. */
  'relire',
  /** Owners, due dates, effort. */
  'affecter',
  /** Requests of the authority and their answers. */
  'correspondre',
  /** Opens and settles campaigns, deposits chapters, enters what the authority decided. */
  'conduire',
  /** Orders and payments. */
  'gerer-argent',
  /** Accounts, webhooks, copies. */
  'administrer',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const READER: readonly Permission[] = ['lire'];
const TESTER: readonly Permission[] = [...READER, 'commenter', 'verser'];

/** Who may do what. A project manager follows the file and the money, and leaves the review of proofs to QA. */
const GRANTED: Readonly<Record<Role, readonly Permission[]>> = {
  lecteur: READER,
  testeur: TESTER,
  qa: [...TESTER, 'relire', 'affecter', 'correspondre', 'lire-audit'],
  'chef-de-projet': [...TESTER, 'affecter', 'correspondre', 'conduire', 'lire-argent', 'gerer-argent', 'lire-audit'],
  administrateur: PERMISSIONS,
};

const TITLES: Readonly<Record<Role, string>> = {
  lecteur: 'Lecture',
  testeur: 'Test',
  qa: 'Assurance qualité',
  'chef-de-projet': 'Chef de projet',
  administrateur: 'Administration',
};

/** French name of a role. */
export function roleTitle(role: Role): string {
  return TITLES[role];
}

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

export function isPermission(text: string): text is Permission {
  return (PERMISSIONS as readonly string[]).includes(text);
}

/** What a role may do, in the order of {@link PERMISSIONS}. */
export function permissionsOf(role: Role): readonly Permission[] {
  return PERMISSIONS.filter((permission) => GRANTED[role].includes(permission));
}
