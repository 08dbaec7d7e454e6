import { Given, Then, When } from '@cucumber/cucumber';
import {
  checkFailureShown,
  checkMailTraces,
  checkReceiptShown,
  RULES as BEHAVIOUR_RULES,
  type SeenAction,
} from '#checks/mail/behaviour/index.ts';
import type { MailTrace, Transmission } from '#sut/driver/index.ts';
import { messageIdOf } from './mss-writing.steps.ts';
import { awaitMail, Kept, patientAddress, submissions, unverifiable, type ScenarioWorld } from './world/index.ts';

Given('un opérateur qui accuse réception des courriels', function (this: ScenarioWorld) {
  this.bench.mocks.situations.set({
    service: 'mssante',
    about: this.professional.mailbox,
    situation: 'accuse-remise',
  });
});

Given('un espace de santé fermé pour ce patient', function (this: ScenarioWorld) {
  this.bench.mocks.situations.set({ service: 'mssante', about: this.patient.key, situation: 'espace-ferme' });
});

Given('un opérateur qui refuse la boîte de ce professionnel', function (this: ScenarioWorld) {
  this.bench.mocks.situations.set({ service: 'mssante', about: this.professional.mailbox, situation: 'inconnu-550' });
});

When("l'opérateur a pris ce courriel", async function (this: ScenarioWorld) {
  await awaitMail(this, this.recipients[0] ?? patientAddress(this), 'envoyer le compte rendu');
});

When('le produit relève sa boîte', async function (this: ScenarioWorld) {
  const { received, message } = await this.perform('fetchMail', {});
  this.captureState('releve', 'La relève de la boîte, telle que le produit la montre', { received, message });
});

/** The line of the report of the scenario that went by mail, once it is as expected or the wait is over. */
export async function mailLine(world: ScenarioWorld, expected: (line: Transmission) => boolean): Promise<Transmission> {
  const to = (world.recipients[0] ?? patientAddress(world)).toLowerCase();
  const { reportId } = world.report;
  const read = async (): Promise<Transmission | undefined> => {
    const { transmissions } = await world.perform('readState', { what: 'transmissions', reportId });
    return transmissions?.find(({ channel, recipient }) => channel !== 'dmp' && recipient.toLowerCase() === to);
  };
  const line = await world.eventually(read, (one) => one !== undefined && expected(one));
  if (line === undefined)
    throw unverifiable('produit', `Le produit ne montre pas l’envoi à ${to} (readState, « transmissions »).`);
  world.captureState('transmission', 'L’envoi et ce qui en est revenu, tels que le produit les montre', line);
  return line;
}

Then('le produit montre que ce courriel a été reçu', async function (this: ScenarioWorld) {
  const { receipts = [] } = await mailLine(this, (line) => (line.receipts ?? []).length > 0);
  this.judge(checkReceiptShown(receipts, 'transmission du compte rendu'), BEHAVIOUR_RULES);
});

Then("le produit montre que ce courriel n'est pas arrivé, et pourquoi", async function (this: ScenarioWorld) {
  const { receipts = [], state } = await mailLine(this, (line) => (line.receipts ?? []).length > 0);
  this.judge(checkFailureShown(receipts, state, 'transmission du compte rendu'), BEHAVIOUR_RULES);
});

async function tracesOf(world: ScenarioWorld): Promise<readonly MailTrace[]> {
  const { mailTraces } = await world.perform('readState', { what: 'mail-traces' });
  if (mailTraces === undefined)
    throw unverifiable('produit', 'Le produit n’a pas montré ses traces de messagerie (readState, « mail-traces »).');
  const shown = JSON.stringify(mailTraces);
  // A piece never carries a secret, even one that the product wrote in its journal.
  const masked = secretsOf(world).reduce((text, secret) => text.replaceAll(secret, '***'), shown);
  world.captureState('traces', 'Les traces de la messagerie, telles que le produit les montre', JSON.parse(masked));
  return mailTraces;
}

/** Passwords that the bench gave to the product, as they are and as AUTH PLAIN writes them. */
function secretsOf({ bench }: ScenarioWorld): readonly string[] {
  return bench.mocks.addresses.mssante.mailboxes.flatMap(({ user, password }) => [
    Buffer.from(`\0${user}\0${password}`, 'utf8').toString('base64'),
    password,
  ]);
}

/** What the scenario saw the product do with its mailboxes, for the journal that it keeps. */
const seenActions = new WeakMap<ScenarioWorld, SeenAction[]>();

/** Remembers an action that its journal must hold. */
export function noteAction(world: ScenarioWorld, action: SeenAction): void {
  const known = seenActions.get(world) ?? [];
  known.push(action);
  seenActions.set(world, known);
}

const traced = new WeakMap<ScenarioWorld, Kept<readonly MailTrace[]>>();

Then(
  "le journal du produit montre la connexion, l'envoi, la consultation et la suppression",
  async function (this: ScenarioWorld) {
    const mail = await awaitMail(this, this.professional.mailbox, 'envoyer le compte rendu');
    const kept = new Kept<readonly MailTrace[]>('journal de la messagerie');
    traced.set(this, kept);
    kept.value = await tracesOf(this);
    const actions: readonly SeenAction[] = [
      { action: 'connexion', at: mail.startedAt },
      { action: 'envoi', at: mail.startedAt, messageId: messageIdOf(mail.source) },
      ...(seenActions.get(this) ?? []),
    ];
    this.judge(checkMailTraces(kept.value, actions, secretsOf(this)), BEHAVIOUR_RULES);
  },
);

Then("le journal du produit montre l'envoi refusé et la réponse de l'opérateur", async function (this: ScenarioWorld) {
  const refused = await this.eventually(
    () => Promise.resolve(submissions(this).at(-1) ?? this.seen({ service: 'mssante' }).at(-1)),
    (one) => one !== undefined,
  );
  this.require(refused !== undefined, 'Le produit devait tenter d’envoyer le courriel.');
  const at = refused.startedAt;
  this.judge(checkMailTraces(await tracesOf(this), [{ action: 'envoi', at, refusal: '550' }]), BEHAVIOUR_RULES);
});
