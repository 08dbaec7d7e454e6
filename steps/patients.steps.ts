import { Given, When } from '@cucumber/cucumber';
import type { TestPatient } from '#mocks/population/index.ts';
import type { IdentityDocument, Traits } from '#sut/driver/index.ts';
import type { ScenarioWorld } from './world/index.ts';

async function register(
  world: ScenarioWorld,
  situation: string,
  traitsOf: (patient: TestPatient) => Traits = typed,
): Promise<void> {
  world.patient = world.bench.mocks.population.draw(situation);
  const { patientId } = await world.perform('registerPatient', { traits: traitsOf(world.patient) });
  world.patientId = patientId;
  await world.keepPatientState('fiche-avant', 'La fiche du patient à sa création');
}

/** What the tester types from the identity document. */
function typed({ birthName, firstNames, sex, birthDate, birthPlace }: TestPatient): Traits {
  return { birthName, firstNames, sex, birthDate, birthPlace };
}

async function registerQualified(world: ScenarioWorld): Promise<void> {
  await register(world, 'nominal');
  const { patientId } = world;
  await world.perform('searchIns', { patientId, mode: 'traits' });
  const { status } = await world.perform('validateIdentity', { patientId, document: 'carte-identite' });
  world.require(status === 'qualifiee', `Le produit n'a pas qualifié l'identité de départ : elle est « ${status} ».`);
}

Given('un patient que INSi connaît, enregistré dans le produit', function (this: ScenarioWorld) {
  return register(this, 'nominal');
});

Given('un patient que INSi connaît avec un historique, enregistré dans le produit', function (this: ScenarioWorld) {
  return register(this, 'historique');
});

Given(
  "un patient dont INSi renvoie d'autres prénoms que ceux saisis, enregistré dans le produit",
  function (this: ScenarioWorld) {
    return register(this, 'traits-differents');
  },
);

Given('un patient que INSi ne connaît pas, enregistré dans le produit', function (this: ScenarioWorld) {
  return register(this, 'inconnu');
});

Given(
  'un patient qui a un homonyme dans INSi, enregistré avec son seul premier prénom',
  function (this: ScenarioWorld) {
    return register(this, 'homonymes', ({ birthName, firstNames, sex, birthDate }) => ({
      birthName,
      firstNames: firstNames.slice(0, 1),
      sex,
      birthDate,
    }));
  },
);

Given(
  'un patient dont INSi renvoie une date de naissance avec le jour 00, enregistré dans le produit',
  function (this: ScenarioWorld) {
    return register(this, 'naissance-00');
  },
);

Given('un patient qualifié dans le produit', function (this: ScenarioWorld) {
  return registerQualified(this);
});

Given('un patient qualifié et un professionnel correspondant', async function (this: ScenarioWorld) {
  await registerQualified(this);
  this.professional = this.bench.mocks.population.drawProfessional();
});

When(
  "l'utilisateur valide l'identité au vu du document {string}",
  async function (this: ScenarioWorld, document: string) {
    await this.perform('validateIdentity', { patientId: this.patientId, document: document as IdentityDocument });
  },
);
