import { Given, Then, When } from '@cucumber/cucumber';
import { checkDirectoryCalls } from '#checks/annuaire/index.ts';
import type { GestureOutput } from '#sut/driver/index.ts';
import { asksForLoad, judgeImport, judgeSearch, type ScenarioWorld } from './world/index.ts';

/** Words of a feature → what happens to the next answer of the directory. */
const REFUSALS: Readonly<Record<string, string>> = {
  "qui demande d'attendre avant l'appel suivant": '429',
  'indisponible un moment': '503',
};

/** Words of a feature → what happens to the next extraction. */
const DAMAGES: Readonly<Record<string, string>> = {
  'dont des lignes sont illisibles': 'extraction-lignes-abimees',
  "sous d'autres titres de colonnes": 'extraction-colonne-fausse',
  'coupée en son milieu': 'extraction-tronquee',
  'remplacée par une page HTML': 'extraction-html',
};

const NOTHING_LOADED: GestureOutput<'importDirectory'> = {
  read: 0,
  created: 0,
  updated: 0,
  rejected: 0,
  report: 'Le produit a dit que le chargement n’avait pas abouti.',
};

function once(world: ScenarioWorld, table: Readonly<Record<string, string>>, words: string): void {
  const situation = table[words];
  if (situation === undefined) throw new Error(`situation inconnue : ${words}`);
  world.bench.mocks.situations.set({ service: 'annuaire', situation, times: 1 });
}

Given(
  /^l'annuaire (qui demande d'attendre avant l'appel suivant|indisponible un moment)$/,
  function (this: ScenarioWorld, words: string) {
    once(this, REFUSALS, words);
  },
);

for (const asked of [
  /^une extraction (dont des lignes sont illisibles)$/,
  /^l'extraction arrive (sous d'autres titres de colonnes|coupée en son milieu|remplacée par une page HTML)$/,
]) {
  Given(asked, function (this: ScenarioWorld, words: string) {
    once(this, DAMAGES, words);
  });
}

When("l'utilisateur cherche la boîte MSSanté de ce professionnel malgré cela", async function (this: ScenarioWorld) {
  const found = await this.performIfAble('searchMailbox', { rpps: this.professional.rpps });
  this.mailboxSearch = found ?? { mailboxes: [] };
});

When("le produit tente de charger l'extraction de l'annuaire", async function (this: ScenarioWorld) {
  const report = await asksForLoad(this, () => this.performIfAble('importDirectory', {}));
  this.directoryImport = report ?? NOTHING_LOADED;
});

Then("les appels à l'annuaire suivent ce qu'il a demandé", async function (this: ScenarioWorld) {
  await judgeSearch(this);
});

Then("les téléchargements de l'extraction suivent ce que l'annuaire a demandé", async function (this: ScenarioWorld) {
  // A product may leave the file to its next load: only its calls are judged here.
  await judgeImport(this, (calls) => checkDirectoryCalls(calls));
});

Then(
  /^(?:le rapport d'intégration compte les lignes illisibles, et elles seules|le produit n'a rien intégré de cette extraction|l'annuaire n'a pas renvoyé l'extraction que le produit avait déjà)$/,
  async function (this: ScenarioWorld) {
    await judgeImport(this);
  },
);
