import { Given, Then, When } from '@cucumber/cucumber';
import { checkDirectoryPerson, checkDirectorySchedule, RULES as DIRECTORY_RULES } from '#checks/annuaire/index.ts';
import type { TestProfessional } from '#mocks/population/index.ts';
import type { Correspondent } from '#sut/driver/index.ts';
import { accountOf } from './accounts.steps.ts';
import { directoryCalls, Kept, ownCalls, unverifiable, type ScenarioWorld } from './world/index.ts';

/** Words of a feature → what happens to the professional in the directory. */
const CHANGES: Readonly<Record<string, string>> = {
  'change de nom à': 'nom-modifie',
  'change de boîte à': 'boite-modifiee',
  'part de': 'depart',
};

const trios = new WeakMap<ScenarioWorld, readonly TestProfessional[]>();
const correspondents = new WeakMap<ScenarioWorld, Kept<Correspondent>>();

/** Structure where the professional follows the patient, when the scenario says it. */
const followed = new WeakMap<ScenarioWorld, string>();

/** Struct_IdNat of the structure where the correspondent follows the patient, when the scenario says it. */
export function structureFollowed(world: ScenarioWorld): string | undefined {
  return followed.get(world);
}

function correspondentOf(world: ScenarioWorld): Kept<Correspondent> {
  const known = correspondents.get(world) ?? new Kept<Correspondent>('correspondant');
  correspondents.set(world, known);
  return known;
}

function happens(world: ScenarioWorld, { nationalId }: TestProfessional, situation: string): void {
  world.bench.mocks.situations.set({ service: 'annuaire', about: nationalId, situation, times: 1 });
}

Given("trois professionnels, dont le premier n'est pas encore à l'annuaire", function (this: ScenarioWorld) {
  const trio = Array.from({ length: 3 }, () => this.people.professional());
  trios.set(this, trio);
  const [first] = trio;
  if (first) happens(this, first, 'non-inscrit');
});

When(
  "le lendemain, le premier s'inscrit à l'annuaire, le deuxième y change de nom et le troisième en part",
  function (this: ScenarioWorld) {
    const [first, second, third] = trios.get(this) ?? [];
    if (!first || !second || !third) throw new Error('le scénario n’a pas ses trois professionnels');
    happens(this, first, 'inscription');
    happens(this, second, 'nom-modifie');
    happens(this, third, 'depart');
  },
);

When(
  /^ce professionnel (change de nom à|change de boîte à|part de) l'annuaire$/,
  function (this: ScenarioWorld, words: string) {
    const situation = CHANGES[words];
    if (situation === undefined) throw new Error(`changement inconnu : ${words}`);
    happens(this, this.professional, situation);
  },
);

// In force at once: the scenario needs to know which structures they are.
Given('ce professionnel exerce dans deux structures, avec une boîte dans chacune', function (this: ScenarioWorld) {
  this.bench.mocks.annuaire.change(this.professional.nationalId, 'deux-structures');
});

When('le produit cherche ce professionnel par son nom', async function (this: ScenarioWorld) {
  this.mailboxSearch = await this.perform('searchMailbox', { name: this.professional.lastName });
});

Then('le produit montre ce professionnel et sa boîte', function (this: ScenarioWorld) {
  const { mailboxes } = this.mailboxSearch;
  this.captureState('professionnel', 'Le professionnel, tel que le produit le montre', mailboxes);
  const { mailbox, lastName } = this.professional;
  const found = mailboxes.find(({ address }) => address.toLowerCase() === mailbox.toLowerCase());
  this.require(
    found?.owner.toUpperCase().includes(lastName.toUpperCase()) === true,
    `Le produit devait montrer ${lastName} et sa boîte ${mailbox} ; il montre ${found?.owner ?? 'une autre réponse'}.`,
  );
});

Then("le compte porte les données de l'annuaire", async function (this: ScenarioWorld) {
  const { user } = accountOf(this);
  const { accounts = [] } = await this.perform('readState', { what: 'accounts' });
  const account = accounts.find((one) => one.user === user);
  if (account === undefined)
    throw unverifiable('produit', `Le produit ne montre pas le compte ${user} (readState, « accounts »).`);
  this.captureState('compte', 'Le compte, tel que le produit le montre', account);
  const { rpps, lastName, firstName, profession } = account;
  this.judge(
    checkDirectoryPerson(
      directoryCalls(this),
      { lastName, firstName, profession, ...(rpps === undefined ? {} : { rpps }) },
      this.bench.mocks.annuaire,
    ),
    DIRECTORY_RULES,
  );
});

When(
  "l'utilisateur inscrit ce correspondant au dossier du patient, que celui-ci suit dans sa seconde structure",
  async function (this: ScenarioWorld) {
    const { patientId, professional } = this;
    const [, second] = this.bench.mocks.annuaire.structuresOf(professional.nationalId);
    if (second === undefined) throw new Error('le professionnel n’exerce pas dans deux structures : une étape manque');
    const structure = second.id;
    const { correspondent } = await this.perform('addCorrespondent', {
      patientId,
      rpps: professional.rpps,
      structure,
    });
    correspondentOf(this).value = correspondent;
    followed.set(this, structure);
  },
);

When("l'utilisateur inscrit ce correspondant au dossier du patient", async function (this: ScenarioWorld) {
  const { patientId, professional } = this;
  const { correspondent } = await this.perform('addCorrespondent', { patientId, rpps: professional.rpps });
  correspondentOf(this).value = correspondent;
});

When("l'utilisateur met ce correspondant à jour", async function (this: ScenarioWorld) {
  const { correspondentId } = correspondentOf(this).value;
  const { correspondent } = await this.perform('refreshCorrespondent', { patientId: this.patientId, correspondentId });
  correspondentOf(this).value = correspondent;
});

Then("le correspondant porte les données de l'annuaire", function (this: ScenarioWorld) {
  const correspondent = correspondentOf(this).value;
  this.captureState('correspondant', 'Le correspondant, tel que le produit le montre', correspondent);
  this.judge(checkDirectoryPerson(directoryCalls(this), correspondent, this.bench.mocks.annuaire), DIRECTORY_RULES);
});

When(
  "l'administrateur règle un chargement de l'annuaire toutes les {int} heures",
  function (this: ScenarioWorld, everyHours: number) {
    return this.settings.adjust({ directoryEveryHours: everyHours });
  },
);

Then('le produit annonce son prochain chargement à la fréquence réglée', async function (this: ScenarioWorld) {
  const { directory } = await this.perform('readState', { what: 'directory' });
  if (directory === undefined)
    throw unverifiable('produit', 'Le produit n’a pas montré son annuaire (readState, « directory »).');
  this.captureState('annuaire', 'Le réglage et les dates de chargement, tels que le produit les montre', directory);
  this.judge(checkDirectorySchedule({ ...directory, everyHours: 12 }, ownCalls(this)), DIRECTORY_RULES);
});
