import { Given, Then, When } from '@cucumber/cucumber';
import { checkPdfFile, RULES as PDF_RULES } from '#checks/pdf/index.ts';
import { checkXdmFile, RULES as XDM_RULES } from '#checks/xdm/index.ts';
import type { SmtpExchange } from '#formats/exchange/index.ts';
import { readMail, type Mail, type MailPart } from '#formats/mail/index.ts';
import type { GestureInput, Transmission } from '#sut/driver/index.ts';
import { correspondentsOf } from './mss-people.steps.ts';
import { ANALYSES } from './reports.steps.ts';
import {
  awaitMail,
  awaitMails,
  captureMail,
  judgeMail,
  nonConform,
  patientAddress,
  submissions,
  unverifiable,
  wasTaken,
  type ScenarioWorld,
} from './world/index.ts';

type Order = GestureInput<'validateReport'>;
type Recipients = Pick<Order, 'professionals' | 'sendToPatient'>;

/** Validates a report of biology for these recipients, and nobody else. */
export async function validateFor(
  world: ScenarioWorld,
  recipients: Recipients,
  more: Partial<Order> = {},
): Promise<void> {
  world.recipients = recipients.professionals;
  world.report = await world.perform('validateReport', order(world, recipients, more));
}

function order({ patientId }: ScenarioWorld, recipients: Recipients, more: Partial<Order> = {}): Order {
  const title = "Compte rendu d'examens biologiques";
  return { patientId, title, analyses: ANALYSES, sendToDmp: false, ...recipients, ...more };
}

Given("un produit qui n'envoie les comptes rendus que sur demande", function (this: ScenarioWorld) {
  return this.settings.adjustIfPossible({ mailSending: 'manuel' });
});

When("l'utilisateur valide un autre compte rendu destiné à ce professionnel", function (this: ScenarioWorld) {
  return validateFor(this, { professionals: [this.professional.mailbox], sendToPatient: false });
});

When(
  "l'utilisateur valide un compte rendu de biologie destiné à ce professionnel et au patient",
  function (this: ScenarioWorld) {
    return validateFor(this, { professionals: [this.professional.mailbox], sendToPatient: true });
  },
);

When(
  "l'utilisateur valide un compte rendu de biologie destiné à tous ces correspondants",
  function (this: ScenarioWorld) {
    const professionals = correspondentsOf(this).map(({ mailbox }) => mailbox);
    return validateFor(this, { professionals, sendToPatient: false });
  },
);

When("l'utilisateur valide un compte rendu partiel destiné à ce professionnel", function (this: ScenarioWorld) {
  return validateFor(
    this,
    { professionals: [this.professional.mailbox], sendToPatient: false },
    { status: 'partiel', analyses: ANALYSES.slice(0, 2) },
  );
});

When(
  "l'utilisateur valide un compte rendu de biologie destiné au patient, si le produit l'accepte",
  async function (this: ScenarioWorld) {
    const asked = await this.attempt('validateReport', order(this, { professionals: [], sendToPatient: true }));
    if (asked.outcome === 'done') this.report = asked.output;
    else this.captureState('refus', 'Le refus du produit d’écrire au patient', { message: asked.message });
  },
);

When("l'utilisateur envoie ce compte rendu à ce professionnel", function (this: ScenarioWorld) {
  const professionals = [this.professional.mailbox];
  this.recipients = professionals;
  return this.perform('sendReport', { reportId: this.report.reportId, professionals, toPatient: false });
});

When("l'utilisateur envoie ce compte rendu à ce patient", function (this: ScenarioWorld) {
  return this.perform('sendReport', { reportId: this.report.reportId, professionals: [], toPatient: true });
});

/** Whom the last report was for, in the words of the operator. */
export function recipientOf(world: ScenarioWorld): string {
  return world.recipients[0] ?? patientAddress(world);
}

/** What the product shows of the transmissions of a report. */
export async function transmissionsOf(world: ScenarioWorld): Promise<readonly Transmission[]> {
  const { transmissions } = await world.perform('readState', {
    what: 'transmissions',
    reportId: world.report.reportId,
  });
  if (transmissions === undefined)
    throw unverifiable('produit', 'Le produit n’a pas montré ses transmissions (readState, « transmissions »).');
  return transmissions;
}

const isMail = ({ channel }: Transmission): boolean => channel !== 'dmp' && channel !== 'hl7';

Then('le courriel est parti de lui-même, et le produit le montre transmis', async function (this: ScenarioWorld) {
  const to = recipientOf(this);
  const mail = await awaitMail(this, to, 'envoyer le compte rendu dès sa validation');
  captureMail(this, mail);
  const shown = await this.eventually(
    () => transmissionsOf(this),
    (all) => all.some((one) => isMail(one) && one.state === 'transmis'),
  );
  this.captureState('transmissions', 'Les transmissions du compte rendu, telles que le produit les montre', shown);
  this.require(
    shown.some((one) => isMail(one) && one.state === 'transmis' && one.recipient.toLowerCase() === to.toLowerCase()),
    `Le produit devait montrer le compte rendu transmis à ${to} ; il montre : ${told(shown)}.`,
  );
});

function told(transmissions: readonly Transmission[]): string {
  const lines = transmissions.map(({ channel, recipient, state }) => `${channel} ${recipient} : ${state}`);
  return lines.join(', ') || 'aucune transmission';
}

Then("l'archive IHE_XDM et le PDF joints satisfont à l'exigence", async function (this: ScenarioWorld) {
  const mail = await awaitMail(this, recipientOf(this), 'envoyer le compte rendu');
  const { archive, pdfs } = attachmentsOf(mail);
  if (archive === undefined) throw nonConform('Le courriel ne porte pas de pièce jointe IHE_XDM.ZIP.');
  this.capture({
    name: 'ihe-xdm',
    extension: '.zip',
    mediaType: 'application/zip',
    bytes: archive.content,
    caption: 'L’archive IHE_XDM.ZIP jointe au courriel',
  });
  for (const [rank, pdf] of pdfs.entries()) {
    this.capture({
      name: pdfs.length === 1 ? 'compte-rendu' : `compte-rendu-${rank + 1}`,
      extension: '.pdf',
      mediaType: 'application/pdf',
      bytes: pdf.content,
      caption: 'Le compte rendu au format PDF/A-1 joint au courriel',
    });
  }
  this.require(pdfs.length > 0, 'Le courriel ne porte pas le compte rendu au format PDF.');
  this.judge(
    await checkXdmFile(archive.content, archive.fileName === undefined ? {} : { fileName: archive.fileName }),
    XDM_RULES,
  );
  for (const pdf of pdfs) this.judge(checkPdfFile(pdf.content), PDF_RULES);
});

export function attachmentsOf({ source }: SmtpExchange): {
  readonly archive?: MailPart;
  readonly pdfs: readonly MailPart[];
} {
  const { attachments } = mailIn(source);
  const archive = attachments.find((part) => part.fileName?.toUpperCase() === 'IHE_XDM.ZIP');
  return {
    ...(archive === undefined ? {} : { archive }),
    pdfs: attachments.filter((part) => part.contentType?.type === 'application/pdf'),
  };
}

export function mailIn(source: Uint8Array): Mail {
  const reading = readMail(source);
  if (!reading.ok) throw nonConform(`La source du courriel ne se lit pas : ${reading.fault.message}`);
  return reading.mail;
}

Then('le dossier montre les dix correspondants', async function (this: ScenarioWorld) {
  const { correspondents } = await this.perform('readState', { what: 'correspondents', patientId: this.patientId });
  if (correspondents === undefined)
    throw unverifiable('produit', 'Le produit n’a pas montré les correspondants (readState, « correspondents »).');
  this.captureState('correspondants', 'Les correspondants du dossier, tels que le produit les montre', correspondents);
  const shown = new Set(correspondents.map(({ mailbox }) => mailbox?.toLowerCase()));
  const missing = correspondentsOf(this).filter(({ mailbox }) => !shown.has(mailbox.toLowerCase()));
  this.require(
    missing.length === 0,
    `Le dossier devait montrer dix correspondants ; il manque ${missing.map(({ mailbox }) => mailbox).join(', ')}.`,
  );
});

When("l'utilisateur inscrit ces dix correspondants au dossier du patient", async function (this: ScenarioWorld) {
  for (const { rpps } of correspondentsOf(this))
    await this.perform('addCorrespondent', { patientId: this.patientId, rpps });
});

Then("chacun a reçu un courriel, et un seul, qui satisfait à l'exigence", async function (this: ScenarioWorld) {
  for (const { mailbox } of correspondentsOf(this)) {
    const [mail, ...others] = await awaitMails(this, mailbox, 1, 'écrire à chaque correspondant');
    if (mail === undefined) continue;
    this.require(others.length === 0, `${mailbox} a reçu ${others.length + 1} courriels pour un compte rendu.`);
    captureMail(this, mail, `courriel-${mailbox.split('@')[0] ?? ''}`, `La source du courriel à ${mailbox}`);
    await judgeMail(this, mail, { identityQualified: true });
  }
});

Then('ce courriel est le seul qui soit parti', function (this: ScenarioWorld) {
  const sent = submissions(this, recipientOf(this)).filter(wasTaken);
  this.require(
    sent.length === 1,
    `Un seul courriel devait partir, quand l'utilisateur l'a choisi ; ${sent.length} sont partis.`,
  );
});

Then('le courriel est dans la boîte de ce patient', function (this: ScenarioWorld) {
  const address = patientAddress(this);
  const mails = this.bench.mocks.mssante.delivered(address);
  this.require(mails.length > 0, `La boîte ${address} devait recevoir un courriel, elle n'en a pas.`);
});
