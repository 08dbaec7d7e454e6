import { Given, Then } from '@cucumber/cucumber';
import {
  awaitMail,
  captureMail,
  judgeMail,
  Kept,
  laboratoryMailbox,
  mailboxOfKind,
  patientAddress,
  type ScenarioWorld,
} from './world/index.ts';

interface ReturnAddresses {
  readonly professionals?: string;
  readonly patients?: string;
}

const returns = new WeakMap<ScenarioWorld, Kept<ReturnAddresses>>();

function returnsOf(world: ScenarioWorld): Kept<ReturnAddresses> {
  const known = returns.get(world) ?? new Kept<ReturnAddresses>('adresse de retour');
  returns.set(world, known);
  return known;
}

/** Mailboxes of persons of the laboratory: where somebody reads. */
function readers(world: ScenarioWorld): readonly string[] {
  const { professionals, laboratory } = world.bench.mocks.population;
  return professionals.filter(({ structure }) => structure.id === laboratory.id).map(({ mailbox }) => mailbox);
}

async function setReturns(world: ScenarioWorld, addresses: ReturnAddresses): Promise<void> {
  returnsOf(world).value = addresses;
  await world.settings.adjust({ mailReplyTo: addresses });
  world.captureState('adresses-de-retour', 'Les adresses de retour réglées dans le produit', addresses);
}

Given('un produit qui envoie depuis sa boîte applicative', function (this: ScenarioWorld) {
  return this.settings.adjust({ mailSender: 'applicative' });
});

Given('une autre boîte réglée pour le retour des professionnels', function (this: ScenarioWorld) {
  const [professionals = laboratoryMailbox(this)] = readers(this);
  return setReturns(this, { professionals });
});

Given('une boîte de retour pour les professionnels, une autre pour les patients', function (this: ScenarioWorld) {
  const [professionals = laboratoryMailbox(this), patients = laboratoryMailbox(this)] = readers(this);
  return setReturns(this, { professionals, patients });
});

Then(
  "le courriel part de la boîte applicative et sa source satisfait à l'exigence",
  async function (this: ScenarioWorld) {
    const mail = await awaitMail(
      this,
      this.professional.mailbox,
      'envoyer le compte rendu depuis sa boîte applicative',
    );
    captureMail(this, mail);
    const expected = mailboxOfKind(this, 'APP');
    this.require(
      mail.envelope.from.toLowerCase() === expected.toLowerCase(),
      `Le courriel devait partir de la boîte applicative ${expected} ; il est parti de ${mail.envelope.from}.`,
    );
    await judgeMail(this, mail, { sender: 'APP', identityQualified: true });
  },
);

Then("le courriel porte l'adresse de retour réglée", async function (this: ScenarioWorld) {
  const mail = await awaitMail(this, this.professional.mailbox, 'envoyer le compte rendu');
  captureMail(this, mail);
  const { professionals: replyTo = '' } = returnsOf(this).value;
  await judgeMail(this, mail, { replyTo, identityQualified: true });
});

Then("le courriel porte l'adresse de retour réglée pour les patients", async function (this: ScenarioWorld) {
  const mail = await awaitMail(this, patientAddress(this), 'envoyer le compte rendu au patient');
  captureMail(this, mail);
  const { patients: replyTo = '' } = returnsOf(this).value;
  await judgeMail(this, mail, { replyTo, identityQualified: true });
});
