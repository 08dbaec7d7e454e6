import { Then, When } from '@cucumber/cucumber';
import { validateFor } from './mss-reports.steps.ts';
import type { Confidentiality } from '#sut/driver/index.ts';
import {
  awaitMail,
  captureMail,
  judgeMail,
  patientAddress,
  submissions,
  takenMails,
  type ScenarioWorld,
} from './world/index.ts';

/** Words of the features → from whom the report is kept. */
const HIDDEN: Readonly<Record<string, Confidentiality>> = {
  'invisible au patient': { hiddenFromPatient: true },
  'masqué aux professionnels': { hiddenFromProfessionals: true },
};

When(
  /^l'utilisateur valide pour ce professionnel et ce patient un compte rendu (invisible au patient|masqué aux professionnels)$/,
  function (this: ScenarioWorld, words: string) {
    const confidentiality = HIDDEN[words];
    if (confidentiality === undefined) throw new Error(`visibilité inconnue : ${words}`);
    return validateFor(this, { professionals: [this.professional.mailbox], sendToPatient: true }, { confidentiality });
  },
);

When(
  "l'utilisateur valide un compte rendu de biologie sans nommer de destinataire",
  async function (this: ScenarioWorld) {
    await validateFor(this, { professionals: [], sendToPatient: false });
    this.recipients = [this.professional.mailbox];
  },
);

const addressOf = (world: ScenarioWorld, who: string): string =>
  who === 'patient' ? patientAddress(world) : world.professional.mailbox;

Then(
  /^le compte rendu est dans la boîte du (professionnel|patient)$/,
  async function (this: ScenarioWorld, who: string) {
    const mail = await awaitMail(this, addressOf(this, who), `envoyer le compte rendu au ${who}`);
    captureMail(this, mail, `courriel-${who}`, `La source du courriel au ${who}`);
    await judgeMail(this, mail, { identityQualified: true });
  },
);

Then(
  /^rien de ce compte rendu n'est parti pour le (professionnel|patient)$/,
  async function (this: ScenarioWorld, who: string) {
    const address = addressOf(this, who);
    const gone = submissions(this, address).at(0);
    const why = `Le produit a envoyé au ${who} un compte rendu qui lui est caché.`;
    if (gone) {
      captureMail(this, gone, 'courriel-parti', 'Le courriel qui ne devait pas partir');
      await judgeMail(this, gone, { identityQualified: true });
    }
    this.require(gone === undefined, why);
    this.watch({ service: 'mssante', operation: 'submission', about: address, since: this.mark }, why);
  },
);

// The last copy to leave may be the wrong one: every mail of the report is judged, not the first of each address alone.
Then("personne n'a reçu l'exemplaire d'un autre", async function (this: ScenarioWorld) {
  const copies = new Set(this.report.documents.flatMap(({ audience }) => audience ?? []));
  for (const mail of await takenMails(this, undefined, Math.max(copies.size, 1))) {
    await judgeMail(this, mail, { identityQualified: true });
  }
});
