import { Then, When } from '@cucumber/cucumber';
import { writePdf } from '#mocks/mssante/index.ts';
import type { Subcontractor } from '#sut/driver/index.ts';
import { capturedCda, expectation } from './documents.steps.ts';
import { ANALYSES } from './reports.steps.ts';
import { judgeCda, keptBy, type ScenarioWorld } from './world/index.ts';

/** A number of the range that the regulator keeps for fiction. */
const PHONE = '01 99 00 12 34';

interface Given {
  readonly laboratory: Subcontractor;
  /** LOINC code of what it made. */
  readonly analysis: string;
  readonly pdf: Uint8Array;
}

const given = new WeakMap<ScenarioWorld, Given>();

When("l'utilisateur valide un compte rendu dont un examen a été sous-traité", async function (this: ScenarioWorld) {
  const [professional] = this.bench.mocks.population.professionals;
  if (professional === undefined) throw new Error('la population du banc n’a pas de professionnel');
  const { lastName, firstName, nationalId, structure } = professional;
  const laboratory: Subcontractor = {
    name: 'LABORATOIRE SOUS-TRAITANT DU BANC',
    finess: structure.finess,
    phone: PHONE,
    biologist: { lastName, firstName, nationalId },
  };
  const analyses = ANALYSES.map((analysis, rank) => (rank === 2 ? { ...analysis, performedBy: laboratory } : analysis));
  const made = analyses.find(({ performedBy }) => performedBy !== undefined);
  if (made === undefined) throw new Error('la suite n’a pas d’analyse à sous-traiter');
  const pdf = await writePdf(
    [`Compte rendu de ${laboratory.name}`, `${made.label} : ${made.value} ${made.unit}`, `Tél. ${PHONE}`],
    new Date(),
  );
  this.capture({
    name: 'compte-rendu-sous-traitant',
    extension: '.pdf',
    mediaType: 'application/pdf',
    bytes: pdf,
    caption: 'Le compte rendu que le banc, jouant le sous-traitant, a donné au produit',
  });
  given.set(this, { laboratory, analysis: made.code, pdf });
  this.recipients = [];
  this.report = await this.perform('validateReport', {
    patientId: this.patientId,
    title: "Compte rendu d'examens biologiques",
    analyses,
    professionals: [],
    sendToPatient: false,
    sendToDmp: false,
    subcontractedReport: { fileName: 'sous-traitant.pdf', base64: Buffer.from(pdf).toString('base64') },
  });
});

Then('le CDA N3 produit porte cet examen et son sous-traitant', function (this: ScenarioWorld) {
  const { laboratory, analysis, pdf } = keptBy(given, this, 'examen sous-traité');
  const bytes = capturedCda(this, 'N3');
  const subcontracted = { laboratory: { name: laboratory.name }, analyses: [analysis], pdf };
  return judgeCda(this, bytes, { ...expectation(this), subcontracted }, 'cda-n3');
});
