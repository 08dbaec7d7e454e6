import { Given, Then, When } from '@cucumber/cucumber';
import {
  CALL_RULES,
  CALL_TRACE_RULES,
  checkCallTraces,
  checkIdentityState,
  checkInsiExchanges,
  checkInsiFailure,
  FAILURE_RULES,
  isAlertUnread,
  STATE_RULES,
  traitsText,
} from '#checks/ins/index.ts';
import type { GestureInput, IdentityStatus } from '#sut/driver/index.ts';
import { statusNamed } from './patients.steps.ts';
import {
  actedBy,
  awaitInsiCall,
  captureCalls,
  codeOf,
  insiAnswer,
  insiExchanges,
  isWrongCertificate,
  seenCall,
  unverifiable,
  type ScenarioWorld,
} from './world/index.ts';

type Search = GestureInput<'searchIns'>;

/** Word of a feature → operation of the téléservice, as the journal names it. */
const SEARCHES: Readonly<Record<string, { readonly mode: Search['mode']; readonly operation: string }>> = {
  traits: { mode: 'traits', operation: 'rechercherInsAvecTraitsIdentite' },
  'carte Vitale': { mode: 'vitale', operation: 'rechercherInsAvecCarteVitale' },
};

const AUTHENTICATIONS: Readonly<Record<string, 'cpx' | 'organisation'>> = {
  "la carte CPx de l'utilisateur": 'cpx',
  "le certificat d'organisation": 'organisation',
};

Given('INSi en panne pour ce patient avec le défaut {string}', function (this: ScenarioWorld, situation: string) {
  this.bench.mocks.situations.set({ service: 'insi', about: this.patient.key, situation });
});

Given('INSi muet pour ce patient pendant {int} secondes', function (this: ScenarioWorld, seconds: number) {
  this.bench.mocks.situations.set({
    service: 'insi',
    about: this.patient.key,
    situation: 'latence',
    times: 1,
    parameters: { delayMs: seconds * 1000 },
  });
});

When(/^le produit recherche son identité par (traits|carte Vitale)$/, async function (this: ScenarioWorld, by: string) {
  await search(this, by);
});

When(
  /^le produit recherche son identité par (traits|carte Vitale), authentifié par (.+)$/,
  async function (this: ScenarioWorld, by: string, means: string) {
    const authentication = AUTHENTICATIONS[means];
    if (authentication === undefined) throw new Error(`authentification inconnue : ${means}`);
    await search(this, by, authentication);
  },
);

async function search(world: ScenarioWorld, by: string, authentication?: 'cpx' | 'organisation'): Promise<void> {
  const mode = SEARCHES[by]?.mode ?? 'traits';
  world.insiOptions = {
    ...world.insiOptions,
    asked: (world.insiOptions.asked ?? 0) + 1,
    identities: [...(world.insiOptions.identities ?? []), { traits: world.before.value.traits }],
    ...(mode === 'vitale' ? { card: world.patient.card } : {}),
    ...(authentication === undefined ? {} : { authentication }),
  };
  const called = insiExchanges(world).length;
  const tried = await world.attempt('searchIns', {
    patientId: world.patientId,
    mode,
    ...(mode === 'vitale' ? { card: world.patient.card } : {}),
    ...(authentication === undefined ? {} : { authentication }),
  });
  // A product may tell as a refusal that it called and takes nothing from the answer: that is a message to its user.
  world.require(
    tried.outcome === 'done' || insiExchanges(world).length > called,
    `Le produit a refusé d'appeler INSi, et l'a dit ainsi : « ${tried.outcome === 'refused' ? tried.message : ''} »`,
  );
  world.search =
    tried.outcome === 'done' ? tried.output : { status: world.before.value.status, message: tried.message };
}

When("l'utilisateur tente d'appeler INSi pour cette identité", async function (this: ScenarioWorld) {
  const tried = await this.attempt('searchIns', { patientId: this.patientId, mode: 'traits' });
  this.asked.value =
    tried.outcome === 'refused'
      ? { refused: true, message: tried.message }
      : { refused: false, message: tried.output.message };
  this.captureState('tentative', 'Ce que le produit a répondu à l’appel demandé', this.asked.value);
});

Then(
  /^INSi a reçu une recherche par (traits|carte Vitale) et répondu "([^"]+)"$/,
  async function (this: ScenarioWorld, by: string, expected: string) {
    const operation = SEARCHES[by]?.operation ?? '';
    await awaitInsiCall(this, { operation }, `appeler INSi par ${by}`);
    const exchanges = insiExchanges(this);
    captureCalls(this);
    const codes = exchanges.map((exchange) => codeOf(exchange, this));
    if (codes.at(-1) === expected) return;
    const answered = codes.map((code) => `« ${code} »`).join(', ');
    const said = exchanges.at(-1)?.outcome ?? '';
    const message = `INSi devait finir par répondre « ${expected} » ; il a répondu ${answered} à ce que le produit a envoyé.${said === '' ? '' : `\nCe que le banc a vu : ${said}`}`;
    // A certificate of another name is the vendor's configuration: nothing of the product itself was seen.
    if (isWrongCertificate(exchanges.at(-1))) throw unverifiable('configuration', message);
    this.require(false, message);
  },
);

Then(
  /^INSi a reçu une recherche par (traits|carte Vitale), restée sans réponse utilisable$/,
  async function (this: ScenarioWorld, by: string) {
    const operation = SEARCHES[by]?.operation ?? '';
    await awaitInsiCall(this, { operation }, `appeler INSi par ${by}`);
    captureCalls(this);
  },
);

Then("chaque appel à INSi satisfait à l'exigence", async function (this: ScenarioWorld) {
  await awaitInsiCall(this, {}, 'appeler INSi');
  captureCalls(this);
  this.judge(checkInsiExchanges(insiExchanges(this), this.insiOptions), CALL_RULES);
});

Then(
  "le produit porte le matricule, l'OID, l'historique et les traits renvoyés par INSi",
  async function (this: ScenarioWorld) {
    await judgeState(this, 'La fiche du patient après le retour d’INSi');
  },
);

Then("le produit a traité le retour d'INSi comme l'exigence le demande", async function (this: ScenarioWorld) {
  await judgeState(this, 'La fiche du patient après le retour d’INSi');
});

async function judgeState(world: ScenarioWorld, caption: string): Promise<void> {
  const state = await world.keepPatientState('fiche-apres', caption);
  const answer = insiAnswer(insiExchanges(world).at(-1), world);
  const { strongDocument } = world;
  const { message, returnCode, alerts } = world.search;
  world.captureState('message', 'Ce que le produit a montré à son utilisateur', { message, returnCode, alerts });
  const context = {
    before: world.before.value,
    strongDocument,
    message,
    ...(alerts === undefined ? {} : { alerts }),
  };
  world.judge(checkIdentityState(answer, state, context), STATE_RULES);
  if (isAlertUnread(answer, state, context) && world.requirements.includes('INS/va1.51')) world.review(ALERT_UNREAD);
}

const ALERT_UNREAD =
  'Le produit a montré un message au retour d’INSi, sans dire sur quel champ porte son alerte (« alerts » de searchIns) : vérifiez à l’écran qu’il signale que le premier prénom saisi n’ouvre pas la liste renvoyée.';

Then(
  "le produit dit l'échec, le trace, laisse l'identité inchangée et le circuit local ouvert",
  async function (this: ScenarioWorld) {
    const after = await this.keepPatientState('fiche-apres', 'La fiche du patient après l’appel');
    const { calls = [] } = await this.perform('readState', { what: 'insi-calls', patientId: this.patientId });
    this.captureState('journal-des-appels', 'Le journal des appels INSi, tel que le produit le montre', calls);
    // Whatever kept the product from it is its own circuit being shut.
    const { outcome } = await this.bench.sut.validateIdentity({
      patientId: this.patientId,
      document: 'carte-identite',
    });
    const { message, returnCode } = this.search;
    this.captureState('message', 'Ce que le produit a montré à son utilisateur', { message, returnCode });
    this.judge(
      checkInsiFailure({
        answer: insiAnswer(insiExchanges(this).at(-1), this),
        before: this.before.value,
        after,
        message,
        ...(returnCode === undefined ? {} : { returnCode }),
        traces: calls,
        ...(outcome === 'unsupported' ? {} : { localFlow: outcome === 'done' }),
      }),
      FAILURE_RULES,
    );
  },
);

Then(
  "l'utilisateur est alerté que le premier prénom saisi n'ouvre pas la liste renvoyée",
  async function (this: ScenarioWorld) {
    await judgeState(this, 'La fiche du patient après le retour d’INSi');
    this.require(this.search.message.trim() !== '', 'Le produit n’a rien dit à son utilisateur du retour d’INSi.');
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
    const typed = traitsText(this.before.value.traits);
    const kept = traitsText(state.traits);
    this.require(
      kept === typed,
      `Les traits saisis ont changé après l'appel à INSi : « ${typed} » est devenu « ${kept} ».`,
    );
  },
);

Then("l'identité est {string} avec son INS", async function (this: ScenarioWorld, status: string) {
  const state = await this.keepPatientState(`fiche-${statusNamed(status)}`, `La fiche, identité « ${status} »`);
  requireStatus(this, state.status, status);
  this.require(
    state.ins === this.patient.ins && state.oid === this.patient.oid,
    `L'identité devait porter l'INS que INSi a rendue, avec son OID ; elle porte ${state.ins ?? 'aucun matricule'} (${state.oid ?? 'sans OID'}).`,
  );
});

Then("l'identité est {string}, sans INS", async function (this: ScenarioWorld, status: string) {
  const state = await this.keepPatientState(`fiche-${statusNamed(status)}`, `La fiche, identité « ${status} »`);
  requireStatus(this, state.status, status);
  this.require(state.ins === undefined, 'Une INS est attachée à l’identité sans retour d’INSi.');
});

Then(
  'le journal des appels du produit montre le retour {string} et son auteur',
  async function (this: ScenarioWorld, returned: string) {
    await judgeCallTraces(this);
    this.require(
      insiExchanges(this).some((exchange) => codeOf(exchange, this) === returned),
      `Aucun appel de ce scénario n'a reçu le retour « ${returned} ».`,
    );
  },
);

Then('le journal des appels du produit montre chaque appel avec son retour', async function (this: ScenarioWorld) {
  await judgeCallTraces(this);
});

async function judgeCallTraces(world: ScenarioWorld): Promise<void> {
  const { calls = [] } = await world.perform('readState', { what: 'insi-calls', patientId: world.patientId });
  world.captureState('journal-des-appels', 'Le journal des appels INSi, tel que le produit le montre', calls);
  world.judge(
    checkCallTraces(
      calls,
      insiExchanges(world).map((exchange) => seenCall(exchange, world)),
    ),
    CALL_TRACE_RULES,
  );
}

When(
  "l'utilisateur {string} recherche l'identité du patient par traits",
  async function (this: ScenarioWorld, user: string) {
    await searchAs(this, user);
  },
);

Then('le journal des appels du produit nomme les deux utilisateurs', async function (this: ScenarioWorld) {
  await judgeCallers(this);
});

/** A search by traits at the request of this user, whom the journal must then name. */
export async function searchAs(world: ScenarioWorld, user: string): Promise<void> {
  world.callers.push(user);
  world.search = await world.perform('searchIns', { patientId: world.patientId, mode: 'traits', user });
  actedBy(world, world.search.status, user);
}

/** The journal of calls names each of those who called. */
export async function judgeCallers(world: ScenarioWorld): Promise<void> {
  const { calls = [] } = await world.perform('readState', { what: 'insi-calls', patientId: world.patientId });
  world.captureState('journal-des-appels', 'Le journal des appels INSi, avec leurs auteurs', calls);
  captureCalls(world);
  const seen = insiExchanges(world).map((exchange) => seenCall(exchange, world));
  const named = seen.map((call, index) => ({ ...call, user: world.callers[index] ?? '' }));
  world.judge(checkCallTraces(calls, seen.length === world.callers.length ? named : seen), CALL_TRACE_RULES);
  const authors = new Set(calls.map((call) => call.user));
  const missing = world.callers.filter((user) => !authors.has(user));
  world.require(missing.length === 0, `Le journal des appels INSi ne nomme pas : ${missing.join(', ')}.`);
}

Then("INSi n'a reçu aucun appel pour ce patient", function (this: ScenarioWorld) {
  const calls = insiExchanges(this);
  captureCalls(this);
  this.require(calls.length === 0, `INSi a reçu ${calls.length} appel(s) de ce produit.`);
});

function requireStatus(world: ScenarioWorld, status: IdentityStatus, expected: string): void {
  world.require(status === statusNamed(expected), `L'identité devait être « ${expected} », elle est « ${status} ».`);
}
