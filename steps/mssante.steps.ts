import { Then } from '@cucumber/cucumber';
import { checkTls, RULES as TLS_RULES } from '#checks/tls/index.ts';
import { checkXdm, documentsOf, RULES as XDM_RULES } from '#checks/xdm/index.ts';
import type { SmtpExchange } from '#formats/exchange/index.ts';
import { readMail, type MailPart } from '#formats/mail/index.ts';
import { readXdm } from '#formats/xdm/index.ts';
import { captureMail, judgeMail, nonConform, submittingSessions, type ScenarioWorld } from './world/index.ts';

/** The one mail that the scenario expects, to the professional or to the patient. */
async function mailOf(world: ScenarioWorld, judgeAbsence?: () => void): Promise<SmtpExchange> {
  const exchange = await world.exchange(
    { service: 'mssante', operation: 'submission' },
    'envoyer le courriel à l’opérateur MSSanté',
    judgeAbsence,
  );
  if (exchange.protocol !== 'smtp') throw new Error(`échange ${exchange.id} inattendu : ${exchange.protocol}`);
  world.require(exchange.reply.startsWith('250'), `L'opérateur MSSanté a refusé le courriel : ${exchange.reply}.`);
  return exchange;
}

/** The operator cuts short a product that shows itself in clear: its session then never became a mail. */
function judgeClearSessions(world: ScenarioWorld): void {
  const clear = submittingSessions(world).filter(({ peer }) => peer.tls === undefined);
  for (const { peer } of clear) world.judge(checkTls(peer.tls, { wave: world.bench.wave }), TLS_RULES);
}

Then(
  "l'opérateur MSSanté a reçu le courriel sur une connexion TLS qui satisfait à l'exigence",
  async function (this: ScenarioWorld) {
    const exchange = await mailOf(this, () => judgeClearSessions(this));
    const { tls } = exchange.peer;
    this.captureState('connexion-tls', 'La connexion TLS vue par l’opérateur : version, suite, certificat du client', {
      at: exchange.startedAt,
      protocol: tls?.protocol,
      cipher: tls?.cipher,
      sni: tls?.sni,
      authorized: tls?.authorized,
      subject: tls?.subject,
      issuer: tls?.issuer,
      serialNumber: tls?.serialNumber,
      notAfter: tls?.notAfter,
      transcript: exchange.transcript,
    });
    this.judge(checkTls(tls, { wave: this.bench.wave }), TLS_RULES);
  },
);

Then("la source du courriel reçu par l'opérateur satisfait à l'exigence", async function (this: ScenarioWorld) {
  const exchange = await mailOf(this);
  captureMail(this, exchange);
  await judgeMail(this, exchange, { identityQualified: true });
});

Then(
  "l'archive IHE_XDM jointe est conforme et son CDA est celui du compte rendu",
  async function (this: ScenarioWorld) {
    const { source } = await mailOf(this);
    const mail = readMail(source);
    this.require(mail.ok, 'La source du courriel ne se lit pas.');
    const archive = mail.mail.attachments.find((part: MailPart) => part.fileName?.toUpperCase() === 'IHE_XDM.ZIP');
    if (!archive) throw nonConform('Le courriel ne porte pas de pièce jointe IHE_XDM.ZIP.');
    this.capture({
      name: 'ihe-xdm',
      extension: '.zip',
      mediaType: 'application/zip',
      bytes: archive.content,
      caption: 'L’archive IHE_XDM.ZIP jointe au courriel',
    });
    const xdm = await readXdm(archive.content);
    this.require(xdm.ok, 'L’archive IHE_XDM.ZIP ne se lit pas.');
    this.judge(checkXdm(xdm, archive.fileName === undefined ? {} : { fileName: archive.fileName }), XDM_RULES);
    const ids = documentsOf(xdm).flatMap(({ cda }) => (cda ? [cda.id.root] : []));
    const expected = this.report.documents.find((document) => document.kind === 'cda-n3');
    this.require(
      expected !== undefined && ids.includes(expected.id),
      `L'archive devait porter le CDA N3 ${expected?.id ?? ''} du compte rendu ; elle porte ${ids.join(', ') || 'aucun CDA'}.`,
    );
  },
);

Then('le courriel est arrivé dans la boîte du professionnel', async function (this: ScenarioWorld) {
  await mailOf(this);
});

Then('le courriel est dans la boîte du professionnel', function (this: ScenarioWorld) {
  const mails = this.bench.mocks.mssante.delivered(this.professional.mailbox);
  this.require(
    mails.length === 1,
    `La boîte ${this.professional.mailbox} devait recevoir un courriel, elle en a ${mails.length}.`,
  );
});
