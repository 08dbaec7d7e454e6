import { Then, When } from '@cucumber/cucumber';
import type { SmtpExchange } from '#formats/exchange/index.ts';
import { header, readMail } from '#formats/mail/index.ts';
import { checkMailSet, RULES as MAIL_RULES, type MailOptions } from '#checks/mail/index.ts';
import type { GestureInput } from '#sut/driver/index.ts';
import {
  awaitMail,
  awaitMails,
  captureMail,
  judgeMail,
  Kept,
  patientAddress,
  sentMails,
  submissions,
  takenMails,
  type ScenarioWorld,
} from './world/index.ts';

type Written = Partial<GestureInput<'sendMail'>>;

const SUBJECT = 'Question sur un dossier';
const TEXT = 'Bonjour,\n\nPouvez-vous nous rappeler ?\n\nLe laboratoire';

/** What the user asked for the last mail that he wrote. */
interface Asked {
  readonly to: string;
  readonly options: MailOptions;
}

const written = new WeakMap<ScenarioWorld, Kept<Asked>>();

function writtenOf(world: ScenarioWorld): Kept<Asked> {
  const known = written.get(world) ?? new Kept<Asked>('courriel écrit');
  written.set(world, known);
  return known;
}

async function write(world: ScenarioWorld, to: string, mail: Written, options: MailOptions = {}): Promise<void> {
  await world.perform('sendMail', { subject: SUBJECT, text: TEXT, ...mail });
  writtenOf(world).value = { to, options: { carriesReports: false, ...options } };
}

const toProfessional = (world: ScenarioWorld, mail: Written = {}, options: MailOptions = {}): Promise<void> =>
  write(world, world.professional.mailbox, { to: [world.professional.mailbox], ...mail }, options);

const toPatient = (world: ScenarioWorld, mail: Written = {}, options: MailOptions = {}): Promise<void> =>
  write(world, patientAddress(world), { patientId: world.patientId, ...mail }, { identityQualified: true, ...options });

When("l'utilisateur écrit un courriel à ce professionnel", function (this: ScenarioWorld) {
  return toProfessional(this);
});

When("l'utilisateur écrit deux courriels à ce professionnel", async function (this: ScenarioWorld) {
  await toProfessional(this);
  // Another text: the same one twice in a second would be the same message.
  await toProfessional(this, { text: `${TEXT}\n\nNous attendons votre réponse.` });
});

When("l'utilisateur écrit à ce professionnel un courriel mis en forme", function (this: ScenarioWorld) {
  return toProfessional(this, { html: true });
});

When(
  "l'utilisateur écrit à ce professionnel un courriel dont il veut un accusé de réception",
  function (this: ScenarioWorld) {
    return toProfessional(this, { deliveryReceipt: true }, { receiptRequested: true });
  },
);

When("l'utilisateur écrit un courriel à ce patient", function (this: ScenarioWorld) {
  return toPatient(this);
});

When("l'utilisateur écrit à ce patient un courriel qui n'attend pas de réponse", function (this: ScenarioWorld) {
  return toPatient(this, { noReply: true }, { noReplyWanted: true });
});

When("l'utilisateur écrit à ce patient un courriel qui peut recevoir une réponse", function (this: ScenarioWorld) {
  return toPatient(this, { noReply: false }, { noReplyWanted: false });
});

When("l'utilisateur tente d'écrire un courriel à ce patient", async function (this: ScenarioWorld) {
  const tried = await this.attempt('sendMail', { patientId: this.patientId, subject: SUBJECT, text: TEXT });
  this.asked.value =
    tried.outcome === 'refused'
      ? { refused: true, message: tried.message }
      : { refused: false, message: tried.output.message };
});

Then("le produit le refuse et dit que l'identité n'est pas qualifiée", async function (this: ScenarioWorld) {
  const { refused, message } = this.asked.value;
  this.captureState('refus', 'Le refus, tel que le produit le dit à son utilisateur', { refused, message });
  if (!refused) await judgeWrongMail(this);
  this.require(refused, 'Le produit devait refuser d’écrire à un patient dont l’identité n’est pas qualifiée.');
  this.require(message.trim() !== '', 'Le produit a refusé sans en dire la raison à son utilisateur.');
});

/** A product that did not refuse may have written: what it sent is told first, and judged. */
async function judgeWrongMail(world: ScenarioWorld): Promise<void> {
  const [mail] = await takenMails(world, patientAddress(world), 1);
  if (mail === undefined) return;
  captureMail(world, mail, 'courriel-parti', 'Le courriel qui ne devait pas partir');
  await judgeMail(world, mail, { carriesReports: false, identityQualified: false });
}

/** The last mail that the user wrote, as the operator received it. */
async function writtenMail(world: ScenarioWorld): Promise<SmtpExchange> {
  const { to } = writtenOf(world).value;
  await awaitMail(world, to, 'envoyer le courriel écrit');
  const mail = submissions(world, to).findLast(({ reply }) => reply.startsWith('250'));
  if (mail === undefined) throw new Error('le courriel attendu n’est plus dans le journal');
  return mail;
}

Then("la source de ce courriel satisfait à l'exigence", async function (this: ScenarioWorld) {
  const mail = await writtenMail(this);
  captureMail(this, mail);
  await judgeMail(this, mail, writtenOf(this).value.options);
});

Then("les deux courriels satisfont à l'exigence, chacun sous son identifiant", async function (this: ScenarioWorld) {
  const { to, options } = writtenOf(this).value;
  const mails = await awaitMails(this, to, 2, 'envoyer les deux courriels écrits');
  for (const [rank, mail] of mails.entries()) {
    captureMail(this, mail, `courriel-${rank + 1}`, `La source du courriel n° ${rank + 1}`);
    await judgeMail(this, mail, options);
  }
  this.judge(await checkMailSet(sentMails(this)), MAIL_RULES);
  const ids = mails.map(({ source }) => messageIdOf(source));
  this.require(
    new Set(ids).size === ids.length,
    `Les deux courriels devaient avoir deux Message-ID ; ils ont : ${ids.join(', ')}.`,
  );
});

/** Value of Message-ID, empty when there is none. */
export function messageIdOf(source: Uint8Array): string {
  const reading = readMail(source);
  return reading.ok ? (header(reading.mail, 'Message-ID') ?? '').trim() : '';
}
