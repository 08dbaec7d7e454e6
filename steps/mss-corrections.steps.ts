import { Then, When } from '@cucumber/cucumber';
import { checkDeletionNotices, checkMailSet, RULES as MAIL_RULES } from '#checks/mail/index.ts';
import { documentsOf } from '#checks/xdm/index.ts';
import type { SmtpExchange } from '#formats/exchange/index.ts';
import { readXdm } from '#formats/xdm/index.ts';
import type { CdaDocument } from '#formats/cda/index.ts';
import type { GestureInput } from '#sut/driver/index.ts';
import { correspondentsOf } from './mss-people.steps.ts';
import { attachmentsOf, mailIn } from './mss-reports.steps.ts';
import { ANALYSES } from './reports.steps.ts';
import {
  awaitMail,
  awaitMails,
  captureMail,
  judgeMail,
  sentMails,
  submissions,
  takenMails,
  wasTaken,
  type ScenarioWorld,
} from './world/index.ts';

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

When("l'utilisateur supprime le compte rendu envoyé", async function (this: ScenarioWorld) {
  for (const to of this.recipients) await awaitMail(this, to, 'envoyer le compte rendu');
  deletedAfter.set(this, submissions(this).length);
  const { message } = await this.perform('deleteReport', { reportId: this.report.reportId, reason: 'mauvais patient' });
  this.captureState('suppression', 'La suppression du compte rendu, telle que le produit la montre', { message });
});

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
  world.judge(await checkMailSet(sentMails(world)), MAIL_RULES);
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
  const people = correspondentsOf(this).map(({ mailbox }) => mailbox);
  for (const mailbox of people) {
    const [, notice] = await takenMails(this, mailbox, 2);
    if (notice === undefined) continue;
    captureMail(this, notice, `suppression-${mailbox.split('@')[0] ?? ''}`, `L’annonce de la suppression à ${mailbox}`);
  }
  // Judged together first: who was not told is what the rule is about.
  const sent = sentMails(this);
  const from = deletedAfter.get(this) ?? sent.length;
  const deleted = this.report.documents.find(({ kind }) => kind === 'cda-n3')?.id ?? '';
  this.judge(await checkDeletionNotices(deleted, sent.slice(0, from), sent.slice(from)), MAIL_RULES);
  for (const mailbox of people) {
    const notice = (await awaitMails(this, mailbox, 2, 'avertir chaque destinataire de la suppression')).at(-1);
    if (notice !== undefined) await judgeMail(this, notice, { carriesReports: false });
  }
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
