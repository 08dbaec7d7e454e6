import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hashPassword,
  isToken,
  judgePassword,
  LOCAL_ACTOR,
  may,
  newToken,
  PERMISSIONS,
  permissionsOf,
  readAccountName,
  ROLES,
  tokenActor,
  verifyPassword,
} from './index.ts';

describe('roles', () => {
  it('give each what it is for', () => {
    expect(Object.fromEntries(ROLES.map((role) => [role, permissionsOf(role).join(' ')]))).toEqual({
      lecteur: 'lire',
      testeur: 'lire commenter verser',
      qa: 'lire lire-audit commenter verser relire affecter correspondre',
      'chef-de-projet': 'lire lire-argent lire-audit commenter verser affecter correspondre conduire gerer-argent',
      administrateur: PERMISSIONS.join(' '),
    });
    expect(PERMISSIONS.every((permission) => may(LOCAL_ACTOR, permission))).toBe(true);
  });

  it('bound a token by its scopes and by its account, whatever it was given', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ROLES), fc.subarray([...PERMISSIONS]), (role, scopes) => {
        const actor = tokenActor('camille', role, 'ci', scopes);
        for (const permission of PERMISSIONS) {
          expect(may(actor, permission)).toBe(scopes.includes(permission) && permissionsOf(role).includes(permission));
        }
        expect(may(actor, null)).toBe(true);
      }),
    );
  });
});

describe('passwords', () => {
  it('are kept as Argon2id, salted, and found again however they were composed', async () => {
    const kept = await hashPassword('une phrase très longue');
    expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hashPassword('une phrase très longue')).not.toBe(kept);
    expect(await verifyPassword('une phrase très longue'.normalize('NFD'), kept)).toBe(true);
    expect(await verifyPassword('une phrase tres longue', kept)).toBe(false);
  });

  it('open nothing without a hash, or with one that is not ours', async () => {
    expect(await verifyPassword('', null)).toBe(false);
    expect(await verifyPassword('x', 'en clair')).toBe(false);
    expect(await verifyPassword('x', '$argon2id$v=19$m=19456,t=2,p=1$$')).toBe(false);
  });

  it.each([
    ['court', 'PASSWORD_SHORT'],
    ['x'.repeat(201), 'PASSWORD_LONG'],
    ['le mot de Camille !', 'PASSWORD_IS_NAME'],
  ])('refuse %.20s', (password, code) => {
    expect(judgePassword(password, 'camille')).toMatchObject({ ok: false, refusal: { code } });
  });
});

describe('names and tokens', () => {
  it.each(['Camille', 'c', 'camille.durand@exemple.fr', 'Équipe QA 2'])('take the name « %s »', (name) => {
    expect(readAccountName(` ${name.normalize('NFD')} `)).toEqual({ ok: true, value: name });
  });

  it.each(['', ' ', '.', 'a\nb', '<b>', 'a/b', '../x', 'x'.repeat(65), 'a‮b'])('refuse the name %j', (name) => {
    expect(readAccountName(name)).toMatchObject({ ok: false, refusal: { code: 'ACCOUNT_NAME_INVALID' } });
  });

  it('make tokens that scanners know, each once', () => {
    const tokens = Array.from({ length: 50 }, newToken);
    expect(new Set(tokens).size).toBe(50);
    expect(tokens.every(isToken)).toBe(true);
    expect(isToken('jalon_court')).toBe(false);
  });
});
