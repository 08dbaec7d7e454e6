import { beforeEach, describe, expect, it } from 'vitest';
import type { DirectoryProfessional, ProfessionalCriteria } from '../directory/index.ts';
import { SglError } from '../model/index.ts';
import { createAccounts, type Accounts } from './index.ts';

const BIOLOGIST = { nationalId: '899700000001', lastName: 'BLUE', firstName: 'EVA', profession: '21' };
const GREEN: DirectoryProfessional = {
  rpps: '99700000002',
  lastName: 'GREEN',
  firstName: 'TOM',
  professions: ['10'],
  structures: ['10B0000001'],
  practices: [],
};
const TOM = { lastName: 'Green', firstName: 'Tom', profession: '10' };
const DAY_MS = 86_400_000;

let now: Date;
let asked: ProfessionalCriteria[];
let directory: DirectoryProfessional[] | SglError;
let rounds: (() => void)[];
beforeEach(() => {
  now = new Date('2026-11-22T10:00:00Z');
  asked = [];
  directory = [GREEN];
  rounds = [];
});

function start(...faults: string[]): Accounts {
  return createAccounts([BIOLOGIST], {
    async find(criteria) {
      asked.push(criteria);
      if (directory instanceof SglError) throw directory;
      return directory;
    },
    faults: new Set(faults),
    now: () => now,
    schedule(run) {
      rounds.push(run);
      return { cancel: () => undefined };
    },
  });
}
const later = (ms: number): Date => (now = new Date(now.getTime() + ms));

describe('opening an account', () => {
  it('looks the number up by name, first name and profession, and associates it', async () => {
    const accounts = start();
    const { account, message } = await accounts.open(TOM);
    expect(asked).toEqual([TOM]);
    expect(message).toContain('RPPS 99700000002 trouvé et associé');
    expect(account).toMatchObject({
      user: 'tom.green',
      rpps: '99700000002',
      structures: ['10B0000001'],
      checkedAt: now,
    });
    const wait = (account.nextCheckAt?.getTime() ?? 0) - now.getTime();
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(2 * 365 * DAY_MS);
    expect(accounts.find('899700000002')).toMatchObject({ lastName: 'Green', profession: '10' });
  });

  it.each([
    [
      'is out of reach',
      () => (directory = new SglError('ANNUAIRE_INDISPONIBLE', "L'annuaire ne répond pas.", '')),
      'ne répond pas',
    ],
    ['does not know the person', () => (directory = []), "absent de l'annuaire"],
    ['knows several', () => (directory = [GREEN, { ...GREEN, rpps: '99700000003' }]), '2 professionnels'],
  ])('opens it all the same when the directory %s, says so and looks again', async (_name, break_, said) => {
    break_();
    const accounts = start();
    const { account, message } = await accounts.open(TOM);
    expect(message).toContain(said);
    expect(message).toContain('nouvelle recherche automatique');
    expect(account.rpps).toBeUndefined();
    expect(accounts.list().map(({ lastName }) => lastName)).toEqual(['BLUE']);
    directory = [GREEN];
    expect(await accounts.checkDue()).toBe(0);
    later(DAY_MS);
    expect(await accounts.checkDue()).toBe(1);
    expect(accounts.get('tom.green')).toMatchObject({ rpps: '99700000002', checkedAt: now });
  });

  it('looks due accounts up by itself', async () => {
    directory = [];
    const accounts = start();
    await accounts.open(TOM);
    directory = [GREEN];
    later(2 * DAY_MS);
    rounds.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
    expect(accounts.get('tom.green').rpps).toBe('99700000002');
    expect(rounds).toHaveLength(1);
    accounts.stop();
  });

  it('checks a number again by this number, and keeps one that has gone, to be looked at', async () => {
    const accounts = start();
    await accounts.open(TOM);
    directory = [];
    later(366 * DAY_MS);
    expect(await accounts.checkDue()).toBe(1);
    expect(asked.at(-1)).toEqual({ rpps: '99700000002' });
    const { rpps, events } = accounts.get('tom.green');
    expect(rpps).toBe('99700000002');
    expect(events.at(-1)).toMatchObject({
      what: 'controle-rpps',
      detail: expect.stringContaining("n'est plus actif") as string,
    });
  });

  it('never gives a private identifier twice, nor two accounts to one number', async () => {
    directory = [];
    const accounts = start();
    const [first, second] = [await accounts.open(TOM), await accounts.open(TOM)];
    expect([first.account.user, second.account.user]).toEqual(['tom.green', 'tom.green2']);
    directory = [GREEN];
    await accounts.check('tom.green');
    expect((await accounts.check('tom.green2')).message).toContain('déjà associé au compte tom.green');
    expect(accounts.get('tom.green2').rpps).toBeUndefined();
    expect((await accounts.open(TOM)).account.user).toBe('tom.green');
    expect(accounts.all()).toHaveLength(3);
  });

  it('looks nothing up for a profession that has no number', async () => {
    const { message } = await start().open({ ...TOM, profession: 'SECRETARIAT' });
    expect(message).toContain('hors du RPPS');
    expect(asked).toEqual([]);
  });

  it.each([
    [{ lastName: ' ' }, "nom d'exercice"],
    [{ firstName: '' }, 'prénom'],
    [{ profession: '' }, 'profession'],
    [{ email: 'pas une adresse' }, 'mal formée'],
  ])('refuses %j', async (changes, said) => {
    const accounts = start();
    await expect(accounts.open({ ...TOM, ...changes })).rejects.toThrow(said);
    expect(accounts.all()).toHaveLength(1);
  });
});

describe('address', () => {
  const codeOf = (accounts: Accounts): string => accounts.waitingCode('tom.green')?.code ?? '';
  const other = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

  it('is verified by its code only, once', async () => {
    const accounts = start();
    await accounts.open({ ...TOM, email: 'tom@exemple.fr' });
    expect(accounts.get('tom.green').email).toEqual({ address: 'tom@exemple.fr', verified: false });
    const code = codeOf(accounts);
    expect(() => accounts.confirmEmail('tom.green', other(code))).toThrow("n'est pas le bon");
    expect(accounts.confirmEmail('tom.green', ` ${code} `).email?.verified).toBe(true);
    expect(() => accounts.confirmEmail('tom.green', code)).toThrow();
  });

  it('cannot be guessed, nor verified late', async () => {
    const accounts = start();
    await accounts.open({ ...TOM, email: 'tom@exemple.fr' });
    const code = codeOf(accounts);
    for (let round = 0; round < 5; round += 1) expect(() => accounts.confirmEmail('tom.green', other(code))).toThrow();
    expect(() => accounts.confirmEmail('tom.green', code)).toThrow();
    await accounts.change('tom.green', { email: 'tom.green@exemple.fr' });
    const fresh = codeOf(accounts);
    later(16 * 60_000);
    expect(() => accounts.confirmEmail('tom.green', fresh)).toThrow('expiré');
  });

  it('owes a notice to the former one, and is to be verified again', async () => {
    const accounts = start();
    await accounts.open({ ...TOM, email: 'tom@exemple.fr' });
    accounts.confirmEmail('tom.green', codeOf(accounts));
    const { account, message } = await accounts.change('tom.green', { email: 'autre@exemple.fr' });
    expect(account.email).toEqual({ address: 'autre@exemple.fr', verified: false });
    expect(message).toContain('à destination de tom@exemple.fr');
  });
});

it('changes a practice name only when the directory confirms it', async () => {
  const accounts = start();
  await accounts.open(TOM);
  await expect(accounts.change('tom.green', { lastName: 'WHITE' })).rejects.toMatchObject({ code: 'NOM_NON_CONFIRME' });
  directory = [{ ...GREEN, lastName: 'WHITE' }];
  await accounts.change('tom.green', { lastName: 'WHITE' });
  expect(accounts.get('tom.green').lastName).toBe('WHITE');
  expect(accounts.find('899700000002')?.lastName).toBe('WHITE');
  expect((await accounts.change('tom.green', { lastName: 'White' })).message).toBe('Aucun changement.');
});

it('keeps in the account what the directory import and the login bring', () => {
  const accounts = start();
  accounts.save({ ...BIOLOGIST, lastName: 'BLEUE', mailbox: 'eva@x.mssante.fr' });
  expect(accounts.all()).toHaveLength(1);
  expect(accounts.get('899700000001')).toMatchObject({ rpps: '99700000001', lastName: 'BLEUE' });
  expect(accounts.find('899700000001')?.mailbox).toBe('eva@x.mssante.fr');
  expect(() => accounts.get('personne')).toThrow("n'existe pas");
});

describe('faults', () => {
  it('ssi-sans-recherche-rpps asks nobody', async () => {
    expect((await start('ssi-sans-recherche-rpps').open(TOM)).account.rpps).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('ssi-rpps-non-associe asks and forgets', async () => {
    expect((await start('ssi-rpps-non-associe').open(TOM)).account.rpps).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  it('ssi-erreur-muette says nothing and never looks again', async () => {
    directory = [];
    const { account, message } = await start('ssi-erreur-muette').open(TOM);
    expect(message).toBe('');
    expect(account.nextCheckAt).toBeUndefined();
  });

  it('ssi-sans-controle plans no control within two years', async () => {
    const { account } = await start('ssi-sans-controle').open(TOM);
    const { rpps, checkedAt, nextCheckAt } = account;
    expect(rpps).toBe('99700000002');
    expect(Number(nextCheckAt) - Number(checkedAt)).toBeGreaterThan(2 * 366 * 86_400_000);
  });
});
