export { readAccountName, type Account } from './account.ts';
export { LOCAL_ACTOR, may, sessionActor, tokenActor, type Actor } from './actor.ts';
export { hashPassword, judgePassword, verifyPassword } from './password.ts';
export {
  isPermission,
  isRole,
  PERMISSIONS,
  permissionsOf,
  ROLES,
  roleTitle,
  type Permission,
  type Role,
} from './roles.ts';
export { digestOf, isToken, newSecret, newToken } from './secret.ts';
