import { Given, Then, When } from '@cucumber/cucumber';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { dmpState, dmpTraces, consult, readingFindings, READING_RULES } from './dmp-consultation.steps.ts';
import { judgeRefused } from './dmp.steps.ts';
import { sessionOf } from './psc.steps.ts';
import { depositsOf } from './world/dmp-deposits.ts';
import { captureDmpCalls, dmpCalls, isAccepted, Kept, type ScenarioWorld } from './world/index.ts';

/** A user of the product, and what it called in his name. */
interface User {
  readonly user: string;
  readonly nationalId: string;
  /** Marks of the journal around what he did. */
  since: string;
  until: string;
}

/** What a scenario knows of who reads the record. */
class Readers {
  readonly users: User[] = [];
  /** Whether a document was taken into the file already. */
  taken = false;
  readonly integrated = new Kept<{
    readonly alreadyHere: boolean;
    readonly integrated: boolean;
    readonly message: string;
  }>('intégration');
}

const readers = new WeakMap<ScenarioWorld, Readers>();

function readersOf(world: ScenarioWorld): Readers {
  const known = readers.get(world) ?? new Readers();
  readers.set(world, known);
  return known;
}

// Authorisation (DMP/UX.50).

When("l'utilisateur demande l'accès au DMP du patient", async function (this: ScenarioWorld) {
  const told = await this.perform('checkDmpAccess', { patientId: this.patientId });
  this.captureState('acces', "L'accès au DMP, tel que le produit le montre", told);
});

When("l'autorisation de cet utilisateur a expiré", function (this: ScenarioWorld) {
  const [asked] = dmpCalls(this, ['TD0.2']);
  const nationalId = asked?.attribution.professional;
  this.require(
    nationalId !== undefined,
    'Le produit n’a pas testé l’existence du DMP (TD0.2) au nom d’un utilisateur.',
  );
  this.bench.mocks.dmp.registry.setAuthorisation(this.patient.ins, nationalId, 'expiree');
});

Then(
  /^l'autorisation de l'utilisateur a été posée (une|deux) fois, après le test d'existence$/,
  async function (this: ScenarioWorld, word: string) {
    requirePlaced(this, word === 'une' ? 1 : 2);
    const traces = await dmpTraces(this);
    const placed = traces.findIndex(({ action }) => action === 'TD0.3');
    this.require(
      traces.slice(0, Math.max(placed, 0)).some(({ action }) => action === 'TD0.2'),
      'Le journal du produit ne montre pas le test d’existence (TD0.2), puis la pose de l’autorisation (TD0.3).',
    );
  },
);

Then("aucune autorisation n'a été posée", function (this: ScenarioWorld) {
  requirePlaced(this, 0);
});

function requirePlaced(world: ScenarioWorld, count: number): void {
  const calls = dmpCalls(world);
  captureDmpCalls(world, calls);
  world.judge(readingFindings(world, calls), READING_RULES);
  const tests = dmpCalls(world, ['TD0.2']);
  const placed = dmpCalls(world, ['TD0.3']);
  world.require(tests.length > 0, 'Le produit n’a pas testé l’existence du DMP (TD0.2).');
  if (placed.length < count) judgeRefused(world);
  world.require(
    placed.length === count,
    `Le produit a posé l’autorisation de l’utilisateur (TD0.3) ${placed.length} fois au lieu de ${count}.`,
  );
}

// Who calls (DMP/AIRS.06, DMP/PSC.01).

Given(/^un (?:premier|second) utilisateur du produit, inscrit à l'annuaire$/, async function (this: ScenarioWorld) {
  const { firstName, lastName, nationalId, profession } = this.people.professional();
  const { account } = await this.perform('createAccount', { lastName, firstName, profession });
  const { users } = readersOf(this);
  this.captureState(`compte-${users.length + 1}`, `Le compte de l'utilisateur n° ${users.length + 1}`, account);
  users.push({ user: account.user, nationalId, since: '', until: '' });
});

When(
  'ce professionnel, qui a ouvert sa session par Pro Santé Connect, consulte le DMP du patient',
  async function (this: ScenarioWorld) {
    const { user, nationalId } = await sessionOf(this);
    await readAs(this, { user, nationalId, since: '', until: '' });
  },
);

When(
  /^le (premier|second) utilisateur consulte le DMP du patient$/,
  async function (this: ScenarioWorld, which: string) {
    const { users } = readersOf(this);
    const user = users[which === 'premier' ? 0 : 1];
    if (user === undefined) throw new Error(`le scénario n’a pas de ${which} utilisateur`);
    await readAs(this, user);
  },
);

async function readAs(world: ScenarioWorld, user: User): Promise<void> {
  const { journal } = world.bench.mocks;
  const reader = readersOf(world);
  user.since = journal.mark();
  if (!reader.users.includes(user)) reader.users.push(user);
  const uniqueId = depositsOf(world)[0]?.stored.uniqueId ?? '';
  await consult(world, 'readDmpDocument', { patientId: world.patientId, uniqueId, integrate: false, user: user.user });
  user.until = journal.mark();
}

function callsOf(world: ScenarioWorld, { since, until }: User): readonly HttpExchange[] {
  const after = new Set(dmpCalls(world, undefined, until).map(({ id }) => id));
  return dmpCalls(world, undefined, since).filter(({ id }) => !after.has(id));
}

Then(
  /^chaque appel au DMP porte le numéro national (?:de ce|du) (premier utilisateur|second utilisateur|professionnel)$/,
  async function (this: ScenarioWorld, which: string) {
    const user = readersOf(this).users[which === 'second utilisateur' ? 1 : 0];
    if (user === undefined) throw new Error(`le scénario n’a pas de ${which}`);
    const calls = callsOf(this, user);
    // The pieces are the messages of this user alone: each slot asks for those of one of them.
    captureDmpCalls(this, calls);
    this.judge(readingFindings(this, calls, { user: user.nationalId }), READING_RULES);
    const read = calls.filter((call) => dmpCalls(this, ['TD3.1', 'TD3.2']).includes(call) && isAccepted(call));
    this.require(read.length > 0, 'Le produit n’a pas consulté le DMP au nom de cet utilisateur.');
  },
);

Then('le journal du produit montre ce numéro pour la consultation du DMP', async function (this: ScenarioWorld) {
  const nationalId = readersOf(this).users[0]?.nationalId ?? '';
  const traces = await dmpTraces(this);
  this.require(
    traces.some((trace) => trace.action === 'TD3.2' && trace.nationalId === nationalId),
    `Le journal du produit ne montre pas de consultation du DMP (TD3.2) sous le numéro ${nationalId}.`,
  );
});

// Mode AIR (DMP/AIRS.03).

Then(
  "chaque appel de la consultation suit le guide d'intégration, en authentification indirecte renforcée",
  function (this: ScenarioWorld) {
    const calls = dmpCalls(this);
    captureDmpCalls(this, calls);
    this.judgeAll(readingFindings(this, calls, { air: true }), READING_RULES);
    for (const transaction of ['TD0.2', 'TD3.1', 'TD3.2'] as const) {
      this.require(
        dmpCalls(this, [transaction]).length > 0,
        `La consultation n’a pas appelé ${transaction}, que le profil consultation comprend.`,
      );
    }
  },
);

// Documents taken into the file of the patient (DMP/UX.44).

When("l'utilisateur intègre un document de son DMP dans le dossier", function (this: ScenarioWorld) {
  return integrate(this, depositsOf(this)[0]?.stored.uniqueId ?? '', readersOf(this).taken);
});

When(
  "l'utilisateur intègre dans le dossier le compte rendu que le produit a lui-même versé",
  function (this: ScenarioWorld) {
    const own = this.report.documents.find(({ kind }) => kind === 'cda-n1')?.id ?? '';
    return integrate(this, own, true);
  },
);

/** The first time, nothing forbids it; the second time, a product may refuse or say that the document is there. */
async function integrate(world: ScenarioWorld, uniqueId: string, again: boolean): Promise<void> {
  const order = { patientId: world.patientId, uniqueId, integrate: true } as const;
  const reader = readersOf(world);
  if (!again) {
    reader.integrated.value = await consult(world, 'readDmpDocument', order);
    reader.taken = true;
  } else {
    const asked = await world.attempt('readDmpDocument', order);
    reader.integrated.value =
      asked.outcome === 'done' ? asked.output : { alreadyHere: true, integrated: false, message: asked.message };
  }
  world.captureState(
    `integration${again ? '-demandee-a-nouveau' : ''}`,
    "Ce que le produit dit de l'intégration",
    reader.integrated.value,
  );
}

Then(
  "le dossier porte ce document, avec l'auteur, la structure et la date de son origine",
  async function (this: ScenarioWorld) {
    const calls = dmpCalls(this);
    captureDmpCalls(this, calls);
    this.judge(readingFindings(this, calls), READING_RULES);
    this.require(readersOf(this).integrated.value.integrated, 'Le produit dit ne pas avoir intégré le document.');
    const [wanted] = depositsOf(this);
    const { integrated } = await dmpState(
      this,
      'documents-integres',
      'Les documents intégrés, tels que le produit les montre',
    );
    const here = integrated.find(({ uniqueId }) => uniqueId === wanted?.stored.uniqueId);
    this.require(here !== undefined, 'Le dossier ne montre pas le document intégré depuis le DMP.');
    const { author, createdAt, actAt } = wanted ?? depositError();
    const origin = here.origin.toUpperCase();
    const lacking = [
      origin.includes(author.lastName.toUpperCase()) ? '' : `l’auteur ${author.lastName}`,
      origin.includes(author.structure.name.toUpperCase()) || origin.includes(author.structure.id)
        ? ''
        : `la structure ${author.structure.name}`,
      [createdAt, actAt].some((at) => datesOf(at).some((date) => origin.includes(date))) ? '' : 'la date',
    ].filter((one) => one !== '');
    this.require(
      lacking.length === 0,
      `L’origine du document intégré, « ${here.origin} », ne dit pas ${lacking.join(', ')}.`,
    );
  },
);

function depositError(): never {
  throw new Error('le scénario n’a déposé aucun document dans le DMP');
}

/** A date as a screen writes it, in any of the usual ways. */
function datesOf(at: Date): readonly string[] {
  const zone = { timeZone: 'Europe/Paris' } as const;
  return ['sv-SE', 'fr-FR'].map((locale) =>
    new Intl.DateTimeFormat(locale, { ...zone, dateStyle: 'short' }).format(at),
  );
}

Then(
  "le produit dit que ce document est déjà là, et ne l'intègre pas une seconde fois",
  async function (this: ScenarioWorld) {
    const { alreadyHere, integrated, message } = readersOf(this).integrated.value;
    this.require(alreadyHere && !integrated, 'Le produit intègre à nouveau un document qui est déjà dans le dossier.');
    this.require(
      message.trim() !== '',
      'Le produit ne dit pas à son utilisateur que le document est déjà dans le dossier.',
    );
    const { integrated: kept } = await dmpState(
      this,
      'documents-apres',
      'Les documents intégrés, après la seconde demande',
    );
    const twice = kept.filter((one, rank) => kept.findIndex(({ uniqueId }) => uniqueId === one.uniqueId) !== rank);
    this.require(twice.length === 0, `Le dossier porte deux fois le document ${twice[0]?.uniqueId ?? ''}.`);
  },
);

Then('le dossier ne porte aucun document intégré', async function (this: ScenarioWorld) {
  const { integrated } = await dmpState(this, 'documents-apres', 'Les documents intégrés, après la demande');
  this.require(integrated.length === 0, 'Le produit a intégré depuis le DMP un compte rendu qu’il a lui-même produit.');
});

Then('le journal du produit garde chaque demande, sa date et son auteur', async function (this: ScenarioWorld) {
  const uniqueId = depositsOf(this)[0]?.stored.uniqueId ?? '';
  const kept = (await dmpTraces(this)).filter(
    ({ documents = [], user }) => documents.includes(uniqueId) && user !== '',
  );
  const asked = kept.filter(({ action }) => action !== 'TD3.1');
  this.require(
    asked.length >= 2,
    `Le journal du produit garde ${asked.length} demande(s) du document au lieu de deux.`,
  );
});
