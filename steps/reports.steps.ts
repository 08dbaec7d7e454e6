import { When } from '@cucumber/cucumber';
import type { GestureInput } from '#sut/driver/index.ts';
import type { Attempted, ScenarioWorld } from './world/index.ts';

/** A plain biology report: two analyses in range, one above. LOINC and UCUM codes of public use. */
export const ANALYSES: GestureInput<'validateReport'>['analyses'] = [
  { code: '2345-7', label: 'Glucose', value: 0.92, unit: 'g/L', low: 0.7, high: 1.1 },
  { code: '718-7', label: 'Hémoglobine', value: 13.4, unit: 'g/dL', low: 12, high: 16 },
  { code: '3016-3', label: 'TSH', value: 6.2, unit: 'm[IU]/L', low: 0.4, high: 4 },
];

type Recipients = Pick<GestureInput<'validateReport'>, 'professionals' | 'sendToPatient' | 'sendToDmp'>;

function orderOf({ patientId }: ScenarioWorld, recipients: Recipients): GestureInput<'validateReport'> {
  return { patientId, title: "Compte rendu d'examens biologiques", analyses: ANALYSES, ...recipients };
}

async function validate(world: ScenarioWorld, recipients: Recipients): Promise<void> {
  world.recipients = recipients.professionals;
  world.report = await world.perform('validateReport', orderOf(world, recipients));
}

function tryToValidate(world: ScenarioWorld, recipients: Recipients): Promise<Attempted<'validateReport'>> {
  world.recipients = recipients.professionals;
  return world.attempt('validateReport', orderOf(world, recipients));
}

When("l'utilisateur valide un compte rendu de biologie destiné au DMP", function (this: ScenarioWorld) {
  return validate(this, { professionals: [], sendToPatient: false, sendToDmp: true });
});

When("l'utilisateur valide un compte rendu de biologie destiné à ce professionnel", function (this: ScenarioWorld) {
  return validate(this, { professionals: [this.professional.mailbox], sendToPatient: false, sendToDmp: false });
});

When(
  "l'utilisateur valide un compte rendu de biologie que ce professionnel a demandé",
  async function (this: ScenarioWorld) {
    const { lastName, firstName, nationalId, profession, mailbox } = this.professional;
    this.recipients = [];
    this.report = await this.perform('validateReport', {
      ...orderOf(this, { professionals: [], sendToPatient: false, sendToDmp: false }),
      prescriber: { lastName, firstName, nationalId, profession, mailbox },
    });
  },
);

When(
  "l'utilisateur valide un compte rendu de biologie destiné à ce professionnel et au DMP, si le produit l'accepte",
  async function (this: ScenarioWorld) {
    const { mailbox } = this.professional;
    const asked = await tryToValidate(this, { professionals: [mailbox], sendToPatient: false, sendToDmp: true });
    if (asked.outcome === 'done') {
      this.report = asked.output;
      return;
    }
    // To refuse at once what cannot go to the DMP is as good as to block it later.
    this.captureState('dmp-refuse', 'Le refus du produit d’alimenter le DMP', { message: asked.message });
    await validate(this, { professionals: [mailbox], sendToPatient: false, sendToDmp: false });
  },
);

When("l'utilisateur valide un compte rendu de biologie destiné au patient", function (this: ScenarioWorld) {
  return validate(this, { professionals: [], sendToPatient: true, sendToDmp: false });
});

When("l'utilisateur valide un compte rendu de biologie sans l'envoyer", function (this: ScenarioWorld) {
  return validate(this, { professionals: [], sendToPatient: false, sendToDmp: false });
});
