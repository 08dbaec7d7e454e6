import { Given, Then, When } from '@cucumber/cucumber';
import { checkAnswerGiven, RULES as BEHAVIOUR_RULES } from '#checks/mail/behaviour/index.ts';
import { headerOf, incomingOf, mailsOf, receive, sourceOf } from './mss-incoming.steps.ts';
import { captureMail, judgeMail, takenMails, type ScenarioWorld } from './world/index.ts';

Given(
  "un document qu'un professionnel a envoyé au laboratoire pour ce patient, sans demander d'accusé",
  function (this: ScenarioWorld) {
    this.professional = this.people.professional();
    return receive(this, { kind: 'document', patient: this.patient.key, receipt: false });
  },
);

Given(
  "un courriel qu'un professionnel a écrit au laboratoire, avec demande d'accusé de lecture",
  function (this: ScenarioWorld) {
    this.patient = this.people.patient('nominal');
    this.professional = this.people.professional();
    return receive(this, { kind: 'message', patient: this.patient.key, receipt: true });
  },
);

When("l'utilisateur ouvre le courriel reçu", async function (this: ScenarioWorld) {
  const { message } = await this.performIfProposed(
    'openMail',
    { messageId: incomingOf(this).value },
    'l’accusé de lecture d’un message que l’utilisateur ouvre',
  );
  this.captureState('ouverture', 'L’ouverture du courriel, telle que le produit la montre', { message });
});

Then("l'accusé que le produit rend satisfait à l'exigence", async function (this: ScenarioWorld) {
  const about = incomingOf(this).value;
  const source = sourceOf(this);
  const [answer] = await takenMails(this, this.professional.mailbox, 1);
  const shown = (await mailsOf(this)).find(({ direction, messageId }) => direction === 'recu' && messageId === about);
  const { documents = [] } = shown ?? {};
  const failed = documents.length > 0 && documents.every(({ state }) => state !== 'integre');
  const asked = headerOf(source, 'Disposition-Notification-To') !== '';
  this.judge(checkAnswerGiven({ about, asked, failed, answered: answer !== undefined }), BEHAVIOUR_RULES);
  if (answer === undefined) {
    this.review(
      'Le produit n’a rien rendu à l’expéditeur : le référentiel (ECO.3.1.6) le permet, et aucun accusé n’a pu être jugé. Voyez si le produit en rend autrement.',
    );
    return;
  }
  captureMail(this, answer, 'accuse-rendu', 'La source de l’accusé que le produit a rendu');
  const references = headerOf(source, 'References').split(/\s+/);
  await judgeMail(this, answer, {
    carriesReports: false,
    original: {
      messageId: about,
      subject: headerOf(source, 'Subject'),
      references: references.filter((one) => one !== ''),
    },
  });
});
