import { Given, Then, When } from '@cucumber/cucumber';
import { asksForLoad, judgeImport, judgeSearch, type ScenarioWorld } from './world/index.ts';

When("le produit charge l'extraction de l'annuaire", async function (this: ScenarioWorld) {
  this.directoryImport = await asksForLoad(this, () => this.perform('importDirectory', {}));
});

Then(
  "l'annuaire a livré son extraction et le rapport d'intégration en compte toutes les lignes",
  async function (this: ScenarioWorld) {
    await judgeImport(this);
  },
);

Given("un professionnel de l'annuaire", function (this: ScenarioWorld) {
  this.professional = this.people.professional();
});

When('le produit cherche sa boîte MSSanté', async function (this: ScenarioWorld) {
  this.mailboxSearch = await this.perform('searchMailbox', { rpps: this.professional.rpps });
});

Then(
  "l'annuaire a reçu une recherche conforme et le produit montre la boîte qu'il a renvoyée",
  async function (this: ScenarioWorld) {
    await judgeSearch(this);
    const found = this.mailboxSearch.mailboxes;
    this.require(
      found.some(({ address }) => address.toLowerCase() === this.professional.mailbox.toLowerCase()),
      `Le produit devait montrer la boîte ${this.professional.mailbox} ; il montre ${found.map(({ address }) => address).join(', ') || 'rien'}.`,
    );
  },
);
