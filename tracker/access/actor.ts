import { PERMISSIONS, permissionsOf, type Permission, type Role } from './roles.ts';

/** Who calls the tracker. */
export interface Actor {
  /** As the audit names it. */
  readonly name: string;
  readonly role: Role;
  readonly permissions: readonly Permission[];
  readonly via:
    /** Alone on the machine: no login. */
    'poste' | 'session' | 'jeton';
}

/** Whoever uses the tracker of their own machine: everything is theirs. */
export const LOCAL_ACTOR: Actor = {
  name: 'poste local',
  role: 'administrateur',
  permissions: PERMISSIONS,
  via: 'poste',
};

/** Somebody who logged in. */
export function sessionActor(name: string, role: Role): Actor {
  return { name, role, permissions: permissionsOf(role), via: 'session' };
}

/**
 * A program with a token: what its scopes allow, and never more than its account may today.
 *
 * @param label of the token, shown in the audit beside the account
 */
export function tokenActor(name: string, role: Role, label: string, scopes: readonly Permission[]): Actor {
  const granted = permissionsOf(role);
  return {
    name: `${name} (jeton ${label})`,
    role,
    permissions: scopes.filter((scope) => granted.includes(scope)),
    via: 'jeton',
  };
}

/** @param permission null: asks for nothing */
export function may(actor: Actor, permission: Permission | null): boolean {
  return permission === null || actor.permissions.includes(permission);
}
