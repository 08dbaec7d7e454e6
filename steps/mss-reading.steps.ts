import { Given, Then, When } from '@cucumber/cucumber';
import {
  checkDeleted,
  checkMailScreen,
  checkOnce,
  checkSeen,
  checkShown,
  checkUnsound,
  RULES as BEHAVIOUR_RULES,
  type HeldMail,
} from '#checks/mail/behaviour/index.ts';
import type { ReceivedDocument } from '#sut/driver/index.ts';
import { headerOf, incomingOf, mailsOf, otherPatientOf, receive, sourceOf } from './mss-incoming.steps.ts';
import { Kept, laboratoryMailbox, patientAddress, type ScenarioWorld } from './world/index.ts';

/** Message-ID of a second mail, for the scenarios that have two. */
const seconds = new WeakMap<ScenarioWorld, Kept<string>>();

function secondOf(world: ScenarioWorld): Kept<string> {
  const known = seconds.get(world) ?? new Kept<string>('second courriel reçu');
  seconds.set(world, known);
  return known;
}

Given('une réponse que ce patient a écrite au laboratoire', async function (this: ScenarioWorld) {
  const document = incomingOf(this).value;
  await receive(this, { kind: 'reponse-patient', patient: this.patient.key });
  secondOf(this).value = document;
});

/** What is wrong in the mail of the scenario, in French. */
const wrongs = new WeakMap<ScenarioWorld, Kept<string>>();

function wrongOf(world: ScenarioWorld): Kept<string> {
  const known = wrongs.get(world) ?? new Kept<string>('défaut du courriel reçu');
  wrongs.set(world, known);
  return known;
}

Given("un document abîmé qu'un professionnel a envoyé au laboratoire pour ce patient", function (this: ScenarioWorld) {
  this.professional = this.people.professional();
  wrongOf(this).value = 'son empreinte n’est pas celle de METADATA.XML';
  return receive(this, { kind: 'document', variant: 'hash-faux', patient: this.patient.key });
});

Given('un document pour le premier, joint à un document pour le second', function (this: ScenarioWorld) {
  this.professional = this.people.professional();
  wrongOf(this).value = 'l’archive concerne deux patients';
  const otherPatient = otherPatientOf(this);
  return receive(this, { kind: 'document', variant: 'deux-patients', patient: this.patient.key, otherPatient });
});

When('le même document revient dans un autre courriel', function (this: ScenarioWorld) {
  const first = incomingOf(this).value;
  const again = first.replace('<', '<bis.');
  const text = Buffer.from(sourceOf(this)).toString('latin1').replaceAll(first, again);
  this.bench.mocks.mssante.deposit(laboratoryMailbox(this), Buffer.from(text, 'latin1'));
  secondOf(this).value = again;
});

/** The mail as the operator holds it now, for every reader of the mailbox. */
function heldIn(world: ScenarioWorld, messageId: string): HeldMail | undefined {
  const mails = world.bench.mocks.mssante.inbox(laboratoryMailbox(world));
  return mails.findLast(({ source }) => headerOf(source, 'Message-ID') === messageId);
}

Then('le produit montre ces deux courriels, chacun avec son expéditeur', async function (this: ScenarioWorld) {
  const shown = (await mailsOf(this)).filter(({ direction }) => direction === 'recu');
  const [reply, document] = [incomingOf(this).value, secondOf(this).value];
  const pair = shown.filter(({ messageId }) => [reply, document].includes(messageId));
  this.captureState('courriels', 'Les deux courriels reçus, tels que le produit les montre', pair);
  const ids = shown.map(({ messageId }) => messageId);
  for (const messageId of [reply, document]) this.judge(checkShown(ids, messageId), BEHAVIOUR_RULES);
  const patient = { kind: 'patient', address: patientAddress(this), birthName: this.patient.birthName } as const;
  const professional = { kind: 'professionnel', address: this.professional.mailbox } as const;
  for (const mail of pair)
    this.judge(checkMailScreen(mail, mail.messageId === reply ? patient : professional), BEHAVIOUR_RULES);
});

Then("ces deux courriels sont lus dans la boîte de l'opérateur", function (this: ScenarioWorld) {
  for (const messageId of [incomingOf(this).value, secondOf(this).value])
    this.judge(checkSeen(heldIn(this, messageId), messageId), BEHAVIOUR_RULES);
});

Then("le courriel n'est plus dans la boîte de l'opérateur", function (this: ScenarioWorld) {
  const messageId = incomingOf(this).value;
  this.judge(checkDeleted(heldIn(this, messageId), messageId), BEHAVIOUR_RULES);
});

/** Documents of these mails, as the product shows them. */
async function documentsOf(world: ScenarioWorld, messageIds: readonly string[]): Promise<readonly ReceivedDocument[]> {
  const mails = (await mailsOf(world)).filter(
    ({ direction, messageId }) => direction === 'recu' && messageIds.includes(messageId),
  );
  world.captureState('courriels', 'Les courriels reçus et leurs documents, tels que le produit les montre', mails);
  return mails.flatMap(({ documents = [] }) => documents);
}

Then("le document n'est intégré qu'une fois", async function (this: ScenarioWorld) {
  const documents = await documentsOf(this, [incomingOf(this).value, secondOf(this).value]);
  this.require(documents.length > 0, 'Le produit ne montre pas le document reçu.');
  for (const uniqueId of new Set(documents.map((one) => one.uniqueId)))
    this.judge(checkOnce(documents, uniqueId), BEHAVIOUR_RULES);
});

Then("aucun document de cet envoi n'est intégré de lui-même", async function (this: ScenarioWorld) {
  const documents = await documentsOf(this, [incomingOf(this).value]);
  this.judge(checkUnsound(documents, wrongOf(this).value), BEHAVIOUR_RULES);
});
