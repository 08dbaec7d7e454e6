import { Given, Then, When } from '@cucumber/cucumber';
import { checkIdentityState, checkInsiExchanges, readInsiAnswer, RULES as INS_RULES } from '#checks/ins/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import type { IdentityStatus } from '#sut/driver/index.ts';
import { captureHttp, type ScenarioWorld } from './world/index.ts';

const SEARCH_BY_TRAITS = 'rechercherInsAvecTraitsIdentite';

Given('INSi en panne pour ce patient avec le défaut {string}', function (this: ScenarioWorld, situation: string) {
  this.bench.mocks.situations.set({ service: 'insi', about: this.patient.key, situation });
});

When('le produit recherche son identité par traits', async function (this: ScenarioWorld) {
  this.search = await this.perform('searchIns', { patientId: this.patientId, mode: 'traits' });
});

Then(
  'INSi a reçu une recherche par traits et répondu {string}',
  async function (this: ScenarioWorld, expected: string) {
    await this.httpExchange({ service: 'insi', operation: SEARCH_BY_TRAITS }, 'appeler INSi par traits');
    const exchanges = insiExchanges(this);
    for (const [index, exchange] of exchanges.entries()) {
      for (const capture of captureHttp(exchange, `insi-${index + 1}`, `Recherche INSi n° ${index + 1}`))
        this.capture(capture);
    }
    const codes = exchanges.map((exchange) => codeOf(exchange));
    this.require(
      codes.at(-1) === expected,
      `INSi devait finir par répondre « ${expected} » ; il a répondu ${codes.map((code) => `« ${code} »`).join(', ')} à ce que le produit a envoyé.`,
    );
  },
);

Then("chaque appel à INSi satisfait à l'exigence", function (this: ScenarioWorld) {
  this.judge(checkInsiExchanges(insiExchanges(this)), INS_RULES);
});

Then(
  "le produit porte le matricule, l'OID, l'historique et les traits renvoyés par INSi",
  async function (this: ScenarioWorld) {
    const state = await this.keepPatientState('fiche-apres', 'La fiche du patient après le retour d’INSi');
    const last = insiExchanges(this).at(-1);
    if (!last?.response) throw new Error('INSi n’a pas répondu');
    this.judge(checkIdentityState(readInsiAnswer(last.response.body), state, { strongDocument: false }), INS_RULES);
  },
);

Then(
  "l'identité reste {string}, sans INS, avec les traits saisis",
  async function (this: ScenarioWorld, status: string) {
    const state = await this.keepPatientState('fiche-apres', 'La fiche du patient après l’appel');
    requireStatus(this, state.status, status);
    this.require(
      state.ins === undefined,
      'Une INS est attachée à l’identité alors qu’INSi n’en a pas rendu d’utilisable.',
    );
    const { birthName, birthDate, sex } = this.patient;
    this.require(
      state.traits.birthName === birthName && state.traits.birthDate === birthDate && state.traits.sex === sex,
      'Les traits saisis ont changé après l’appel à INSi.',
    );
  },
);

Then("l'identité est {string} avec son INS", async function (this: ScenarioWorld, status: string) {
  const state = await this.keepPatientState(`fiche-${status}`, `La fiche du patient, identité « ${status} »`);
  requireStatus(this, state.status, status);
  this.require(
    state.ins === this.patient.ins && state.oid === this.patient.oid,
    `L'identité devait porter l'INS que INSi a rendue, avec son OID ; elle porte ${state.ins ?? 'aucun matricule'} (${state.oid ?? 'sans OID'}).`,
  );
});

Then("l'identité est {string}, sans INS", async function (this: ScenarioWorld, status: string) {
  const state = await this.keepPatientState(`fiche-${status}`, `La fiche du patient, identité « ${status} »`);
  requireStatus(this, state.status, status);
  this.require(state.ins === undefined, 'Une INS est attachée à l’identité sans retour d’INSi.');
});

Then(
  'le journal des appels du produit montre le retour {string} et son auteur',
  async function (this: ScenarioWorld, returned: string) {
    const { calls = [] } = await this.perform('readState', { what: 'insi-calls', patientId: this.patientId });
    this.captureState('journal-des-appels', 'Le journal des appels INSi, tel que le produit le montre', calls);
    const last = calls.at(-1);
    this.require(last !== undefined, 'Le journal des appels INSi du produit est vide pour ce patient.');
    this.require(
      calls.some((call) => call.returned === returned),
      `Le journal des appels ne montre pas le retour « ${returned} » ; il montre ${calls.map((call) => `« ${call.returned} »`).join(', ')}.`,
    );
    this.require(
      calls.every((call) => call.user !== '' && !Number.isNaN(Date.parse(call.at))),
      'Un appel du journal n’a pas d’auteur, ou pas de date et heure.',
    );
  },
);

function insiExchanges(world: ScenarioWorld): readonly HttpExchange[] {
  return world.seen({ service: 'insi' }).filter((exchange): exchange is HttpExchange => exchange.protocol === 'http');
}

function codeOf(exchange: HttpExchange): string {
  return exchange.response ? readInsiAnswer(exchange.response.body).code : 'aucune réponse';
}

function requireStatus(world: ScenarioWorld, status: IdentityStatus, expected: string): void {
  world.require(status === expected, `L'identité devait être « ${expected} », elle est « ${status} ».`);
}
