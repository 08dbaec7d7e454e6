import { Given, When } from '@cucumber/cucumber';
import type { TestPatient } from '#mocks/population/index.ts';
import type { IdentityDocument, IdentityStatus, Traits } from '#sut/driver/index.ts';
import { actedBy, feedOf, OTHER_ACTOR, unverifiable, type ScenarioWorld } from './world/index.ts';

type Choice = (patient: TestPatient) => boolean;

/** Sentence of a feature → situation of the population, and which of its patients when they are of several kinds. */
const PATIENTS: Readonly<Record<string, readonly [situation: string, choice?: Choice]>> = {
  'un patient que INSi connaît': ['nominal'],
  'un patient que INSi connaît avec un historique': ['historique'],
  'un patient que INSi ne connaît pas': ['inconnu'],
  "un patient à qui INSi donne un matricule d'attente (NIA)": ['nia'],
  'un patient dont INSi renvoie un matricule à la clé fausse': ['cle-fausse'],
  "un patient dont INSi renvoie d'autres prénoms que ceux saisis": ['traits-differents'],
  'un patient dont INSi renvoie une liste de prénoms qui ne commence pas par le premier prénom saisi': [
    'prenom-incoherent',
  ],
  'un patient dont INSi renvoie une date de naissance avec le jour 00': ['naissance-00'],
  'un patient dont INSi renvoie une date de naissance avec le mois 00': ['naissance-mois-00'],
  'un patient dont INSi renvoie une date de naissance avec le jour et le mois 00': ['naissance-jour-mois-00'],
  'un patient dont INSi renvoie un nom de naissance vide': ['sans-nom', missing('vide')],
  "un patient dont INSi n'écrit pas le nom de naissance": ['sans-nom', missing('absent')],
  'un patient dont INSi renvoie des prénoms vides': ['sans-prenom', missing('vide')],
  "un patient dont INSi n'écrit pas les prénoms": ['sans-prenom', missing('absent')],
  'un patient dont INSi renvoie un sexe vide': ['sans-sexe', missing('vide')],
  "un patient dont INSi n'écrit pas le sexe": ['sans-sexe', missing('absent')],
  'un patient dont INSi refuse toute vérification': ['verification-ko'],
  'un patient né en Corse-du-Sud': ['corse-2a'],
  'un patient né en Haute-Corse': ['corse-2b'],
  'un patient dont le nom porte une apostrophe': ['apostrophe'],
  'un patient dont le nom porte un tiret': ['tiret', ({ birthName }) => birthName.includes('-')],
  'un patient dont le prénom porte un tiret': ['tiret', ({ firstNames }) => firstNames[0]?.includes('-') === true],
  'un patient dont le nom porte un espace': ['tiret', ({ birthName }) => birthName.includes(' ')],
  'un patient dont le nom porte un double tiret': ['double-tiret'],
  'un patient dont le nom a au moins 54 caractères': ['nom-long'],
  'un patient qui a plusieurs prénoms': ['plusieurs-prenoms'],
  'un patient mineur': ['enfant'],
};

function missing(as: 'vide' | 'absent'): Choice {
  return ({ insiTraits }) => insiTraits?.missing?.every((one) => one.as === as) === true;
}

/** A patient of this situation that nobody drew; those that do not suit the sentence are left aside. */
function draw(world: ScenarioWorld, situation: string, suits: Choice = () => true): TestPatient {
  const { population } = world.bench.mocks;
  let patient = population.draw(situation);
  while (!suits(patient)) patient = population.draw(situation);
  return patient;
}

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
async function registerAs(world: ScenarioWorld, status: IdentityStatus, traits?: Traits): Promise<void> {
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

for (const [sentence, [situation, choice]] of Object.entries(PATIENTS)) {
  const escaped = sentence.replaceAll('(', String.raw`\(`);
  Given(`${escaped}, enregistré dans le produit`, function (this: ScenarioWorld) {
    this.patient = draw(this, situation, choice);
    return register(this);
  });
  Given(escaped, function (this: ScenarioWorld) {
    this.patient = draw(this, situation, choice);
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
  this.patient = draw(this, 'nominal');
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
    this.patient = draw(this, 'homonymes');
    // The birth place would tell the twin apart: it is not known, which RNIV writes 99999.
    const { birthName, firstNames, sex, birthDate } = this.patient;
    return register(this, { birthName, firstNames: firstNames.slice(0, 1), sex, birthDate, birthPlace: '99999' });
  },
);

Given('un patient que INSi connaît, enregistré avec le lieu de naissance inconnu', function (this: ScenarioWorld) {
  this.patient = draw(this, 'nominal');
  return register(this, { ...typed(this.patient), birthPlace: '99999' });
});

Given('un patient qualifié dans le produit', function (this: ScenarioWorld) {
  this.patient = draw(this, 'nominal');
  return registerAs(this, 'qualifiee');
});

Given('un patient qualifié et un professionnel correspondant', async function (this: ScenarioWorld) {
  this.patient = draw(this, 'nominal');
  await registerAs(this, 'qualifiee');
  this.professional = this.bench.mocks.population.drawProfessional();
});

/** What makes two people look alike → situation of the population; the second one has the key of the first and a suffix. */
const PAIRS: Readonly<Record<string, string>> = { jumeau: 'jumeaux', homonyme: 'homonymes' };

Given(
  /^un patient dont un (jumeau|homonyme) est enregistré dans le produit$/,
  async function (this: ScenarioWorld, kind: string) {
    const first = draw(this, PAIRS[kind] ?? '');
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
