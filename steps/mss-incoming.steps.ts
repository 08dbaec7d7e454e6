import { Given, Then, When } from '@cucumber/cucumber';
import {
  checkIntegration,
  checkShown,
  checkUnknownPatient,
  RULES as BEHAVIOUR_RULES,
} from '#checks/mail/behaviour/index.ts';
import { header, readMail } from '#formats/mail/index.ts';
import type { MailState, ReceivedDocument } from '#sut/driver/index.ts';
import { noteAction } from './mss-receipts.steps.ts';
import { registerAs } from './patients.steps.ts';
import {
  awaitMail,
  captureMail,
  judgeMail,
  Kept,
  laboratoryMailbox,
  unverifiable,
  type ScenarioWorld,
} from './world/index.ts';

/** Message-ID of the mail that the scenario put in the mailbox of the product. */
const incoming = new WeakMap<ScenarioWorld, Kept<string>>();

export function incomingOf(world: ScenarioWorld): Kept<string> {
  const known = incoming.get(world) ?? new Kept<string>('courriel reçu');
  incoming.set(world, known);
  return known;
}

type Order = Parameters<ScenarioWorld['bench']['mocks']['mssante']['receive']>[0];

export async function receive(world: ScenarioWorld, order: Omit<Order, 'from'>): Promise<void> {
  const { mssante } = world.bench.mocks;
  incomingOf(world).value = await mssante.receive({ from: world.professional.mailbox, ...order });
  world.capture({
    name: 'courriel-recu',
    extension: '.eml',
    mediaType: 'message/rfc822',
    bytes: sourceOf(world),
    caption: 'Le courriel mis dans la boîte du produit',
  });
}

/** The mail that the scenario put in the mailbox, byte for byte. */
export function sourceOf(world: ScenarioWorld): Uint8Array {
  const mails = world.bench.mocks.mssante.delivered(laboratoryMailbox(world));
  const source = mails.findLast((mail) => headerOf(mail.source, 'Message-ID') === incomingOf(world).value)?.source;
  if (source === undefined) throw new Error('le courriel du scénario n’est plus dans la boîte du produit');
  return source;
}

export function headerOf(source: Uint8Array, name: string): string {
  const reading = readMail(source);
  return reading.ok ? (header(reading.mail, name) ?? '').trim() : '';
}

Given("un courriel qu'un professionnel a écrit au laboratoire", function (this: ScenarioWorld) {
  this.patient = this.people.patient('nominal');
  this.professional = this.people.professional();
  return receive(this, { kind: 'message', patient: this.patient.key });
});

Given('un courriel que ce professionnel a écrit au laboratoire', function (this: ScenarioWorld) {
  return receive(this, { kind: 'message', patient: this.patient.key });
});

Given("un courriel qu'un professionnel a écrit au laboratoire en suite de deux autres", function (this: ScenarioWorld) {
  this.patient = this.people.patient('nominal');
  this.professional = this.people.professional();
  return receive(this, { kind: 'fil', patient: this.patient.key });
});

Given("un document qu'un professionnel a envoyé au laboratoire pour ce patient", function (this: ScenarioWorld) {
  this.professional = this.people.professional();
  return receive(this, { kind: 'document', patient: this.patient.key });
});

Given(
  "un compte rendu structuré qu'un professionnel a envoyé au laboratoire pour ce patient",
  function (this: ScenarioWorld) {
    this.professional = this.people.professional();
    return receive(this, { kind: 'document', variant: 'document-structure', patient: this.patient.key });
  },
);

Given('deux patients qualifiés dans le produit', async function (this: ScenarioWorld) {
  const [first, second] = [this.people.patient('nominal'), this.people.patient('nominal')];
  for (const patient of [second, first]) {
    this.patient = patient;
    await registerAs(this, 'qualifiee');
  }
  others.set(this, second.key);
});

/** Key of the second patient, for those who have two. */
const others = new WeakMap<ScenarioWorld, string>();

export function otherPatientOf(world: ScenarioWorld): string {
  return others.get(world) ?? '';
}

Given('un document pour le premier, dont le courriel nomme le second', function (this: ScenarioWorld) {
  this.professional = this.people.professional();
  return receive(this, {
    kind: 'document',
    variant: 'objet-autre-patient',
    patient: this.patient.key,
    otherPatient: otherPatientOf(this),
  });
});

Given(
  "un document qu'un professionnel a envoyé pour un patient que le produit ne connaît pas",
  function (this: ScenarioWorld) {
    this.patient = this.people.patient('nominal');
    this.professional = this.people.professional();
    return receive(this, { kind: 'document', patient: this.patient.key });
  },
);

export async function mailsOf(world: ScenarioWorld): Promise<readonly MailState[]> {
  const { mails } = await world.perform('readState', { what: 'mails' });
  if (mails === undefined)
    throw unverifiable('produit', 'Le produit n’a pas montré ses courriels (readState, « mails »).');
  return mails;
}

/** The document of the mail of the scenario, as the product shows it; absent when it shows none. */
async function documentOf(world: ScenarioWorld): Promise<ReceivedDocument | undefined> {
  const messageId = incomingOf(world).value;
  const mail = (await mailsOf(world)).find((one) => one.direction === 'recu' && one.messageId === messageId);
  world.captureState(
    'courriel-montre',
    'Le courriel reçu et ses documents, tels que le produit les montre',
    mail ?? {},
  );
  return mail?.documents?.[0];
}

Then('le produit montre ce courriel', async function (this: ScenarioWorld) {
  const mails = (await mailsOf(this)).filter(({ direction }) => direction === 'recu');
  this.captureState('courriels', 'Les courriels reçus, tels que le produit les montre', mails);
  this.judge(
    checkShown(
      mails.map(({ messageId }) => messageId),
      incomingOf(this).value,
    ),
    BEHAVIOUR_RULES,
  );
});

Then('le document est dans le dossier de ce patient', async function (this: ScenarioWorld) {
  this.judge(checkIntegration(await documentOf(this), this.patientId, true), BEHAVIOUR_RULES);
});

Then("le document n'est pas dans le dossier du second patient", async function (this: ScenarioWorld) {
  this.judge(checkIntegration(await documentOf(this), this.patientId, true), BEHAVIOUR_RULES);
});

Then("le document attend qu'une personne le rapproche d'un patient", async function (this: ScenarioWorld) {
  this.judge(checkUnknownPatient(await documentOf(this)), BEHAVIOUR_RULES);
});

const REPLY = 'Bonjour,\n\nNous vous rappelons.\n\nLe laboratoire';

When("l'utilisateur répond à ce courriel", async function (this: ScenarioWorld) {
  await this.perform('replyMail', { messageId: incomingOf(this).value, text: REPLY });
});

Then("la source de la réponse satisfait à l'exigence", async function (this: ScenarioWorld) {
  const mail = await awaitMail(this, this.professional.mailbox, 'envoyer la réponse');
  captureMail(this, mail, 'reponse', 'La source SMTP de la réponse, telle que transmise à l’opérateur');
  const references = headerOf(sourceOf(this), 'References')
    .split(/\s+/)
    .filter((one) => one !== '');
  await judgeMail(this, mail, {
    carriesReports: false,
    original: { messageId: incomingOf(this).value, references },
  });
});

Then('la réponse est dans la boîte de ce professionnel', function (this: ScenarioWorld) {
  const { mailbox } = this.professional;
  const mails = this.bench.mocks.mssante.delivered(mailbox);
  this.require(mails.length === 1, `La boîte ${mailbox} devait recevoir une réponse, elle en a ${mails.length}.`);
});

When("l'utilisateur supprime le courriel reçu", async function (this: ScenarioWorld) {
  const messageId = incomingOf(this).value;
  const at = new Date().toISOString();
  noteAction(this, { action: 'consultation', at, messageId });
  await this.perform('deleteMail', { messageId });
  noteAction(this, { action: 'suppression', at, messageId });
});
