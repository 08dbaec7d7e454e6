import type { SessionView } from '#tracker/api/index.ts';

/** What an account is for. */
export const ROLES: Readonly<Record<NonNullable<SessionView['role']>, string>> = {
  lecteur: 'Lecture',
  testeur: 'Test',
  qa: 'Assurance qualité',
  'chef-de-projet': 'Chef de projet',
  administrateur: 'Administration',
};
