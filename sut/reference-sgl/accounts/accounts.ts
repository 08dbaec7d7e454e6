import { searchKey } from '../identity/index.ts';
import { Refusal, SglError, type Professional } from '../model/index.ts';
import type { Schedule } from '../outbox/index.ts';
import { createEmailCodes, type EmailCodes } from './email-codes.ts';
import { isCovered } from './professions.ts';
import { CHECK_AFTER_MS, lookUpRpps, type FindProfessionals, type RppsAnswer } from './rpps.ts';
import type { Account, AccountAnswer, AccountEvent, NewAccount } from './types.ts';

/** The professionals who may use this system. Pro Santé Connect proves who they are, it does not let them in. */
export interface Accounts {
  /** Who may log in under this PS_IdNat (`8` + RPPS). */
  find(nationalId: string): Professional | undefined;
  /** Those who may log in by Pro Santé Connect. */
  list(): readonly Professional[];
  /** Opens or completes the account of somebody whose number is known. */
  save(professional: Professional): void;

  /** Every account, with or without a number. */
  all(): readonly Account[];
  /** @throws {SglError} `COMPTE_INCONNU` */
  get(user: string): Account;
  /**
   * Opens an account and looks its RPPS number up. The account is opened whatever the directory says: what is missing is
   * told, and looked up again later (SSI/IE.30). Somebody who has one already gets no second one.
   *
   * @throws {Refusal} `COMPTE_INCOMPLET`
   */
  open(input: NewAccount): Promise<AccountAnswer>;
  /** Looks up now, whenever it was due. @throws {SglError} `COMPTE_INCONNU` */
  check(user: string): Promise<AccountAnswer>;
  /** Looks up every account whose time has come; gives how many. */
  checkDue(): Promise<number>;
  /**
   * Changes the practice name or the address. A name is compared with the directory, as when the account was opened; an
   * address waits for its code; the former address is owed a notice (SSI/IE.32).
   *
   * @throws {SglError} `COMPTE_INCONNU`; {Refusal} `NOM_NON_CONFIRME`, `COURRIEL_INVALIDE`
   */
  change(user: string, changes: { lastName?: string; email?: string }): Promise<AccountAnswer>;
  /** The code that waits for an address, shown on the screen because this system sends no ordinary mail. */
  waitingCode: EmailCodes['waiting'];
  /** @throws {Refusal} `CODE_REFUSE` */
  confirmEmail(user: string, code: string): Account;
  /** No look-up starts by itself afterwards. */
  stop(): void;
}

export interface AccountsDeps {
  find: FindProfessionals;
  faults: ReadonlySet<string>;
  now: () => Date;
  schedule: Schedule;
}

/** How often due accounts are looked for. */
const ROUND_MS = 10 * 60_000;
const EMAIL = /^[^\s@<>",;:]+@[^\s@<>",;:]+\.[^\s@<>",;:]+$/;

export function createAccounts(known: readonly Professional[], deps: AccountsDeps): Accounts {
  const { faults, now, schedule } = deps;
  const accounts = new Map<string, Account>();
  const codes = createEmailCodes(now);
  let round: { cancel(): void } | undefined;
  let stopped = false;

  const get = (user: string): Account => {
    const account = accounts.get(user);
    if (account) return account;
    throw new SglError('COMPTE_INCONNU', "Ce compte n'existe pas.", 'Choisissez-le dans la liste des comptes.');
  };
  const put = (account: Account, ...events: Omit<AccountEvent, 'at'>[]): Account => {
    const at = now();
    const kept = { ...account, events: [...account.events, ...events.map((event) => ({ at, ...event }))].slice(-200) };
    accounts.set(account.user, kept);
    return kept;
  };
  const byNumber = (rpps: string): Account | undefined =>
    [...accounts.values()].find((account) => account.rpps === rpps);

  const save = (professional: Professional): void => {
    const { nationalId, lastName, firstName, profession = '' } = professional;
    const rpps = /^8(\d{11})$/.exec(nationalId)?.[1];
    const before = (rpps !== undefined && byNumber(rpps)) || accounts.get(nationalId);
    const base = before ?? {
      user: professional.user ?? nationalId,
      structures: [],
      createdAt: now(),
      events: [],
      profession,
    };
    accounts.set(base.user, {
      ...base,
      ...(rpps !== undefined && { rpps }),
      lastName,
      firstName,
      ...(profession !== '' && { profession }),
      professional: { ...before?.professional, ...professional },
    });
  };
  for (const professional of known) save(professional);

  /** Private identifiers are first name, name, and a rank when they are taken. */
  const newUser = (firstName: string, lastName: string): string => {
    const word = (text: string): string => searchKey(text).toLowerCase() || 'x';
    const base = `${word(firstName)}.${word(lastName)}`.slice(0, 60);
    let user = base;
    for (let rank = 2; accounts.has(user); rank += 1) user = `${base}${rank}`;
    return user;
  };

  const scheduleRound = (): void => {
    if (stopped || round) return;
    round = schedule(() => {
      round = undefined;
      void checkDue().finally(scheduleRound);
    }, ROUND_MS);
  };

  /** Writes in the account what the directory said. */
  const apply = (user: string, answer: RppsAnswer, what: 'recherche-rpps' | 'controle-rpps'): AccountAnswer => {
    const account = get(user);
    const { nextCheckAt: _, ...without } = account;
    const nextCheckAt = new Date(now().getTime() + CHECK_AFTER_MS[answer.kind]);
    if (answer.kind === 'trouve') {
      const { rpps, structures, lastName, firstName } = answer.person;
      const other = byNumber(rpps);
      if (other && other.user !== user) {
        const detail = `Le RPPS ${rpps} est déjà associé au compte ${other.user} : il n'est pas associé à celui-ci.`;
        return { account: put({ ...account, nextCheckAt }, { what, detail }), message: detail };
      }
      if (faults.has('ssi-rpps-non-associe')) {
        const { rpps: _number, ...unlinked } = without;
        return { account: put(unlinked), message: 'Compte ouvert.' };
      }
      const detail = account.rpps === undefined ? `RPPS ${rpps} trouvé et associé.` : `RPPS ${rpps} confirmé.`;
      const professional: Professional = {
        ...account.professional,
        nationalId: `8${rpps}`,
        lastName: account.lastName || lastName,
        firstName: account.firstName || firstName,
        ...(isCovered(account.profession) && { profession: account.profession }),
      };
      const next = { ...without, rpps, structures, professional, checkedAt: now() };
      const late = new Date(nextCheckAt.getTime() + 2 * CHECK_AFTER_MS.trouve);
      const due = faults.has('ssi-sans-controle') ? late : nextCheckAt;
      return { account: put({ ...next, nextCheckAt: due }, { what, detail }), message: detail };
    }
    if (faults.has('ssi-erreur-muette')) return { account: put(without), message: '' };
    const kept = account.rpps === undefined ? 'aucun RPPS associé' : 'RPPS gardé, à vérifier';
    const detail = `${answer.detail} : ${kept}, nouvelle recherche automatique le ${dayOf(nextCheckAt)}.`;
    const checked = answer.kind === 'absent' ? { checkedAt: now() } : {};
    return { account: put({ ...without, ...checked, nextCheckAt }, { what, detail }), message: detail };
  };

  const check = async (user: string): Promise<AccountAnswer> => {
    const account = get(user);
    if (!isCovered(account.profession)) {
      return { account, message: "Cette profession n'est pas couverte par le RPPS : aucune recherche." };
    }
    const what = account.rpps === undefined ? 'recherche-rpps' : 'controle-rpps';
    return apply(user, await lookUpRpps(account, deps.find), what);
  };

  const checkDue = async (): Promise<number> => {
    const due = [...accounts.values()].filter(({ nextCheckAt }) => nextCheckAt && nextCheckAt <= now());
    for (const { user } of due) await check(user);
    return due.length;
  };

  const setEmail = (account: Account, address: string): Account => {
    codes.issue(account.user, address);
    const detail = `Adresse ${address} à vérifier par un code.`;
    return put({ ...account, email: { address, verified: false } }, { what: 'courriel', detail });
  };

  return {
    find: (nationalId) => {
      const account = [...accounts.values()].find(({ professional }) => professional?.nationalId === nationalId);
      return account?.professional;
    },
    list: () => [...accounts.values()].flatMap(({ professional }) => professional ?? []),
    save,
    all: () => [...accounts.values()],
    get,

    async open(input) {
      const [lastName, firstName, profession] = [input.lastName, input.firstName, input.profession].map((text) =>
        text.trim().slice(0, 200),
      ) as [string, string, string];
      const missing = [!lastName && "nom d'exercice", !firstName && 'prénom', !profession && 'profession'].filter(
        Boolean,
      );
      if (missing.length > 0)
        throw new Refusal('COMPTE_INCOMPLET', `Compte non ouvert, il manque : ${missing.join(', ')}.`);
      checkEmail(input.email);
      const searched = isCovered(profession) && !faults.has('ssi-sans-recherche-rpps');
      const person = { lastName, firstName, profession };
      const answer = searched ? await lookUpRpps(person, deps.find) : undefined;
      const held = answer?.kind === 'trouve' ? byNumber(answer.person.rpps) : undefined;
      const user = held?.user ?? newUser(firstName, lastName);
      if (!held) {
        const empty = { user, ...person, structures: [], createdAt: now(), events: [] };
        put(empty, { what: 'creation', detail: 'Compte ouvert.' });
      }
      scheduleRound();
      const found = answer && apply(user, answer, 'recherche-rpps');
      if (input.email) setEmail(get(user), input.email);
      const head = held ? 'Ce professionnel a déjà un compte : il est complété.' : 'Compte ouvert.';
      const tail =
        found?.message ?? (searched || isCovered(profession) ? '' : 'Profession hors du RPPS : aucune recherche.');
      // With its fault, the product shows the account and says nothing at all.
      if (found?.message === '') return { account: get(user), message: '' };
      return { account: get(user), message: tail === head ? head : `${head} ${tail}`.trim() };
    },

    check,
    checkDue,

    async change(user, { lastName, email }) {
      const account = get(user);
      checkEmail(email);
      const told: string[] = [];
      if (lastName !== undefined && lastName !== '' && searchKey(lastName) !== searchKey(account.lastName)) {
        await confirmName({ ...account, lastName }, deps.find);
        const current = get(user);
        const professional = current.professional && { ...current.professional, lastName };
        const detail = `Nom d'exercice changé : ${current.lastName} → ${lastName}, confirmé par l'annuaire.`;
        put({ ...current, lastName, ...(professional && { professional }) }, { what: 'modification', detail });
        told.push("nom d'exercice");
      }
      const former = account.email;
      if (email !== undefined && email !== '' && email !== former?.address) {
        setEmail(get(user), email);
        told.push('adresse de messagerie');
      }
      if (told.length === 0) return { account, message: 'Aucun changement.' };
      const notice = former
        ? `Avis de modification (${told.join(', ')}) à destination de ${former.address}.`
        : "Aucune ancienne coordonnée à qui envoyer l'avis de modification.";
      return {
        account: put(get(user), { what: 'avis', detail: notice }),
        message: `Modifié : ${told.join(', ')}. ${notice}`,
      };
    },

    waitingCode: (user) => codes.waiting(user),
    confirmEmail(user, code) {
      const account = get(user);
      const address = codes.confirm(user, code.trim());
      if (address === undefined) {
        throw new Refusal('CODE_REFUSE', "Ce code n'est pas le bon, ou il a expiré : l'adresse n'est pas vérifiée.");
      }
      const detail = `Adresse ${address} vérifiée.`;
      return put({ ...account, email: { address, verified: true } }, { what: 'courriel', detail });
    },

    stop() {
      stopped = true;
      round?.cancel();
    },
  };
}

function checkEmail(address: string | undefined): void {
  if (address === undefined || address === '' || (EMAIL.test(address) && address.length <= 254)) return;
  throw new Refusal('COURRIEL_INVALIDE', "L'adresse de messagerie est mal formée.");
}

/** As reliable as when the account was opened: the directory must know this name under this number. */
async function confirmName(account: Account, find: FindProfessionals): Promise<void> {
  const answer = await lookUpRpps(account, find);
  if (answer.kind === 'trouve' && searchKey(answer.person.lastName) === searchKey(account.lastName)) return;
  const why = answer.kind === 'trouve' ? "l'annuaire porte un autre nom d'exercice" : answer.detail;
  throw new Refusal('NOM_NON_CONFIRME', `Nom d'exercice non modifié : ${why}.`);
}

const DAY = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Europe/Paris' });

function dayOf(at: Date): string {
  return DAY.format(at);
}
