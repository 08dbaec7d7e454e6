import { Given, Then, When } from '@cucumber/cucumber';
import type { GestureInput, IdentityDocument } from '#sut/driver/index.ts';
import { register, typed } from './patients.steps.ts';
import type { ScenarioWorld } from './world/index.ts';

type Typed = GestureInput<'registerPatient'>['traits'];

/** Name of a field as a feature writes it → trait of the port. */
const FIELDS: Readonly<Record<string, keyof Typed>> = {
  'nom de naissance': 'birthName',
  'premier prénom de naissance': 'firstNames',
  'date de naissance': 'birthDate',
  sexe: 'sex',
  'code du lieu de naissance': 'birthPlace',
  'nom utilisé': 'usedName',
  'prénom utilisé': 'usedFirstName',
};

/** Names that nobody of the population bears. */
export const USED = { usedName: 'USAGE-ESSAI', usedFirstName: 'ALIX' } as const;

/** @throws when the feature names a field that the port does not have */
export function fieldNamed(name: string): keyof Typed {
  const field = FIELDS[name];
  if (field === undefined) throw new Error(`champ d'identité inconnu : ${name}`);
  return field;
}

async function attempt(world: ScenarioWorld, traits: Typed): Promise<void> {
  const tried = await world.attempt('registerPatient', { traits });
  if (tried.outcome === 'done') world.patientId = tried.output.patientId;
  world.asked.value = {
    refused: tried.outcome === 'refused',
    message: tried.outcome === 'refused' ? tried.message : '',
  };
  world.captureState('creation', 'La création demandée et ce que le produit en a dit', {
    traits,
    ...world.asked.value,
  });
}

When(
  "l'utilisateur crée cette identité sans renseigner le champ {string}",
  function (this: ScenarioWorld, name: string) {
    const field = fieldNamed(name);
    return attempt(this, Object.fromEntries(Object.entries(typed(this.patient)).filter(([trait]) => trait !== field)));
  },
);

When(
  "l'utilisateur crée cette identité avec la date de naissance {string}",
  function (this: ScenarioWorld, birthDate: string) {
    return attempt(this, { ...typed(this.patient), birthDate });
  },
);

When("l'utilisateur crée cette identité avec les seuls champs obligatoires", function (this: ScenarioWorld) {
  const { birthName, firstNames, sex, birthDate, birthPlace } = this.patient;
  return register(this, { birthName, firstNames: firstNames.slice(0, 1), sex, birthDate, birthPlace });
});

When("l'utilisateur crée cette identité avec un nom et un prénom utilisés", function (this: ScenarioWorld) {
  return register(this, { ...typed(this.patient), ...USED });
});

When(
  "l'utilisateur crée cette identité en indiquant le justificatif {string}",
  function (this: ScenarioWorld, document: string) {
    return register(this, typed(this.patient), document as IdentityDocument);
  },
);

When("l'utilisateur crée cette identité sans justificatif", function (this: ScenarioWorld) {
  return register(this);
});

When(
  "l'utilisateur crée cette identité sous le nom de naissance {string}",
  function (this: ScenarioWorld, birthName: string) {
    return attempt(this, { ...typed(this.patient), birthName });
  },
);

Given('ce patient enregistré dans le produit avec un nom et un prénom utilisés', async function (this: ScenarioWorld) {
  await register(this, { ...typed(this.patient), ...USED });
});

Then("le produit refuse la création et dit pourquoi à l'utilisateur", function (this: ScenarioWorld) {
  const { refused, message } = this.asked.value;
  this.require(refused, 'Le produit a créé cette identité.');
  this.require(message.trim() !== '', 'Le produit a refusé sans dire pourquoi à son utilisateur.');
});

Then("l'identité est créée au statut {string}", async function (this: ScenarioWorld, status: string) {
  const state = await this.keepPatientState('fiche-creee', 'La fiche du patient à sa création');
  this.require(state.status === status, `L'identité devait être « ${status} », elle est « ${state.status} ».`);
});

Then('la fiche porte le justificatif {string}', async function (this: ScenarioWorld, document: string) {
  const state = await this.keepPatientState('fiche-justificatif', 'La fiche du patient avec son justificatif');
  this.require(
    state.document === document,
    `La fiche devait porter le justificatif « ${document} » ; elle porte ${state.document ?? 'rien'}.`,
  );
});

Then("la fiche porte tous les champs de l'identité, le matricule INS et son OID", async function (this: ScenarioWorld) {
  const { traits, ins, oid } = await this.keepPatientState('fiche-complete', 'La fiche du patient, tous champs');
  const shown: readonly (readonly [string, string | readonly string[] | undefined])[] = [
    ['matricule INS', ins],
    ['OID', oid],
    ...Object.entries(FIELDS).map(([name, trait]) => [name, traits[trait]] as const),
  ];
  const missing = shown.filter(([, value]) => value === undefined || value.length === 0);
  this.require(
    missing.length === 0,
    `La fiche que le produit montre n'a pas : ${missing.map(([name]) => name).join(', ')}.`,
  );
});

Then(
  'le nom est refusé, ou enregistré en majuscules sans accent ni signe diacritique',
  async function (this: ScenarioWorld) {
    if (this.asked.value.refused) return;
    const { traits } = await this.keepPatientState('fiche-nom', 'Le nom de naissance tel que le produit l’a gardé');
    this.require(
      /^[A-Z' -]+$/.test(traits.birthName),
      `Le produit garde le nom de naissance « ${traits.birthName} » : seuls A à Z, espace, tiret et apostrophe sont admis.`,
    );
  },
);

Then('la fiche porte son nom de naissance tel quel', async function (this: ScenarioWorld) {
  const { traits } = await this.keepPatientState('fiche-nom', 'Le nom de naissance tel que le produit l’a gardé');
  this.require(
    traits.birthName === this.patient.birthName,
    `Le nom de naissance devait être « ${this.patient.birthName} » ; le produit garde « ${traits.birthName} ».`,
  );
});
