import { Given, Then, When } from '@cucumber/cucumber';
import { CALL_RULES, checkInsiExchanges, checkVerification, VERIFICATION_RULES } from '#checks/ins/index.ts';
import type { GestureInput, GestureOutput, PatientState } from '#sut/driver/index.ts';
import {
  awaitInsiCall,
  captureCalls,
  codeOf,
  insiExchanges,
  isVerification,
  Kept,
  type ScenarioWorld,
} from './world/index.ts';

type Mode = GestureInput<'verifyIns'>['mode'];

interface Verified {
  readonly before: PatientState;
  readonly patientId: string;
}

/** Patients of a bulk verification, beside the last one that the world holds. */
const groups = new WeakMap<ScenarioWorld, Verified[]>();
const results = new WeakMap<ScenarioWorld, Kept<GestureOutput<'verifyIns'>>>();

function resultOf(world: ScenarioWorld): Kept<GestureOutput<'verifyIns'>> {
  const known = results.get(world) ?? new Kept<GestureOutput<'verifyIns'>>('vérification');
  results.set(world, known);
  return known;
}

Given('cette identité à vérifier avec les autres', function (this: ScenarioWorld) {
  const group = groups.get(this) ?? [];
  groups.set(this, [...group, { before: this.before.value, patientId: this.patientId }]);
});

async function verify(world: ScenarioWorld, patientIds: readonly string[], mode: Mode): Promise<void> {
  const known = [...(groups.get(world) ?? []), { before: world.before.value, patientId: world.patientId }];
  world.insiOptions = {
    ...world.insiOptions,
    identities: known
      .filter(({ patientId }) => patientIds.includes(patientId))
      .map(({ before: { traits, ins, oid } }) => ({
        traits,
        ...(ins === undefined ? {} : { ins }),
        ...(oid === undefined ? {} : { oid }),
      })),
  };
  resultOf(world).value = await world.perform('verifyIns', { patientIds, mode });
  world.captureState('verification', 'Ce que le produit montre de la vérification', resultOf(world).value);
}

When("le produit vérifie cette identité auprès d'INSi", function (this: ScenarioWorld) {
  return verify(this, [this.patientId], 'unitaire');
});

When("le produit vérifie ces identités en masse auprès d'INSi", function (this: ScenarioWorld) {
  return verify(
    this,
    (groups.get(this) ?? []).map(({ patientId }) => patientId),
    'masse',
  );
});

Then("la vérification porte sur l'identité telle qu'INSi l'a donnée", async function (this: ScenarioWorld) {
  await awaitInsiCall(this, { operation: 'verifierIns' }, 'vérifier l’identité auprès d’INSi (unitaire)');
  captureCalls(this);
  const verifications = insiExchanges(this).filter(isVerification);
  this.judge(checkInsiExchanges(verifications, this.insiOptions), CALL_RULES);
});

Then(
  /^INSi a reçu une vérification (unitaire|en masse) et répondu "([^"]+)"$/,
  async function (this: ScenarioWorld, mode: string, expected: string) {
    const operation = mode === 'unitaire' ? 'verifierIns' : 'verifierInsEnMasse';
    await awaitInsiCall(this, { operation }, `vérifier l’identité auprès d’INSi (${mode})`);
    captureCalls(this);
    const last = insiExchanges(this).at(-1);
    const code = last === undefined ? '' : codeOf(last, this);
    this.require(
      code === expected,
      `INSi devait répondre « ${expected} » à la vérification ; il a répondu « ${code} ».`,
    );
  },
);

Then(
  "le produit a traité le retour de la vérification comme l'exigence le demande",
  async function (this: ScenarioWorld) {
    const after = await this.keepPatientState('fiche-apres', 'La fiche du patient après la vérification');
    const { tasks = [] } = await this.perform('readState', { what: 'worklist' });
    this.captureState('liste-de-travail', 'La liste de travail du produit', tasks);
    const { patientId } = this;
    const returned = resultOf(this).value.results.find((one) => one.patientId === patientId)?.returned ?? '';
    this.judge(
      checkVerification({ returned: answered(this), before: this.before.value, after, tasks, patientId }),
      VERIFICATION_RULES,
    );
    this.require(
      returned === answered(this),
      `Le produit dit que la vérification a rendu « ${returned} » ; INSi a répondu « ${answered(this)} ».`,
    );
  },
);

function answered(world: ScenarioWorld): string {
  const last = insiExchanges(world).at(-1);
  return last === undefined ? '' : codeOf(last, world);
}

Then('le produit donne à chaque identité le retour que INSi lui a donné', async function (this: ScenarioWorld) {
  const { results: shown } = resultOf(this).value;
  const refused = this.patientId;
  const { tasks = [] } = await this.perform('readState', { what: 'worklist' });
  this.captureState('liste-de-travail', 'La liste de travail du produit', tasks);
  for (const { before, patientId } of groups.get(this) ?? []) {
    const returned = patientId === refused ? 'KO' : 'OK';
    const { patient: after } = await this.perform('readState', { what: 'patient', patientId });
    this.require(after !== undefined, `Le produit ne montre plus la fiche ${patientId}.`);
    this.captureState(
      `fiche-${returned}-${patientId}`,
      `La fiche après la vérification en masse, retour ${returned}`,
      after,
    );
    this.judge(checkVerification({ returned, before, after, tasks, patientId }), VERIFICATION_RULES);
    const told = shown.find((one) => one.patientId === patientId)?.returned;
    this.require(
      told === returned,
      `Le produit dit « ${told ?? 'rien'} » de la fiche ${patientId} ; INSi a répondu « ${returned} ».`,
    );
  }
});
