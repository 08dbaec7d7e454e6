import { Then } from '@cucumber/cucumber';
import { checkMailboxUse, RULES as DIRECTORY_RULES } from '#checks/annuaire/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import type { Exchange } from '#formats/exchange/index.ts';
import { structureFollowed } from './annuaire-people.steps.ts';
import { awaitMail, captureDirectoryCalls, directoryCalls, patientAddress, type ScenarioWorld } from './world/index.ts';

/** Addresses that the product gave to the operator in one dialogue, those refused included; the patient's left out. */
function writtenIn(world: ScenarioWorld, exchange: Exchange): readonly string[] {
  if (exchange.protocol !== 'smtp') return [];
  const named = exchange.transcript.flatMap((line) => /^RCPT TO:\s*<([^<>]+)>/iu.exec(line)?.[1] ?? []);
  const own = patientAddress(world).toLowerCase();
  return [...named, ...exchange.envelope.to].map((one) => one.toLowerCase()).filter((one) => one !== own);
}

function writtenTo(world: ScenarioWorld): readonly string[] {
  return [...new Set(world.seen({ service: 'mssante' }).flatMap((one) => writtenIn(world, one)))];
}

function judged(world: ScenarioWorld, recipients: readonly string[]): readonly Finding[] {
  const structure = structureFollowed(world);
  const use = { recipients, ...(structure === undefined ? {} : { structure }) };
  return checkMailboxUse(directoryCalls(world), use, world.bench.mocks.annuaire);
}

/** Judges to whom the product wrote so far; whatever it writes later in the run is judged too. */
function judgeWritten(world: ScenarioWorld, recipients: readonly string[]): void {
  captureDirectoryCalls(world);
  world.captureState('destinataires', 'Les adresses que le produit a données à l’opérateur', recipients);
  world.judge(judged(world, recipients), DIRECTORY_RULES);
}

Then(
  /^le courriel part à une boîte que l'annuaire publie(?:, celle de cette structure s'il choisit une structure)?$/,
  async function (this: ScenarioWorld) {
    const recipients = await this.eventually(
      () => Promise.resolve(writtenTo(this)),
      ({ length }) => length > 0,
    );
    judgeWritten(this, recipients);
    if (recipients.length > 0) return;
    this.review(
      'Le produit n’a écrit à aucun correspondant : l’adresse qu’il aurait prise est à montrer. L’envoi aux correspondants est jugé par MSS/va1.21.',
    );
  },
);

Then("aucun courriel ne part au professionnel qui n'exerce plus", async function (this: ScenarioWorld) {
  await awaitMail(this, patientAddress(this), 'envoyer le compte rendu au patient');
  judgeWritten(this, writtenTo(this));
  const { mailbox } = this.professional;
  const broken = (exchange: Exchange): readonly Finding[] => judged(this, writtenIn(this, exchange));
  this.watch(
    { service: 'mssante', about: mailbox, since: this.bench.mocks.journal.mark() },
    'Le produit a écrit à un professionnel que l’annuaire dit parti.',
    (exchange) => broken(exchange).length > 0,
    broken,
  );
});
