import { Then, When } from '@cucumber/cucumber';
import { transmissionsOf } from './mss-reports.steps.ts';
import { awaitMail, captureMail, patientAddress, submissions, type ScenarioWorld } from './world/index.ts';

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
