import { Given, Then } from '@cucumber/cucumber';
import { checkMailSet, RULES as MAIL_RULES } from '#checks/mail/index.ts';
import { checkRefusalShown, checkRetry, RULES as BEHAVIOUR_RULES } from '#checks/mail/behaviour/index.ts';
import type { SmtpExchange } from '#formats/exchange/index.ts';
import { mailLine } from './mss-receipts.steps.ts';
import { captureMail, judgeMail, nonConform, sentMails, takenMails, type ScenarioWorld } from './world/index.ts';

/** The operator does it once: what comes next finds it as usual. */
function once(world: ScenarioWorld, situation: string): void {
  const about = world.professional.mailbox;
  world.bench.mocks.situations.set({ service: 'mssante', about, situation, times: 1 });
}

Given('un opérateur qui coupe la connexion sans répondre au premier envoi', function (this: ScenarioWorld) {
  once(this, 'coupure');
});

Given('un opérateur qui refuse une fois la boîte de ce professionnel, pour un temps', function (this: ScenarioWorld) {
  once(this, 'greylist-450');
});

Then("le produit envoie à nouveau le courriel, et l'opérateur le prend", async function (this: ScenarioWorld) {
  const [mail] = await takenMails(this, this.professional.mailbox, 1);
  const { state } = await mailLine(this, (line) => mail === undefined || line.state === 'transmis');
  const waitedMs = this.bench.exchangeTimeoutMs;
  this.judge(checkRetry({ taken: mail !== undefined, state, waitedMs }), BEHAVIOUR_RULES);
  if (mail === undefined) {
    this.review('Le produit montre le courriel en attente : voyez s’il repart plus tard que le banc n’attend.');
    return;
  }
  captureMail(this, mail);
  await judgeMail(this, mail, { identityQualified: true });
});

Then("les courriels partis, comparés entre eux, satisfont à l'exigence", async function (this: ScenarioWorld) {
  this.judge(await checkMailSet(sentMails(this)), MAIL_RULES);
});

Then("le produit montre que l'opérateur a refusé le courriel, et pourquoi", async function (this: ScenarioWorld) {
  const refused = await this.eventually(
    () => Promise.resolve(this.seen({ service: 'mssante' }).find(isRefused)),
    (one) => one !== undefined,
  );
  if (refused === undefined || !isRefused(refused)) throw nonConform('Le produit devait tenter d’envoyer le courriel.');
  const line = await mailLine(this, ({ state }) => state === 'refuse');
  this.judge(checkRefusalShown(line, refused.reply), BEHAVIOUR_RULES);
});

function isRefused(exchange: { readonly protocol: string }): exchange is SmtpExchange {
  return exchange.protocol === 'smtp' && 'reply' in exchange && String(exchange.reply).startsWith('5');
}
