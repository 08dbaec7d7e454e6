import { Given, Then, When } from '@cucumber/cucumber';
import { checkDmpSeries, documentsOfLot, RULES as XDS_RULES } from '#checks/xds/index.ts';
import type { Transmission } from '#sut/driver/index.ts';
import { isCall, judgedFeedings, judgeRefused } from './dmp.steps.ts';
import {
  awaitFeedings,
  captureDmpCalls,
  captureDmpDocuments,
  captureWebDocuments,
  dmpCalls,
  dmpDocuments,
  dmpIdsOf,
  Kept,
  refusalsOf,
  type ScenarioWorld,
  unsaid,
} from './world/index.ts';

/** A letter as another structure sends it: one empty page. */
const LETTER = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
);
/** LOINC: discharge letter. */
const LETTER_TYPE = '11490-0';

const letters = new WeakMap<ScenarioWorld, Kept<string>>();

When('le produit reçoit une lettre de liaison pour ce patient', async function (this: ScenarioWorld) {
  const { patientId } = this;
  const { documentId } = await this.perform('receiveDocument', {
    patientId,
    title: 'Lettre de liaison de sortie',
    typeCode: LETTER_TYPE,
    mediaType: 'application/pdf',
    base64: LETTER.toString('base64'),
  });
  const kept = new Kept<string>('lettre reçue');
  kept.value = documentId;
  letters.set(this, kept);
});

Then('le DMP a reçu cette lettre en CDA N1, sans autre geste', async function (this: ScenarioWorld) {
  const lots = await judgedFeedings(this, 1);
  const [document] = lots.flatMap((lot) => documentsOfLot({ contentType: contentTypeOf(lot), body: lot.request.body }));
  this.require(document?.cda?.level === 'N1', 'La lettre versée dans le DMP n’est pas un CDA N1.');
  this.require(
    document.cda.pdf !== undefined && Buffer.from(document.cda.pdf).equals(LETTER),
    'Le CDA N1 versé ne porte pas la lettre telle qu’elle a été reçue.',
  );
  this.require(
    document.cda.code.code === LETTER_TYPE,
    `Le CDA N1 versé est du type ${document.cda.code.code ?? 'absent'}, la lettre reçue du type ${LETTER_TYPE}.`,
  );
});

Then('cette lettre est visible dans le DMP du patient', async function (this: ScenarioWorld) {
  const found = dmpDocuments(this).filter(({ status }) => status === 'Approved');
  captureDmpDocuments(this, 'dmp-du-patient', 'Les documents que le DMP simulé tient pour ce patient');
  await captureWebDocuments(this, 'acces-web', 'La liste des documents dans l’accès web simulé du DMP');
  this.require(
    found.length === 1,
    `Le DMP tient ${found.length} document(s) de ce patient au lieu de la lettre seule.`,
  );
});

Given('le DMP indisponible une fois pour ce patient \\({word})', function (this: ScenarioWorld, situation: string) {
  this.bench.mocks.situations.set({ service: 'dmp', about: this.patient.key, situation, times: 1 });
});

Given(
  'le DMP qui répond {string} à toute alimentation de ce patient',
  function (this: ScenarioWorld, situation: string) {
    this.bench.mocks.situations.set({ service: 'dmp', about: this.patient.key, situation });
  },
);

Given('le DMP qui porte une autre identité pour ce patient', function (this: ScenarioWorld) {
  this.bench.mocks.situations.set({ service: 'dmp', about: this.patient.key, situation: 'identite-differente' });
});

Then(
  "le produit verse les deux documents de lui-même quand le DMP répond à nouveau, sous leurs identifiants d'origine",
  async function (this: ScenarioWorld) {
    await awaitFeedings(this, 2);
    const calls = dmpCalls(this);
    captureDmpCalls(this, calls);
    this.judgeAll(checkDmpSeries(calls, { ended: true }), XDS_RULES);
    captureDmpDocuments(this, 'dmp-du-patient', 'Les documents que le DMP simulé tient pour ce patient');
    const held = new Set(
      dmpDocuments(this)
        .filter(({ status }) => status === 'Approved')
        .map(({ uniqueId }) => uniqueId),
    );
    const missing = dmpIdsOf(this.report).filter((id) => !held.has(id));
    if (missing.length > 0) judgeRefused(this);
    this.require(
      missing.length === 0,
      `Le DMP répond à nouveau, et ${missing.length} document(s) du compte rendu n'y sont pas : ${missing.join(', ')}.`,
    );
  },
);

/** The lines of the report for the DMP, once the product has decided. */
export async function dmpTransmissions(
  world: ScenarioWorld,
  reportId: string,
  isSettled: (line: Transmission) => boolean = ({ state }) => state !== 'en-attente',
): Promise<readonly Transmission[]> {
  const shown = await world.eventually(
    async () =>
      ((await world.perform('readState', { what: 'transmissions', reportId })).transmissions ?? []).filter(
        ({ channel }) => channel === 'dmp',
      ),
    (lines) => lines.length > 0 && lines.every(isSettled),
  );
  world.captureState('envois', 'Les envois du compte rendu, tels que le produit les montre', shown);
  return shown;
}

Then("rien n'est versé dans le DMP et le produit en dit la raison", async function (this: ScenarioWorld) {
  const lines = await dmpTransmissions(this, this.report.reportId);
  const calls = dmpCalls(this);
  captureDmpCalls(this, calls);
  this.judgeAll(checkDmpSeries(calls), XDS_RULES);
  this.require(dmpCalls(this, ['TD2.1']).length === 0, 'Le produit a tenté d’alimenter ce DMP (TD2.1).');
  this.require(
    lines.length > 0 && lines.every(({ state, detail }) => state === 'bloque' && detail.trim() !== ''),
    `Le produit devait montrer l'envoi au DMP bloqué, avec sa raison ; il montre ${told(lines)}.`,
  );
  this.watch(
    { service: 'dmp', operation: 'TD2.1', about: this.patient.key, since: calls.at(-1)?.id ?? this.mark },
    'Le produit a alimenté un DMP fermé ou inexistant.',
    isCall,
  );
});

Then(
  "le produit montre à l'utilisateur le refus du DMP et son code {string}",
  async function (this: ScenarioWorld, code: string) {
    const lines = await dmpTransmissions(this, this.report.reportId);
    captureDmpCalls(this, dmpCalls(this));
    const isSaid =
      lines.length > 0 && lines.every(({ state, detail }) => state !== 'transmis' && detail.includes(code));
    if (!isSaid) judgeRefused(this);
    this.require(
      isSaid,
      `Le produit devait montrer que l'envoi au DMP a échoué, et le code « ${code} » ; il montre ${told(lines)}.`,
    );
    requireRefusalSaid(this, lines);
  },
);

Then(
  "le produit montre à l'utilisateur le refus du DMP, avec son code et son libellé",
  async function (this: ScenarioWorld) {
    const lines = await dmpTransmissions(this, this.report.reportId);
    captureDmpCalls(this, dmpCalls(this));
    this.require(
      lines.length > 0 && lines.every(({ state }) => state !== 'transmis'),
      `Le produit devait montrer que l'envoi au DMP a échoué ; il montre ${told(lines)}.`,
    );
    requireRefusalSaid(this, lines);
  },
);

/** Each line says a refusal that the DMP gave, whole: its code and its label (DMP integration guide, D14). */
function requireRefusalSaid(world: ScenarioWorld, lines: readonly Transmission[]): void {
  const refusals = refusalsOf(world);
  world.require(refusals.length > 0, "Le DMP n'a rien refusé : le produit ne l'a pas appelé comme il le devait.");
  for (const { detail } of lines) {
    const lacking = refusals.map((refusal) => unsaid(refusal, detail));
    world.require(
      lacking.some((parts) => parts.length === 0),
      `Le produit ne montre pas ${(lacking[0] ?? []).join(' ni ')} que le DMP a donné ; il montre ${told(lines)}.`,
    );
  }
}

Then(
  "le produit montre l'envoi au DMP comme fait, malgré l'avertissement du DMP",
  async function (this: ScenarioWorld) {
    const lines = await dmpTransmissions(this, this.report.reportId);
    captureDmpCalls(this, dmpCalls(this));
    captureDmpDocuments(this, 'dmp-du-patient', 'Les documents que le DMP simulé tient pour ce patient');
    this.require(
      lines.length > 0 && lines.every(({ state }) => state === 'transmis'),
      `Le DMP tient ces documents (PartialSuccess) ; le produit devait les montrer transmis, il montre ${told(lines)}.`,
    );
  },
);

function told(lines: readonly Transmission[]): string {
  return lines.map(({ state, detail }) => `« ${state} : ${detail} »`).join(', ') || 'aucun envoi au DMP';
}

Then("le produit signale à l'utilisateur que le DMP porte une autre identité", async function (this: ScenarioWorld) {
  const { patientId } = this;
  const state = await this.eventually(
    async () => (await this.perform('readState', { what: 'dmp', patientId })).dmp,
    (dmp) => (dmp?.lastCheck?.differences.length ?? 0) > 0,
  );
  captureDmpCalls(this, dmpCalls(this, ['TD0.2']));
  this.captureState('dmp', 'Ce que le produit montre du DMP de ce patient', state);
  const differences = state?.lastCheck?.differences ?? [];
  if (differences.length === 0) judgeRefused(this);
  this.require(
    differences.length > 0,
    'Le DMP a renvoyé une autre identité (TD0.2) et le produit ne montre aucune différence à son utilisateur.',
  );
});

Then("l'identité du patient dans le produit n'a pas changé", async function (this: ScenarioWorld) {
  const { traits } = await this.keepPatientState('fiche-ensuite', 'La fiche du patient après le test d’existence');
  const before = this.before.value.traits;
  const changed = Object.entries(before).filter(
    ([name, value]) => JSON.stringify(traits[name as keyof typeof traits]) !== JSON.stringify(value),
  );
  this.require(
    changed.length === 0,
    `Le produit a pris au DMP ce qu'il tenait d'INSi ou de son utilisateur : ${changed.map(([name]) => name).join(', ')}.`,
  );
});

function contentTypeOf({
  request,
}: {
  readonly request: { readonly headers: readonly (readonly [string, string])[] };
}): string | undefined {
  return request.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
}
