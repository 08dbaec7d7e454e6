import { Given, Then, When } from '@cucumber/cucumber';
import { readingOf, requireListed } from './dmp-consultation.steps.ts';
import { depositMany, depositsOf } from './world/dmp-deposits.ts';
import {
  captureDmpCalls,
  captureDmpDocuments,
  dmpCalls,
  dmpDocuments,
  dmpIdsOf,
  refusalsOf,
  type ScenarioWorld,
  unsaid,
} from './world/index.ts';

// What the DMP refuses outside feeding, and lists that are empty or long (protocols.md annex B.3, D14).

/** Journal position when the DMP began to refuse. */
const refusing = new WeakMap<ScenarioWorld, string>();

function beginRefusing(world: ScenarioWorld, situation: string): void {
  refusing.set(world, world.bench.mocks.journal.mark());
  world.bench.mocks.situations.set({ service: 'dmp', about: world.patient.key, situation });
}

Given(
  /^le DMP qui répond "([^"]+)" à toute (?:mise à jour|recherche|lecture) de ce patient$/,
  function (this: ScenarioWorld, situation: string) {
    beginRefusing(this, situation);
  },
);

When("l'utilisateur tente de chercher des documents dans le DMP", async function (this: ScenarioWorld) {
  const tried = await this.attempt('searchDmp', { patientId: this.patientId, criteria: {} });
  const shown = tried.outcome === 'done' ? tried.output.documents.length : 0;
  const message = tried.outcome === 'done' ? tried.output.message : tried.message;
  this.asked.value = { refused: shown === 0, message };
  this.captureState('recherche-refusee', 'Ce que le produit a répondu à qui cherchait dans le DMP', this.asked.value);
});

When("l'utilisateur tente d'ouvrir un document de cette liste", async function (this: ScenarioWorld) {
  const uniqueId = depositsOf(this)[0]?.stored.uniqueId ?? '';
  const tried = await this.attempt('readDmpDocument', { patientId: this.patientId, uniqueId, integrate: false });
  const message = tried.outcome === 'done' ? tried.output.message : tried.message;
  this.asked.value = { refused: tried.outcome === 'refused', message };
  this.captureState('lecture-refusee', 'Ce que le produit a répondu à qui ouvrait le document', this.asked.value);
});

Then(
  "le produit dit à l'utilisateur que le DMP a refusé, avec son code et son libellé",
  function (this: ScenarioWorld) {
    const calls = dmpCalls(this);
    captureDmpCalls(this, calls);
    const refusals = refusalsOf(this, refusing.get(this));
    const { refused, message } = this.asked.value;
    this.require(refusals.length > 0, "Le produit n'a rien demandé au DMP : celui-ci n'a rien eu à refuser.");
    this.require(refused, `Le DMP a refusé, et le produit a fait comme s'il avait accepté : « ${message} »`);
    const lacking = refusals.map((refusal) => unsaid(refusal, message));
    this.require(
      lacking.some((parts) => parts.length === 0),
      `Le produit ne dit pas ${(lacking[0] ?? []).join(' ni ')} que le DMP a donné ; il dit « ${message} »`,
    );
  },
);

Then('le DMP tient encore les deux documents', function (this: ScenarioWorld) {
  captureDmpDocuments(this, 'dmp-du-patient', 'Les documents que le DMP simulé tient pour ce patient');
  const held = dmpDocuments(this).filter(({ status }) => status === 'Approved');
  const missing = dmpIdsOf(this.report).filter((id) => !held.some(({ uniqueId }) => uniqueId === id));
  this.require(missing.length === 0, `Le DMP ne tient plus ${missing.join(', ')}, dont il a refusé la suppression.`);
});

Given("vingt et un documents d'un autre professionnel dans son DMP", function (this: ScenarioWorld) {
  depositMany(this, 21);
});

Then('la liste montre les vingt et un documents', function (this: ScenarioWorld) {
  requireListed(this, depositsOf(this));
});

Then('la liste est vide, et le produit le dit', function (this: ScenarioWorld) {
  const { found, message } = readingOf(this);
  const shown = found.value;
  this.require(
    shown.length === 0,
    `Le DMP n'a rien trouvé, et la liste du produit montre ${shown.length} document(s).`,
  );
  this.require(message.trim() !== '', "Le produit ne dit pas à son utilisateur que la recherche n'a rien trouvé.");
});
