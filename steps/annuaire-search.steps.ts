import { Given, Then, When } from '@cucumber/cucumber';
import { judgeSearch, type ScenarioWorld } from './world/index.ts';

/** How the family names of every professional of the test population begin: more of them than a page gives. */
const SHARED_NAME = 'PROTEST';

/** Answers of a page of the directory (protocols.md §6). */
const PAGE = 50;

Given("un nom que portent plus de professionnels qu'une page n'en donne", function (this: ScenarioWorld) {
  const { professionals } = this.bench.mocks.population;
  const bearers = professionals.filter(({ lastName }) => lastName.startsWith(SHARED_NAME)).length;
  if (bearers <= PAGE) throw new Error(`la population d'essai n'a que ${bearers} professionnels de ce nom`);
});

When('le produit cherche les boîtes des professionnels de ce nom', async function (this: ScenarioWorld) {
  this.mailboxSearch = await this.perform('searchMailbox', { name: SHARED_NAME });
});

Then("l'annuaire a été lu jusqu'à la dernière page", async function (this: ScenarioWorld) {
  await judgeSearch(this);
  const { mailboxes } = this.mailboxSearch;
  this.require(
    mailboxes.length > PAGE,
    `Le produit devait montrer les boîtes de toutes les pages, plus de ${PAGE} ; il en montre ${mailboxes.length}.`,
  );
});

Given("ce professionnel vient de partir de l'annuaire", function (this: ScenarioWorld) {
  const { nationalId } = this.professional;
  this.bench.mocks.situations.set({ service: 'annuaire', about: nationalId, situation: 'depart', times: 1 });
});

When(
  'le produit cherche les boîtes de ce professionnel, par son RPPS puis par son nom',
  async function (this: ScenarioWorld) {
    const { rpps, lastName } = this.professional;
    const byNumber = await this.perform('searchMailbox', { rpps });
    const byName = await this.perform('searchMailbox', { name: lastName });
    this.mailboxSearch = { mailboxes: [...byNumber.mailboxes, ...byName.mailboxes] };
  },
);

Then('le produit ne propose pas la boîte de ce professionnel', async function (this: ScenarioWorld) {
  await judgeSearch(this);
  const { mailboxes } = this.mailboxSearch;
  const { mailbox } = this.professional;
  this.require(
    mailboxes.every(({ address }) => address.toLowerCase() !== mailbox.toLowerCase()),
    `Le produit propose la boîte ${mailbox} d'un professionnel qui n'exerce plus.`,
  );
});
