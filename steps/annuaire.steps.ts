import { Given, Then, When } from '@cucumber/cucumber';
import { checkDirectoryImport, checkDirectorySearch, RULES as DIRECTORY_RULES } from '#checks/annuaire/index.ts';
import { asksForLoad, captureDirectoryCalls, directoryCalls, type ScenarioWorld } from './world/index.ts';

When("le produit charge l'extraction de l'annuaire", async function (this: ScenarioWorld) {
  this.directoryImport = await asksForLoad(this, () => this.perform('importDirectory', {}));
});

Then(
  "l'annuaire a livré son extraction et le rapport d'intégration en compte toutes les lignes",
  async function (this: ScenarioWorld) {
    await this.httpExchange({ service: 'annuaire' }, 'télécharger l’extraction de l’annuaire');
    const report = this.directoryImport;
    this.captureState('rapport-integration', 'Le rapport d’intégration, tel que le produit le montre', report);
    this.judge(checkDirectoryImport(directoryCalls(this), report, this.bench.mocks.annuaire), DIRECTORY_RULES);
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
    await this.httpExchange({ service: 'annuaire' }, 'interroger l’annuaire');
    captureDirectoryCalls(this);
    const found = this.mailboxSearch.mailboxes;
    this.captureState('boites-trouvees', 'Les boîtes que le produit montre', found);
    this.judge(checkDirectorySearch(directoryCalls(this), found), DIRECTORY_RULES);
    this.require(
      found.some(({ address }) => address.toLowerCase() === this.professional.mailbox.toLowerCase()),
      `Le produit devait montrer la boîte ${this.professional.mailbox} ; il montre ${found.map(({ address }) => address).join(', ') || 'rien'}.`,
    );
  },
);
