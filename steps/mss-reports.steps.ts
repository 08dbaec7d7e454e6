import { Given, Then, When } from '@cucumber/cucumber';
import { checkDeletionNotices, checkMailSet, RULES as MAIL_RULES, type SentMail } from '#checks/mail/index.ts';
import { checkPdfFile, RULES as PDF_RULES } from '#checks/pdf/index.ts';
import { checkXdmFile, documentsOf, RULES as XDM_RULES } from '#checks/xdm/index.ts';
import type { SmtpExchange } from '#formats/exchange/index.ts';
import { readMail, type Mail, type MailPart } from '#formats/mail/index.ts';
import { readXdm } from '#formats/xdm/index.ts';
import type { CdaDocument } from '#formats/cda/index.ts';
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

async function validate(world: ScenarioWorld, recipients: Recipients, more: Partial<Order> = {}): Promise<void> {
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
  return validate(this, { professionals: [this.professional.mailbox], sendToPatient: false });
});

When(
  "l'utilisateur valide un compte rendu de biologie destiné à ce professionnel et au patient",
  function (this: ScenarioWorld) {
    return validate(this, { professionals: [this.professional.mailbox], sendToPatient: true });
  },
);

When(
  "l'utilisateur valide un compte rendu de biologie destiné à tous ces correspondants",
  function (this: ScenarioWorld) {
    const professionals = correspondentsOf(this).map(({ mailbox }) => mailbox);
    return validate(this, { professionals, sendToPatient: false });
  },
);

When("l'utilisateur valide un compte rendu partiel destiné à ce professionnel", function (this: ScenarioWorld) {
  return validate(
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

async function replace(world: ScenarioWorld, more: Partial<GestureInput<'replaceReport'>> = {}): Promise<void> {
  const { reportId } = world.report;
  const replaced = await world.perform('replaceReport', { reportId, analyses: ANALYSES, ...more });
  world.report = replaced;
}

When("l'utilisateur complète le compte rendu envoyé", function (this: ScenarioWorld) {
  return replace(this, { status: 'complet' });
});

When("l'utilisateur corrige le compte rendu envoyé", function (this: ScenarioWorld) {
  return replace(this, {
    analyses: ANALYSES.map((one, rank) => (rank === 0 ? { ...one, value: one.value * 2 } : one)),
  });
});

/** Where the deletion stands among the mails of the scenario. */
const deletedAfter = new WeakMap<ScenarioWorld, number>();

/** The mails of the scenario, as they left. */
function sentBy(world: ScenarioWorld): readonly SentMail[] {
  return submissions(world).map((mail) => ({
    source: mail.source,
    recipients: mail.envelope.to,
    accepted: wasTaken(mail),
  }));
}

When("l'utilisateur supprime le compte rendu envoyé", async function (this: ScenarioWorld) {
  for (const to of this.recipients) await awaitMail(this, to, 'envoyer le compte rendu');
  deletedAfter.set(this, submissions(this).length);
  const { message } = await this.perform('deleteReport', { reportId: this.report.reportId, reason: 'mauvais patient' });
  this.captureState('suppression', 'La suppression du compte rendu, telle que le produit la montre', { message });
});

When("l'utilisateur envoie ce compte rendu à ce professionnel", function (this: ScenarioWorld) {
  const professionals = [this.professional.mailbox];
  this.recipients = professionals;
  return this.perform('sendReport', { reportId: this.report.reportId, professionals, toPatient: false });
});

When("l'utilisateur envoie ce compte rendu à ce patient", function (this: ScenarioWorld) {
  return this.perform('sendReport', { reportId: this.report.reportId, professionals: [], toPatient: true });
});

for (const [words, towards] of [
  ['à lui-même', 'patient'],
  ['aux professionnels', 'professionnels'],
] as const) {
  for (const [does, on] of [
    ['refuse', true],
    ['accepte à nouveau', false],
  ] as const) {
    When(
      `l'utilisateur enregistre que le patient ${does} l'envoi ${words} par MSSanté`,
      async function (this: ScenarioWorld) {
        const { message } = await this.perform('recordMailRefusal', { patientId: this.patientId, towards, on });
        this.captureState('choix', 'Le choix du patient, tel que le produit l’enregistre', { towards, on, message });
      },
    );
  }
}

/** Whom the last report was for, in the words of the operator. */
function recipientOf(world: ScenarioWorld): string {
  return world.recipients[0] ?? patientAddress(world);
}

/** What the product shows of the transmissions of a report. */
async function transmissionsOf(world: ScenarioWorld): Promise<readonly Transmission[]> {
  const { transmissions } = await world.perform('readState', {
    what: 'transmissions',
    reportId: world.report.reportId,
  });
  if (transmissions === undefined)
    throw unverifiable('produit', 'Le produit n’a pas montré ses transmissions (readState, « transmissions »).');
  return transmissions;
}

const isMail = ({ channel }: Transmission): boolean => channel !== 'dmp';

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

function attachmentsOf({ source }: SmtpExchange): { readonly archive?: MailPart; readonly pdfs: readonly MailPart[] } {
  const { attachments } = mailIn(source);
  const archive = attachments.find((part) => part.fileName?.toUpperCase() === 'IHE_XDM.ZIP');
  return {
    ...(archive === undefined ? {} : { archive }),
    pdfs: attachments.filter((part) => part.contentType?.type === 'application/pdf'),
  };
}

function mailIn(source: Uint8Array): Mail {
  const reading = readMail(source);
  if (!reading.ok) throw nonConform(`La source du courriel ne se lit pas : ${reading.fault.message}`);
  return reading.mail;
}

/** uniqueId of the CDA documents of a mail, with the ones that each takes the place of. */
async function documentsIn(
  mail: SmtpExchange,
): Promise<readonly { readonly id: string; readonly replaces: readonly string[] }[]> {
  const { archive } = attachmentsOf(mail);
  const reading = archive === undefined ? undefined : await readXdm(archive.content);
  if (reading?.ok !== true) return [];
  return documentsOf(reading).flatMap(({ cda }) =>
    cda === undefined ? [] : [{ id: cda.id.root, replaces: replacedBy(cda) }],
  );
}

function replacedBy({ relatedDocuments }: CdaDocument): readonly string[] {
  return relatedDocuments
    .filter(({ typeCode }) => typeCode === 'RPLC')
    .flatMap(({ parentIds }) => parentIds.map(({ root }) => root));
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

for (const [who, other] of [
  ['professionnel', 'patient'],
  ['patient', 'professionnel'],
] as const) {
  Then(`le ${who} a reçu le compte rendu, le ${other} non`, async function (this: ScenarioWorld) {
    const address = (one: 'professionnel' | 'patient'): string =>
      one === 'patient' ? patientAddress(this) : this.professional.mailbox;
    captureMail(this, await awaitMail(this, address(who), `envoyer le compte rendu au ${who}`));
    const why = `Le produit a envoyé le compte rendu au ${other}, que le patient a refusé.`;
    this.require(submissions(this, address(other)).length === 0, why);
    watchMails(this, address(other), why);
  });

  Then(`le produit montre que l'envoi au ${who} est bloqué, et pourquoi`, async function (this: ScenarioWorld) {
    const channel = who === 'patient' ? 'mssante-patient' : 'mssante-professionnel';
    const shown = await transmissionsOf(this);
    this.captureState('transmissions', 'Les transmissions du compte rendu, telles que le produit les montre', shown);
    const held = shown.find((one) => one.channel === channel);
    // Where the line is not even made, nothing leaves either: some products only take the correspondent away.
    this.require(
      held === undefined || held.state === 'bloque',
      `Le produit devait montrer l'envoi au ${who} bloqué ; il le montre « ${held?.state ?? ''} ».`,
    );
    this.require(held === undefined || held.detail.trim() !== '', 'Le produit ne dit pas pourquoi l’envoi est bloqué.');
  });
}

/** From now on, no mail may go to this address any more. */
function watchMails(world: ScenarioWorld, address: string, why: string): void {
  world.watch({ service: 'mssante', operation: 'submission', about: address, since: world.mark }, why);
}

const HELD = 'Le produit a envoyé un courriel qu’il devait retenir.';

function requireNothingSent(world: ScenarioWorld): void {
  for (const address of [patientAddress(world), ...world.recipients]) {
    const gone = submissions(world, address).at(0);
    if (gone) captureMail(world, gone, 'courriel-parti', 'Le courriel qui ne devait pas partir');
    world.require(gone === undefined, HELD);
  }
}

Then("aucun courriel n'est parti pour ce patient", function (this: ScenarioWorld) {
  requireNothingSent(this);
  watchMails(this, patientAddress(this), HELD);
});

Then("aucun courriel n'est encore parti pour ce patient", function (this: ScenarioWorld) {
  requireNothingSent(this);
});

Then('ce courriel est le seul qui soit parti', function (this: ScenarioWorld) {
  const sent = submissions(this, recipientOf(this)).filter(wasTaken);
  this.require(
    sent.length === 1,
    `Un seul courriel devait partir, quand l'utilisateur l'a choisi ; ${sent.length} sont partis.`,
  );
});

Then(
  'le professionnel a reçu le compte rendu partiel, puis le complet qui le remplace',
  function (this: ScenarioWorld) {
    return judgeSuccession(this, ['partiel', 'complet']);
  },
);

Then("le professionnel a reçu le compte rendu, puis celui qui l'annule et le remplace", function (this: ScenarioWorld) {
  return judgeSuccession(this, ['premier', 'remplacant']);
});

/** Two mails: the second one carries a document that takes the place of the first. */
async function judgeSuccession(world: ScenarioWorld, names: readonly [string, string]): Promise<void> {
  const mails = await awaitMails(world, world.professional.mailbox, 2, 'envoyer les deux versions du compte rendu');
  const [first, second] = mails;
  if (first === undefined || second === undefined) throw new Error('awaitMails a rendu moins de courriels que demandé');
  for (const [rank, mail] of [first, second].entries()) {
    captureMail(world, mail, `courriel-${names[rank] ?? rank}`, `La source du courriel n° ${rank + 1}`);
    await judgeMail(world, mail, { identityQualified: true });
  }
  world.judge(await checkMailSet(sentBy(world)), MAIL_RULES);
  const [old, next] = await Promise.all([documentsIn(first), documentsIn(second)]);
  world.captureState('versions', 'Les documents des deux courriels, et ce que chacun remplace', {
    first: old,
    second: next,
  });
  world.require(
    old.length > 0 && next.some(({ replaces }) => replaces.some((id) => old.some((one) => one.id === id))),
    'Le document du second courriel devait dire qu’il remplace celui du premier (relatedDocument RPLC).',
  );
}

Then('chacun des correspondants a reçu un courriel qui annonce la suppression', async function (this: ScenarioWorld) {
  for (const { mailbox } of correspondentsOf(this)) {
    const mails = await awaitMails(this, mailbox, 2, 'avertir chaque destinataire de la suppression');
    const notice = mails.at(-1);
    if (notice === undefined) continue;
    captureMail(this, notice, `suppression-${mailbox.split('@')[0] ?? ''}`, `L’annonce de la suppression à ${mailbox}`);
    await judgeMail(this, notice, { carriesReports: false });
  }
  const sent = sentBy(this);
  const from = deletedAfter.get(this) ?? sent.length;
  const deleted = this.report.documents.find(({ kind }) => kind === 'cda-n3')?.id ?? '';
  this.judge(await checkDeletionNotices(deleted, sent.slice(0, from), sent.slice(from)), MAIL_RULES);
  for (const { kind, id, base64, fileName } of this.report.documents) {
    this.capture({
      name: fileName.replace(/\.[^.]*$/, ''),
      extension: kind === 'pdf' ? '.pdf' : '.xml',
      mediaType: kind === 'pdf' ? 'application/pdf' : 'text/xml',
      bytes: Buffer.from(base64, 'base64'),
      caption: `Le compte rendu supprimé (${id})`,
    });
  }
});

Then('les courriels de suppression ne portent aucun document', function (this: ScenarioWorld) {
  for (const { mailbox } of correspondentsOf(this)) {
    const notice = submissions(this, mailbox).findLast(wasTaken);
    const attachments = notice === undefined ? [] : mailIn(notice.source).attachments;
    this.require(
      attachments.length === 0,
      `L'annonce de la suppression à ${mailbox} porte ${attachments.length} pièce(s) jointe(s).`,
    );
  }
});

Then('le courriel est dans la boîte de ce patient', function (this: ScenarioWorld) {
  const address = patientAddress(this);
  const mails = this.bench.mocks.mssante.delivered(address);
  this.require(mails.length > 0, `La boîte ${address} devait recevoir un courriel, elle n'en a pas.`);
});
