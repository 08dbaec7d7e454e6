import { Given, Then, When } from '@cucumber/cucumber';
import type { GestureInput, GestureOutput } from '#sut/driver/index.ts';
import { captureDirectoryCalls, Kept, type ScenarioWorld } from './world/index.ts';

/** A professional whom no directory knows. */
const UNKNOWN = { lastName: 'PATTEST-INCONNU', firstName: 'NADIA', profession: '10' } as const;
/** Two years, and the day that a calendar may add. */
const TWO_YEARS_MS = (2 * 366 + 1) * 86_400_000;

type AccountState = GestureOutput<'createAccount'>['account'];

interface Opened {
  readonly account: AccountState;
  readonly message: string;
}

const accounts = new WeakMap<ScenarioWorld, Kept<Opened>>();

function openedOf(world: ScenarioWorld): Kept<Opened> {
  const known = accounts.get(world) ?? new Kept<Opened>('compte');
  accounts.set(world, known);
  return known;
}

/** The account that the scenario opened. */
export function accountOf(world: ScenarioWorld): AccountState {
  return openedOf(world).value.account;
}

const NEXT_SEARCH = 'la date à laquelle le produit cherchera de nouveau le numéro RPPS de ce compte, ou ses traces';
const LAST_CHECK = 'la date à laquelle le numéro RPPS de ce compte a été contrôlé';
const NEXT_CHECK = 'la date du contrôle suivant, dans les deux ans, ou le réglage qui la donne';

/** What the REM does not ask the product to show there: somebody films it, wherever the product has it. */
function unseen(world: ScenarioWorld, shot: string): void {
  for (const slot of world.slots) world.guide.film(slot, [shot], world.slots);
  world.review(`Le produit ne montre pas au banc (readState, « accounts ») ${shot} : à filmer.`);
}

async function open(world: ScenarioWorld, person: GestureInput<'createAccount'>): Promise<void> {
  openedOf(world).value = await world.perform('createAccount', person);
  world.captureState('compte', 'Le compte ouvert et ce que le produit en a dit', openedOf(world).value);
}

Given("l'annuaire hors service", function (this: ScenarioWorld) {
  this.bench.mocks.situations.set({ service: 'annuaire', situation: '500' });
});

When('un compte est ouvert pour ce professionnel', function (this: ScenarioWorld) {
  const { lastName, firstName, profession } = this.professional;
  return open(this, { lastName, firstName, profession });
});

When(
  "un compte est ouvert pour ce professionnel avec l'adresse {string}",
  function (this: ScenarioWorld, email: string) {
    const { lastName, firstName, profession } = this.professional;
    return open(this, { lastName, firstName, profession, email });
  },
);

When("un compte est ouvert pour un professionnel que l'annuaire ne connaît pas", function (this: ScenarioWorld) {
  return open(this, UNKNOWN);
});

Then("l'annuaire a reçu une recherche de ce professionnel", async function (this: ScenarioWorld) {
  await this.httpExchange({ service: 'annuaire' }, 'chercher le professionnel dans l’annuaire');
  captureDirectoryCalls(this);
});

Then('le compte porte son numéro RPPS', async function (this: ScenarioWorld) {
  const account = await shown(this);
  this.require(
    account.rpps === this.professional.rpps,
    `Le compte devait porter le RPPS ${this.professional.rpps} ; il porte ${account.rpps ?? 'aucun numéro'}.`,
  );
});

Then(
  'le compte est ouvert sans numéro RPPS, le produit le dit et dit quand il cherchera de nouveau',
  async function (this: ScenarioWorld) {
    const account = await shown(this);
    const { message } = openedOf(this).value;
    this.require(
      account.rpps === undefined,
      `Le compte porte le RPPS ${account.rpps ?? ''} que l'annuaire n'a pas donné.`,
    );
    this.require(message.trim() !== '', 'Le produit n’a rien dit à son utilisateur du RPPS introuvable.');
    if (account.nextCheckAt === undefined) return unseen(this, NEXT_SEARCH);
    this.require(
      Date.parse(account.nextCheckAt) > Date.now(),
      'La prochaine recherche du RPPS de ce compte n’est pas à venir.',
    );
  },
);

Then(
  'le compte dit quand son RPPS a été contrôlé, et le sera de nouveau dans les deux ans',
  async function (this: ScenarioWorld) {
    const { checkedAt, nextCheckAt } = await shown(this);
    if (checkedAt === undefined) unseen(this, LAST_CHECK);
    if (nextCheckAt === undefined) unseen(this, NEXT_CHECK);
    if (checkedAt === undefined || nextCheckAt === undefined) return;
    const gap = Date.parse(nextCheckAt) - Date.parse(checkedAt);
    this.require(
      gap > 0 && gap <= TWO_YEARS_MS,
      `Le contrôle suivant est prévu le ${nextCheckAt}, plus de deux ans après celui du ${checkedAt}.`,
    );
  },
);

Then("l'adresse du compte n'est pas tenue pour vérifiée", async function (this: ScenarioWorld) {
  const { email, emailVerified } = await shown(this);
  this.require(email !== undefined, 'Le compte ne montre pas l’adresse de messagerie déclarée.');
  this.require(emailVerified !== true, 'L’adresse est tenue pour vérifiée avant toute confirmation du professionnel.');
});

Then("le compte porte le RPPS, le nom d'exercice, le prénom et la profession", async function (this: ScenarioWorld) {
  const account = await shown(this);
  const { rpps, lastName, firstName, profession } = this.professional;
  const wanted = { rpps, lastName, firstName, profession };
  for (const [name, value] of Object.entries(wanted)) {
    const held = account[name as keyof typeof wanted] ?? '';
    this.require(
      held.toUpperCase() === value.toUpperCase(),
      `Le compte devait porter ${name} « ${value} » ; il porte « ${held} ».`,
    );
  }
});

Then('les comptes du produit ont chacun leur identifiant', async function (this: ScenarioWorld) {
  const { accounts: all = [] } = await this.perform('readState', { what: 'accounts' });
  const users = all.map(({ user }) => user);
  this.require(new Set(users).size === users.length, 'Deux comptes du produit ont le même identifiant.');
});

/** The account as the product shows it in its list, kept as a piece. */
async function shown(world: ScenarioWorld): Promise<AccountState> {
  const { user } = openedOf(world).value.account;
  const { accounts: all = [] } = await world.perform('readState', { what: 'accounts' });
  const account = all.find((one) => one.user === user);
  world.require(account !== undefined, `La liste des comptes du produit ne montre pas le compte ${user}.`);
  world.captureState('compte-montre', 'Le compte, tel que le produit le montre', account);
  return account;
}
