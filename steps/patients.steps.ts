import { Given, When } from '@cucumber/cucumber';
import type { TestPatient } from '#mocks/population/index.ts';
import type { IdentityDocument, IdentityStatus, Traits } from '#sut/driver/index.ts';
import { PAIRS, PATIENTS, REGISTERED } from './people/index.ts';
import { actedBy, feedOf, OTHER_ACTOR, unverifiable, type ScenarioWorld } from './world/index.ts';

/**
 * What the tester types from the identity document. A day or a month that nobody knows is typed 01: a product takes no
 * date that does not exist.
 */
export function typed({ birthName, firstNames, sex, birthDate, birthPlace }: TestPatient): Traits {
  return { birthName, firstNames, sex, birthDate: birthDate.replaceAll('-00', '-01'), birthPlace };
}

/** Registers the patient that the scenario has drawn, and keeps the record as it is then. */
export async function register(
  world: ScenarioWorld,
  traits: Traits = typed(world.patient),
  document?: IdentityDocument,
): Promise<void> {
  const { patientId } = await world.perform('registerPatient', {
    traits,
    ...(document === undefined ? {} : { document }),
  });
  world.patientId = patientId;
  world.before.value = await world.keepPatientState('fiche-avant', 'La fiche du patient à sa création');
}

/** Brings the patient that the scenario has drawn to a status, by the shortest way. */
export async function registerAs(world: ScenarioWorld, status: IdentityStatus, traits?: Traits): Promise<void> {
  await register(world, traits);
  const { patientId } = world;
  if (status === 'recuperee' || status === 'qualifiee') await world.perform('searchIns', { patientId, mode: 'traits' });
  if (status === 'validee' || status === 'qualifiee') {
    await world.perform('validateIdentity', { patientId, document: 'carte-identite' });
    world.strongDocument = true;
  }
  world.before.value = await world.keepPatientState(`fiche-${status}`, `La fiche de départ, identité « ${status} »`);
  // Other scenarios answer for the statuses: here, only that this one cannot start.
  if (world.before.value.status === status) return;
  throw unverifiable(
    'produit',
    `Le scénario part d'une identité « ${status} » ; le produit l'a laissée « ${world.before.value.status} ».`,
  );
}

for (const [sentence, { situation, suits }] of Object.entries(PATIENTS)) {
  const escaped = sentence.replaceAll('(', String.raw`\(`);
  Given(`${escaped}${REGISTERED}`, function (this: ScenarioWorld) {
    this.patient = this.people.patient(situation, suits);
    return register(this);
  });
  Given(escaped, function (this: ScenarioWorld) {
    this.patient = this.people.patient(situation, suits);
  });
}

/** High confidence wherever it is not set otherwise (rule 19 of the INS implementation guide). */
const STRONG: readonly string[] = ['carte-identite', 'passeport', 'titre-sejour'] satisfies readonly IdentityDocument[];

const STATUSES: Readonly<Record<string, IdentityStatus>> = {
  provisoire: 'provisoire',
  récupérée: 'recuperee',
  validée: 'validee',
  qualifiée: 'qualifiee',
};

Given("un patient dont l'identité est {string} dans le produit", function (this: ScenarioWorld, status: string) {
  this.patient = this.people.patient('nominal');
  return registerAs(this, statusNamed(status));
});

Given(
  'ce patient enregistré dans le produit avec une identité {string}',
  function (this: ScenarioWorld, status: string) {
    return registerAs(this, statusNamed(status));
  },
);

Given(
  'ce patient enregistré dans le produit avec une identité {string}, lieu de naissance inconnu',
  function (this: ScenarioWorld, status: string) {
    return registerAs(this, statusNamed(status), { ...typed(this.patient), birthPlace: '99999' });
  },
);

/** Status of the port behind the word that a reader knows. */
export function statusNamed(word: string): IdentityStatus {
  const status = STATUSES[word] ?? Object.values(STATUSES).find((known) => known === word);
  if (status === undefined) throw new Error(`statut d'identité inconnu : ${word}`);
  return status;
}

Given(
  'un patient qui a un homonyme dans INSi, enregistré avec son seul premier prénom',
  function (this: ScenarioWorld) {
    this.patient = this.people.patient('homonymes');
    // The birth place would tell the twin apart: it is not known, which RNIV writes 99999.
    const { birthName, firstNames, sex, birthDate } = this.patient;
    return register(this, { birthName, firstNames: firstNames.slice(0, 1), sex, birthDate, birthPlace: '99999' });
  },
);

Given('un patient que INSi connaît, enregistré avec le lieu de naissance inconnu', function (this: ScenarioWorld) {
  this.patient = this.people.patient('nominal');
  return register(this, { ...typed(this.patient), birthPlace: '99999' });
});

Given('un patient qualifié dans le produit', function (this: ScenarioWorld) {
  this.patient = this.people.patient('nominal');
  return registerAs(this, 'qualifiee');
});

Given('un patient qualifié et un professionnel correspondant', async function (this: ScenarioWorld) {
  this.patient = this.people.patient('nominal');
  await registerAs(this, 'qualifiee');
  this.professional = this.people.professional();
});

Given(
  /^un patient dont un (jumeau|homonyme) est enregistré dans le produit$/,
  async function (this: ScenarioWorld, kind: string) {
    const first = this.people.patient(PAIRS[kind] ?? '');
    const second = this.bench.mocks.population.byKey(`${first.key}-jumeau`);
    if (second === undefined) throw new Error(`la population n'a pas de second pour ${first.key}`);
    this.patient = first;
    await register(this);
    feedOf(this).other = { patientId: this.patientId, before: this.before.value };
    this.patient = second;
  },
);

When(
  "l'utilisateur valide l'identité au vu du document {string}",
  async function (this: ScenarioWorld, document: string) {
    const { patientId } = this;
    const shown = document as IdentityDocument;
    const { status } = await this.perform('validateIdentity', { patientId, document: shown, user: OTHER_ACTOR });
    actedBy(this, status, OTHER_ACTOR);
    this.strongDocument ||= STRONG.includes(document);
    this.before.value = await this.keepPatientState(
      `fiche-${document}`,
      `La fiche du patient, document « ${document} »`,
    );
  },
);
