import { Given, Then, When } from '@cucumber/cucumber';
import type { GestureInput, GestureOutput, Traits } from '#sut/driver/index.ts';
import { typed } from './patients.steps.ts';
import { USED } from './registration.steps.ts';
import { Kept, type ScenarioWorld } from './world/index.ts';

type Criteria = GestureInput<'findPatients'>;
type Found = GestureOutput<'findPatients'>['patients'];

interface Search {
  /** Patients of the scenario in the product, with what was typed of them. */
  readonly people: { readonly patientId: string; readonly traits: Traits }[];
  readonly found: Kept<Found>;
  criteria: Criteria;
}

const searches = new WeakMap<ScenarioWorld, Search>();

function searchOf(world: ScenarioWorld): Search {
  const known = searches.get(world);
  if (known !== undefined) return known;
  const search: Search = { people: [], found: new Kept<Found>('recherche d’antériorité'), criteria: {} };
  searches.set(world, search);
  return search;
}

async function enter(world: ScenarioWorld, traits: Traits): Promise<void> {
  const { patientId } = await world.perform('registerPatient', { traits });
  world.patientId = patientId;
  searchOf(world).people.push({ patientId, traits });
}

Given(
  'deux patients nés le même jour, enregistrés dans le produit, dont le premier a un nom et un prénom utilisés',
  async function (this: ScenarioWorld) {
    this.patient = this.people.patient('nominal');
    const first = { ...typed(this.patient), ...USED };
    await enter(this, first);
    this.patient = this.people.patient('nominal');
    await enter(this, {
      ...typed(this.patient),
      birthName: `SECOND-${this.patient.birthName}`.slice(0, 60),
      firstNames: ['ZENOBIE'],
      birthDate: first.birthDate,
    });
  },
);

Given(
  'ce patient enregistré dans le produit, nom et prénoms écrits sans {string}',
  async function (this: ScenarioWorld, sign: string) {
    const without = (text: string): string => text.replaceAll(sign, ' ');
    const traits = typed(this.patient);
    await enter(this, {
      ...traits,
      birthName: without(traits.birthName),
      firstNames: traits.firstNames.map(without),
    });
  },
);

Given('ce patient enregistré dans le produit', async function (this: ScenarioWorld) {
  await enter(this, typed(this.patient));
});

async function find(world: ScenarioWorld, criteria: Criteria): Promise<void> {
  const search = searchOf(world);
  search.criteria = criteria;
  const { patients } = await world.perform('findPatients', criteria);
  search.found.value = patients;
  world.captureState('antecedents', 'Ce que le produit a trouvé dans sa base', { criteria, patients });
}

function firstOf(world: ScenarioWorld): Traits {
  const [first] = searchOf(world).people;
  if (first === undefined) throw new Error('Le scénario n’a enregistré aucun patient à chercher.');
  return first.traits;
}

When("l'utilisateur cherche par la date de naissance", function (this: ScenarioWorld) {
  return find(this, { birthDate: firstOf(this).birthDate });
});

When(
  /^l'utilisateur cherche par la date de naissance et le début (du nom de naissance|du nom utilisé|du prénom de naissance|du prénom utilisé)$/,
  function (this: ScenarioWorld, part: string) {
    const { birthDate, birthName, firstNames } = firstOf(this);
    const start = (text: string): string => text.slice(0, 4);
    switch (part) {
      case 'du nom de naissance':
        return find(this, { birthDate, nameStart: start(birthName) });
      case 'du nom utilisé':
        return find(this, { birthDate, nameStart: start(USED.usedName) });
      case 'du prénom de naissance':
        return find(this, { birthDate, firstNameStart: start(firstNames[0] ?? '') });
      default:
        return find(this, { birthDate, firstNameStart: start(USED.usedFirstName) });
    }
  },
);

Given(
  'ce patient enregistré dans le produit sous le nom de naissance {string} et le prénom {string}',
  async function (this: ScenarioWorld, birthName: string, firstName: string) {
    await enter(this, { ...typed(this.patient), birthName, firstNames: [firstName] });
  },
);

When(
  /^l'utilisateur cherche par la date de naissance et le (nom|prénom) écrit "([^"]+)"$/,
  function (this: ScenarioWorld, part: string, written: string) {
    const { birthDate } = firstOf(this);
    return find(this, { birthDate, ...(part === 'nom' ? { nameStart: written } : { firstNameStart: written }) });
  },
);

When(
  "l'utilisateur cherche par la date de naissance et le début de son deuxième prénom",
  function (this: ScenarioWorld) {
    const { traits } = this.before.value;
    const [, second] = this.patient.firstNames;
    if (second === undefined) throw new Error('le patient tiré n’a qu’un prénom');
    searchOf(this).people.push({ patientId: this.patientId, traits });
    return find(this, { birthDate: traits.birthDate, firstNameStart: second.slice(0, 4) });
  },
);

When("l'utilisateur cherche par le nom de naissance écrit avec {string}", function (this: ScenarioWorld, sign: string) {
  const { birthDate, birthName } = this.patient;
  if (!birthName.includes(sign)) throw new Error(`le nom du patient tiré ne porte pas ${sign}`);
  return find(this, { birthDate, nameStart: birthName });
});

When(
  "l'utilisateur cherche par le prénom de naissance écrit sans {string}",
  function (this: ScenarioWorld, sign: string) {
    const { birthDate, firstNames } = this.patient;
    return find(this, { birthDate, firstNameStart: (firstNames[0] ?? '').replaceAll(sign, ' ') });
  },
);

When("l'utilisateur cherche par le matricule INS complet", function (this: ScenarioWorld) {
  searchOf(this).people.push({ patientId: this.patientId, traits: typed(this.patient) });
  return find(this, { ins: this.patient.ins });
});

When("l'utilisateur cherche par le matricule INS avec une clé erronée", function (this: ScenarioWorld) {
  const { ins } = this.patient;
  const key = (Number(ins.slice(13)) % 97) + 1;
  return refusable(this, { ins: `${ins.slice(0, 13)}${String(key).padStart(2, '0')}` });
});

When("l'utilisateur cherche par le matricule INS sans sa clé", function (this: ScenarioWorld) {
  return refusable(this, { ins: this.patient.ins.slice(0, 13) });
});

async function refusable(world: ScenarioWorld, criteria: Criteria): Promise<void> {
  const tried = await world.attempt('findPatients', criteria);
  world.asked.value = {
    refused: tried.outcome === 'refused',
    message: tried.outcome === 'refused' ? tried.message : '',
  };
  world.captureState('antecedents', 'La recherche demandée et ce que le produit en a dit', {
    criteria,
    ...world.asked.value,
    ...(tried.outcome === 'done' ? tried.output : {}),
  });
}

Then('le produit refuse la recherche et demande les quinze caractères du matricule', function (this: ScenarioWorld) {
  const { refused, message } = this.asked.value;
  this.require(refused, 'Le produit a cherché sans contrôler le matricule saisi.');
  this.require(message.trim() !== '', 'Le produit a refusé la recherche sans dire pourquoi.');
});

Then('le produit trouve les deux patients', function (this: ScenarioWorld) {
  expectFound(this, [0, 1]);
});

Then("le produit trouve le premier patient et non l'autre", function (this: ScenarioWorld) {
  expectFound(this, [0]);
});

Then('le produit trouve ce patient', function (this: ScenarioWorld) {
  expectFound(this, [0]);
});

/** @param ranks of the people of the scenario who must be found; the others must not */
function expectFound(world: ScenarioWorld, ranks: readonly number[]): void {
  const { people, found, criteria } = searchOf(world);
  const ids = new Set(found.value.map(({ patientId }) => patientId));
  for (const [rank, { patientId, traits }] of people.entries()) {
    const name = `${traits.birthName} ${traits.firstNames.join(' ')}`;
    if (ranks.includes(rank)) world.require(ids.has(patientId), `Le produit n'a pas trouvé ${name}.`);
    else world.require(!ids.has(patientId), `Le produit a trouvé ${name}, qui ne répond pas à la recherche.`);
  }
  const { birthDate } = criteria;
  const others = found.value.filter(({ traits }) => birthDate !== undefined && traits.birthDate !== birthDate);
  world.require(others.length === 0, `Le produit a trouvé ${others.length} patient(s) nés un autre jour.`);
}
