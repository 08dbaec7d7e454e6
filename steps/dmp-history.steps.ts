import { Given, Then, When } from '@cucumber/cucumber';
import { checkHistoryFeeding, checkHistoryRate, RULES as XDS_RULES, type HistoryOptions } from '#checks/xds/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import type { GestureInput, GestureOutput } from '#sut/driver/index.ts';
import { judgeRefused } from './dmp.steps.ts';
import { dmpState } from './dmp-consultation.steps.ts';
import { typed } from './patients.steps.ts';
import { ANALYSES } from './reports.steps.ts';
import {
  awaitFeedings,
  captureDmpCalls,
  captureDmpDocuments,
  dmpCalls,
  dmpDocuments,
  dmpIdsOf,
  isAccepted,
  Kept,
  type ScenarioWorld,
} from './world/index.ts';

type Report = GestureOutput<'validateReport'>;
type Line = GestureOutput<'feedHistory'>['documents'][number];

/** A report of the past, as it was validated. */
interface Past {
  readonly report: Report;
  /** Instant of the act. */
  readonly at: string;
}

/** What a scenario knows of the past of its patient. */
class History {
  readonly reports: Past[] = [];
  /** Answers to the feedings that were asked, the last one last. */
  readonly told = new Kept<readonly Line[]>('reprise de l’historique');
  author: GestureInput<'validateReport'>['author'];
  /** Mark of the journal at the last feeding asked. */
  since = '';
}

const histories = new WeakMap<ScenarioWorld, History>();

function historyOf(world: ScenarioWorld): History {
  const known = histories.get(world) ?? new History();
  histories.set(world, known);
  return known;
}

/** Days of the acts, oldest first; every scenario takes as many as it wants. */
const DAYS = ['2022-03-04', '2022-05-18', '2022-09-27', '2023-01-12', '2023-06-30'] as const;
const WHOLE = { from: '2022-01-01', to: '2023-12-31' } as const;
/** Somebody whom no directory knows any more. */
const GONE = { lastName: 'PATTEST-PARTIE', firstName: 'NADEGE', profession: '10' } as const;

async function validatePast(world: ScenarioWorld, days: readonly string[], sendToDmp = false): Promise<void> {
  const history = historyOf(world);
  for (const day of days) {
    const at = `${day}T09:30:00+01:00`;
    const report = await world.perform('validateReport', {
      patientId: world.patientId,
      title: `Compte rendu d'examens biologiques du ${day}`,
      analyses: ANALYSES,
      professionals: [],
      sendToPatient: false,
      sendToDmp,
      date: at,
      ...(history.author === undefined ? {} : { author: history.author }),
    });
    history.reports.push({ report, at });
  }
}

async function feed(world: ScenarioWorld, order: Omit<GestureInput<'feedHistory'>, 'patientId'>): Promise<void> {
  const history = historyOf(world);
  history.since = world.bench.mocks.journal.mark();
  const asked = await world.attempt('feedHistory', { patientId: world.patientId, ...order });
  const lines = asked.outcome === 'done' ? asked.output.documents : [];
  world.captureState(
    'reprise',
    'Ce que le produit dit de la reprise',
    asked.outcome === 'done' ? lines : { refus: asked.message },
  );
  history.told.value = lines;
}

Given("un patient décédé, dont l'identité est qualifiée dans le produit", async function (this: ScenarioWorld) {
  this.patient = this.people.patient('decede');
  const { patientId } = await this.perform('registerPatient', { traits: typed(this.patient), deceased: true });
  this.patientId = patientId;
  await this.perform('searchIns', { patientId, mode: 'traits' });
  await this.perform('validateIdentity', { patientId, document: 'carte-identite' });
  await this.keepPatientState('fiche-avant', 'La fiche du patient décédé');
});

Given(
  /^(un|deux|trois|cinq) comptes? rendus? anciens? de ce patient, jamais envoyés? au DMP$/,
  function (this: ScenarioWorld, word: string) {
    const count = { un: 1, deux: 2, trois: 3, cinq: 5 }[word] ?? 0;
    return validatePast(this, DAYS.slice(0, count));
  },
);

Given(
  "un compte rendu ancien de ce patient, dont l'auteur n'est plus au RPPS, jamais envoyé au DMP",
  function (this: ScenarioWorld) {
    historyOf(this).author = GONE;
    return validatePast(this, DAYS.slice(0, 1));
  },
);

Given(
  'la vitesse de la reprise réglée à {int} alimentations par seconde',
  function (this: ScenarioWorld, rate: number) {
    return this.settings.adjust({ dmpHistoryRate: rate });
  },
);

Given("l'alimentation du DMP bloquée pour ce patient", async function (this: ScenarioWorld) {
  await this.perform('blockDmp', { patientId: this.patientId, on: true });
});

When("l'utilisateur reprend tous les documents anciens de ce patient", function (this: ScenarioWorld) {
  return feed(this, WHOLE);
});

When("l'utilisateur choisit le premier de ces comptes rendus et l'envoie au DMP", function (this: ScenarioWorld) {
  const { reportId } = reportAt(this, 0).report;
  return feed(this, { ...WHOLE, reportIds: [reportId] });
});

When(
  "l'utilisateur reprend les documents du {word} au {word}",
  function (this: ScenarioWorld, from: string, to: string) {
    return feed(this, { from, to });
  },
);

When("l'utilisateur reprend les documents du seul type {string}", function (this: ScenarioWorld, type: string) {
  return feed(this, { ...WHOLE, kinds: [type] });
});

function reportAt(world: ScenarioWorld, rank: number): Past {
  const past = historyOf(world).reports[rank];
  if (past === undefined) throw new Error(`le scénario n’a pas de compte rendu ancien n° ${rank + 1}`);
  return past;
}

/**
 * Feedings of these reports, judged as documents of the past. A product may make the documents again on the day of the
 * feeding, under other numbers: what it shows as fed tells which report each is of, and the order does where it shows none.
 */
async function fedReports(
  world: ScenarioWorld,
  wanted: readonly Past[],
  options: Partial<HistoryOptions> = {},
): Promise<void> {
  const { reports, since } = historyOf(world);
  const count = wanted.reduce((sum, { report }) => sum + dmpIdsOf(report).length, 0);
  const calls = await awaitFeedings(world, count, since);
  captureDmpCalls(world, dmpCalls(world));
  captureDmpDocuments(world, 'dmp-du-patient', 'Les documents que le DMP simulé tient pour ce patient');
  const { fed } = await dmpState(world, 'documents-verses', 'Les documents que le produit montre comme versés au DMP');
  const accepted = calls
    .filter((call) => isAccepted(call))
    .map((call, rank) => {
      const shown = fed.find(({ uniqueId }) => call.attribution.documentIds?.includes(uniqueId) === true);
      const known = reports.find(({ report }) => report.reportId === shown?.reportId);
      return { call, past: known ?? wanted[Math.floor((rank * wanted.length) / count)] };
    });
  world.judge(
    accepted.flatMap(({ call, past }) =>
      past === undefined ? [] : checkHistoryFeeding(call, { actAt: new Date(past.at), ...options }),
    ),
    XDS_RULES,
  );
  for (const past of reports) {
    const sent = accepted.filter((one) => one.past === past).length;
    const expected = wanted.includes(past) ? dmpIdsOf(past.report).length : 0;
    if (sent < expected) judgeRefused(world, since);
    world.require(
      sent === expected,
      `Le compte rendu du ${past.at.slice(0, 10)} a été versé dans le DMP en ${sent} document(s) au lieu de ${expected}.`,
    );
  }
}

Then('le DMP a reçu ces comptes rendus', function (this: ScenarioWorld) {
  return fedReports(this, historyOf(this).reports);
});

Then('le DMP a reçu le premier de ces comptes rendus seul', function (this: ScenarioWorld) {
  return fedReports(this, [reportAt(this, 0)]);
});

Then('le DMP a reçu le deuxième de ces comptes rendus seul', function (this: ScenarioWorld) {
  return fedReports(this, [reportAt(this, 1)]);
});

Then("le DMP l'a reçu avec son auteur d'origine et la structure pour auteurs", function (this: ScenarioWorld) {
  return fedReports(this, historyOf(this).reports, { author: GONE, authorGone: true });
});

Then("aucun document n'est versé dans le DMP, et le produit en dit la raison", function (this: ScenarioWorld) {
  const history = historyOf(this);
  const calls = dmpCalls(this, ['TD2.1'], history.since);
  captureDmpCalls(this, dmpCalls(this));
  this.require(calls.length === 0, `Le produit a alimenté le DMP ${calls.length} fois alors qu’il ne le devait pas.`);
  const silent = history.told.value.filter(({ message, state }) => state === 'transmis' || message.trim() === '');
  this.require(
    silent.length === 0,
    `Le produit dit transmis, ou laisse sans raison, ${silent.map(({ reportId }) => reportId).join(', ')}.`,
  );
  this.watch(
    { service: 'dmp', about: this.patient.key, operation: 'TD2.1', since: history.since },
    'Le produit a alimenté le DMP d’un patient que la reprise devait laisser.',
  );
});

Then("la reprise n'a pas dépassé {int} alimentations par seconde", function (this: ScenarioWorld, rate: number) {
  // The limit is that of the whole product: whoever it feeds for.
  const feedings = this.seen({ service: 'dmp', since: historyOf(this).since }).filter(
    (exchange): exchange is HttpExchange => exchange.protocol === 'http',
  );
  this.judge(checkHistoryRate(feedings, rate), XDS_RULES);
});

Then(
  'le produit montre dans le DMP les documents que le DMP a acceptés, et eux seuls',
  async function (this: ScenarioWorld) {
    const held = dmpDocuments(this)
      .filter(({ status }) => status === 'Approved')
      .map(({ uniqueId }) => uniqueId);
    captureDmpDocuments(this, 'dmp-du-patient', 'Les documents que le DMP simulé tient pour ce patient');
    const { fed } = await dmpState(this, 'documents-verses', 'Les documents que le produit montre comme versés au DMP');
    const shown = fed.filter(({ status }) => status === 'actif').map(({ uniqueId }) => uniqueId);
    const missing = held.filter((id) => !shown.includes(id));
    const wrong = shown.filter((id) => !held.includes(id));
    this.require(
      missing.length === 0,
      `Le produit ne montre pas que le DMP a accepté les documents ${missing.join(', ')}.`,
    );
    this.require(
      wrong.length === 0,
      `Le produit montre comme versés des documents que le DMP n’a pas : ${wrong.join(', ')}.`,
    );
  },
);
