import { Given, Then, When } from '@cucumber/cucumber';
import {
  checkConsultation,
  checkDmpRequest,
  checkDmpSeries,
  RULES as XDS_RULES,
  type SearchCriteria,
} from '#checks/xds/index.ts';
import { RULES as VIHF_RULES } from '#checks/vihf/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import type { GestureInput, GestureOutput } from '#sut/driver/index.ts';
import { dmpOptions } from './dmp.steps.ts';
import { depositDocuments, depositsOf, type Deposited } from './world/dmp-deposits.ts';
import {
  captureDmpCalls,
  dmpCalls,
  isAccepted,
  Kept,
  nonConform,
  unverifiable,
  type ScenarioWorld,
} from './world/index.ts';

type Found = GestureOutput<'searchDmp'>['documents'][number];
type State = NonNullable<GestureOutput<'readState'>['dmp']>;
type Consent = 'accord' | 'opposition';

export const READING_RULES = [...XDS_RULES, ...VIHF_RULES] as const;
const READINGS = ['TD3.1', 'TD3.2'] as const;

/** What a scenario remembers of the record that it reads. */
class Reading {
  /** Mark of the journal when the patient said his present choice. */
  since: string;
  consent: Consent | 'non-recueilli' = 'non-recueilli';
  criteria: SearchCriteria = {};
  /** Every choice, in order. */
  readonly choices: Consent[] = [];
  readonly found = new Kept<readonly Found[]>('liste de documents du DMP');
  /** What the product said of its last search. */
  message = '';

  constructor(mark: string) {
    this.since = mark;
  }
}

const readings = new WeakMap<ScenarioWorld, Reading>();

export function readingOf(world: ScenarioWorld): Reading {
  const known = readings.get(world) ?? new Reading(world.mark);
  readings.set(world, known);
  return known;
}

/** What the product knows of the record, as its screens show it. */
export async function dmpState(world: ScenarioWorld, name: string, caption: string): Promise<State> {
  const { dmp } = await world.perform('readState', { what: 'dmp', patientId: world.patientId });
  if (dmp === undefined)
    throw unverifiable('produit', 'Le produit n’a pas montré ce qu’il sait du DMP (readState, « dmp »).');
  world.captureState(name, caption, dmp);
  return dmp;
}

export async function dmpTraces(world: ScenarioWorld): Promise<NonNullable<GestureOutput<'readState'>['dmpTraces']>> {
  const { dmpTraces: traces } = await world.perform('readState', { what: 'dmp-traces', patientId: world.patientId });
  if (traces === undefined)
    throw unverifiable('produit', 'Le produit n’a pas montré son journal du DMP (readState, « dmp-traces »).');
  world.captureState('journal-dmp', 'Le journal du DMP, tel que le produit le montre', traces);
  return traces;
}

/** Everything about these calls: each alone, then together. The user asked for each search. */
export function readingFindings(
  world: ScenarioWorld,
  calls: readonly HttpExchange[],
  options: { readonly user?: string; readonly air?: boolean } = {},
): readonly Finding[] {
  const { consent, criteria, since } = readingOf(world);
  const { user, air } = options;
  const recent = new Set(dmpCalls(world, undefined, since).map(({ id }) => id));
  return [
    ...calls.flatMap((call) => checkDmpRequest(call, { ...dmpOptions(world), ...(user && { user }) })),
    ...checkDmpSeries(dmpCalls(world), { searchAsked: true }),
    ...checkConsultation(
      calls.filter(({ id }) => recent.has(id)),
      { agreed: consent === 'accord', criteria, ...(air && { air }) },
    ),
  ];
}

export async function consentTo(world: ScenarioWorld, choice: Consent): Promise<void> {
  const reading = readingOf(world);
  const { message } = await world.perform('recordDmpConsent', { patientId: world.patientId, choice });
  reading.consent = choice;
  reading.choices.push(choice);
  reading.since = world.bench.mocks.journal.mark();
  world.captureState(`choix-${reading.choices.length}`, `Le choix du patient, tel que le produit le dit (${choice})`, {
    choice,
    message,
  });
}

/**
 * Asks for a reading that nothing forbids. When the product refuses it, what its calls did wrong is told first: it is most
 * often the reason.
 */
export async function consult<G extends 'searchDmp' | 'readDmpDocument'>(
  world: ScenarioWorld,
  gesture: G,
  input: GestureInput<G>,
): Promise<GestureOutput<G>> {
  const asked = await world.attempt(gesture, input);
  if (asked.outcome === 'done') return asked.output;
  const calls = dmpCalls(world);
  captureDmpCalls(world, calls);
  // Whatever they did wrong is why nothing could be read.
  world.judgeAll(readingFindings(world, calls), READING_RULES);
  throw nonConform(`Le produit a refusé de consulter le DMP (${gesture}), et l’a dit ainsi : « ${asked.message} »`);
}

export async function search(world: ScenarioWorld, criteria: SearchCriteria, user?: string): Promise<void> {
  const reading = readingOf(world);
  reading.criteria = criteria;
  const { patientId } = world;
  const shown = await consult(world, 'searchDmp', { patientId, criteria, ...(user === undefined ? {} : { user }) });
  world.captureState('liste-dmp', 'La liste des documents du DMP, telle que le produit la montre', shown);
  reading.found.value = shown.documents;
  reading.message = shown.message;
}

Given("trois documents d'autres professionnels dans son DMP", function (this: ScenarioWorld) {
  depositDocuments(this);
});

Given("le patient ne s'oppose pas à la consultation de son DMP", function (this: ScenarioWorld) {
  return consentTo(this, 'accord');
});

Given(
  "le DMP qui répond {string} au test d'existence de ce patient",
  function (this: ScenarioWorld, situation: string) {
    this.bench.mocks.situations.set({ service: 'dmp', about: this.patient.key, situation });
  },
);

When(
  /^l'utilisateur enregistre que le patient (s'oppose|ne s'oppose pas) à la consultation de son DMP$/,
  function (this: ScenarioWorld, said: string) {
    return consentTo(this, said === "s'oppose" ? 'opposition' : 'accord');
  },
);

When("l'utilisateur affiche la liste des documents du DMP", function (this: ScenarioWorld) {
  return search(this, {});
});

When("l'utilisateur ouvre un document de son DMP", async function (this: ScenarioWorld) {
  const [wanted] = depositsOf(this);
  const uniqueId = wanted?.stored.uniqueId ?? '';
  await consult(this, 'readDmpDocument', { patientId: this.patientId, uniqueId, integrate: false });
});

/** Tries both ways of reading: a list, and a document whose number is known. */
export async function tryToRead(world: ScenarioWorld): Promise<{ readonly shown: number; readonly message: string }> {
  const { patientId } = world;
  const uniqueId = depositsOf(world)[0]?.stored.uniqueId ?? '';
  const list = await world.attempt('searchDmp', { patientId, criteria: {} });
  const read = await world.attempt('readDmpDocument', { patientId, uniqueId, integrate: false });
  const told = {
    liste: list.outcome === 'done' ? list.output : { refus: list.message },
    document: read.outcome === 'done' ? read.output : { refus: read.message },
  };
  world.captureState('consultation-tentee', 'Ce que le produit a répondu à qui voulait consulter le DMP', told);
  const message = list.outcome === 'done' ? list.output.message : list.message;
  return { shown: list.outcome === 'done' ? list.output.documents.length : 0, message };
}

When("l'utilisateur tente de consulter le DMP", async function (this: ScenarioWorld) {
  const { message, shown } = await tryToRead(this);
  this.asked.value = { refused: shown === 0, message };
});

Then("le DMP n'a pas été consulté, et le produit en dit la raison", function (this: ScenarioWorld) {
  requireNothingRead(this, this.asked.value);
});

/** Calls since the present choice of the patient hold no reading, and the user knows why. */
function requireNothingRead(
  world: ScenarioWorld,
  asked: { readonly refused: boolean; readonly message: string },
): void {
  const calls = dmpCalls(world, undefined, readingOf(world).since);
  captureDmpCalls(world, calls);
  world.judge(readingFindings(world, calls), READING_RULES);
  const read = calls.filter((call) => dmpCalls(world, READINGS).includes(call));
  world.require(
    read.length === 0,
    `Le produit a consulté le DMP (${read.map(({ operation }) => operation).join(', ')}) alors qu’il ne le devait pas.`,
  );
  world.require(asked.refused, 'Le produit montre des documents du DMP que personne ne pouvait consulter.');
  world.require(
    asked.message.trim() !== '',
    'Le produit ne dit pas à son utilisateur pourquoi le DMP n’est pas consulté.',
  );
}

Then("le DMP a été consulté comme l'exigence le veut", async function (this: ScenarioWorld) {
  // A product that knows where a document is may open it without a search.
  if (dmpCalls(this, READINGS).length === 0) {
    await this.httpExchange({ service: 'dmp', operation: 'TD3.1' }, 'chercher des documents dans le DMP (TD3.1)');
  }
  const calls = dmpCalls(this);
  captureDmpCalls(this, calls);
  this.judge(readingFindings(this, calls), READING_RULES);
  const failed = dmpCalls(this, READINGS).filter((call) => !isAccepted(call));
  this.require(
    failed.length === 0,
    `Le DMP a refusé une consultation : ${failed.map(({ outcome }) => outcome).join(' ; ')}.`,
  );
});

Then(
  "le journal du produit montre le contrôle du droit d'accès, puis la consultation, au nom de son utilisateur",
  async function (this: ScenarioWorld) {
    const traces = await dmpTraces(this);
    const control = traces.findIndex(({ action }) => action === 'TD0.2' || action === 'TD0.4');
    const uniqueId = depositsOf(this)[0]?.stored.uniqueId ?? '';
    const reading = traces.findIndex(
      ({ action, documents = [] }) => action === 'TD3.2' && documents.includes(uniqueId),
    );
    this.require(control >= 0, 'Le journal du produit ne montre pas le contrôle du droit d’accès (TD0.2 ou TD0.4).');
    this.require(reading >= 0, 'Le journal du produit ne montre pas la consultation du document (TD3.2).');
    this.require(control < reading, 'Le journal du produit montre la consultation avant le contrôle du droit d’accès.');
    const nobody = [control, reading].filter((rank) => (traces[rank]?.user ?? '') === '');
    this.require(nobody.length === 0, 'Le journal du produit ne dit pas qui a contrôlé le droit d’accès et consulté.');
  },
);

Then('la liste montre les trois documents, chacun avec ses métadonnées', function (this: ScenarioWorld) {
  requireListed(this, depositsOf(this));
});

export function requireListed(world: ScenarioWorld, wanted: readonly Deposited[]): void {
  const shown = readingOf(world).found.value;
  const ids = (documents: readonly { readonly uniqueId: string }[]): string =>
    documents
      .map(({ uniqueId }) => uniqueId)
      .toSorted()
      .join(', ');
  world.require(
    ids(shown) === ids(wanted.map(({ stored }) => stored)),
    `La liste devait montrer les documents ${ids(wanted.map(({ stored }) => stored)) || '(aucun)'} ; elle montre ${ids(shown) || 'aucun document'}.`,
  );
  for (const { author, createdAt, actAt, stored, title } of wanted) {
    const line = shown.find(({ uniqueId }) => uniqueId === stored.uniqueId);
    const lacking = [
      line?.title === title ? '' : `le titre « ${title} »`,
      line?.typeCode.split('^')[0] === stored.typeCode ? '' : `le type ${stored.typeCode}`,
      holds(line?.author, author.lastName) ? '' : `l’auteur ${author.lastName}`,
      holds(line?.structure, author.structure.name) || holds(line?.structure, author.structure.id)
        ? ''
        : `la structure ${author.structure.name}`,
      [createdAt, actAt].some((at) => line?.date.startsWith(localMinute(at)))
        ? ''
        : `la date ${localMinute(createdAt)} (heure française)`,
    ].filter((one) => one !== '');
    world.require(
      lacking.length === 0,
      `La ligne du document ${stored.uniqueId} ne montre pas ${lacking.join(', ')} : ${JSON.stringify(line)}.`,
    );
  }
}

function holds(text: string | undefined, part: string): boolean {
  return text?.toUpperCase().includes(part.toUpperCase()) === true;
}

const PARIS = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'short' });

/** `YYYY-MM-DDThh:mm` in France (EX_3.1-1070: the user reads local times). */
function localMinute(at: Date): string {
  return PARIS.format(at).replace(' ', 'T');
}

Then("chacun de ces documents s'ouvre", async function (this: ScenarioWorld) {
  const { patientId } = this;
  for (const { stored } of depositsOf(this)) {
    await consult(this, 'readDmpDocument', { patientId, uniqueId: stored.uniqueId, integrate: false });
    const read = dmpCalls(this, ['TD3.2']).filter(
      (call) => isAccepted(call) && call.attribution.documentIds?.includes(stored.uniqueId) === true,
    );
    this.require(
      read.length > 0,
      `Le produit n’a pas lu dans le DMP (TD3.2) le document ${stored.uniqueId} qu’il dit ouvert.`,
    );
  }
  const calls = dmpCalls(this);
  captureDmpCalls(this, calls);
  this.judge(readingFindings(this, calls), READING_RULES);
});

/** Two criteria each, and the titles that they find among the three documents. */
const SEARCHES: Readonly<Record<string, { readonly criteria: SearchCriteria; readonly found: readonly string[] }>> = {
  'le type de document et sa date': {
    criteria: { typeCodes: ['11502-2'], createdFrom: '2025-01-01', createdTo: '2025-12-31' },
    found: ['Bilan de suivi'],
  },
  "le type de document et la date de l'acte": {
    // 20 June, 22:40 UTC, is the 21st in France.
    criteria: { typeCodes: ['11502-2'], actFrom: '2025-06-21', actTo: '2025-06-21' },
    found: ['Bilan de suivi'],
  },
  'la catégorie du document et son auteur': {
    criteria: { classCodes: ['10'], author: 'auteur' },
    found: ['Bilan de suivi'],
  },
  "l'auteur et la date de l'acte": {
    criteria: { author: 'auteur', actFrom: '2025-03-01', actTo: '2025-03-31' },
    found: ['Lettre de liaison après hospitalisation'],
  },
  'la date de soumission et le type de document': {
    criteria: { submittedFrom: '2024-11-01', submittedTo: '2025-03-31', typeCodes: ['11502-2'] },
    found: ["Compte rendu d'examens d'un autre laboratoire"],
  },
};

const wantedTitles = new WeakMap<ScenarioWorld, readonly string[]>();

When(
  /^l'utilisateur cherche dans le DMP en combinant (.+)$/,
  async function (this: ScenarioWorld, combination: string) {
    const asked = SEARCHES[combination];
    if (asked === undefined) throw new Error(`combinaison de critères inconnue : ${combination}`);
    const author = depositsOf(this).find(({ title }) => title === asked.found[0])?.author.lastName ?? '';
    wantedTitles.set(this, asked.found);
    await search(this, { ...asked.criteria, ...(asked.criteria.author === undefined ? {} : { author }) });
  },
);

Then('la liste montre les documents qui répondent aux deux critères, et aucun autre', function (this: ScenarioWorld) {
  const titles = wantedTitles.get(this) ?? [];
  requireListed(
    this,
    depositsOf(this).filter(({ title }) => titles.includes(title)),
  );
});

Then(
  /^le choix du patient est "(accord|opposition)", et le DMP (peut|ne peut pas) être consulté$/,
  async function (this: ScenarioWorld, choice: string, may: string) {
    const rank = readingOf(this).choices.length;
    // The record is left and opened again: what is shown is what was kept.
    await this.perform('readState', { what: 'patient', patientId: this.patientId });
    const { consent } = await dmpState(
      this,
      `dmp-apres-choix-${rank}`,
      `Le choix du patient, une fois le dossier rouvert (n° ${rank})`,
    );
    this.require(consent === choice, `Le produit montre le choix « ${consent} » au lieu de « ${choice} ».`);
    if (may !== 'peut') {
      const { message, shown } = await tryToRead(this);
      requireNothingRead(this, { refused: shown === 0, message });
      return;
    }
    await search(this, {});
    const calls = dmpCalls(this, undefined, readingOf(this).since);
    captureDmpCalls(this, calls);
    this.judge(readingFindings(this, calls), READING_RULES);
    const accepted = dmpCalls(this, ['TD3.1'], readingOf(this).since).filter((call) => isAccepted(call));
    this.require(accepted.length > 0, 'Le patient ne s’oppose plus, et le produit n’a pas cherché dans le DMP.');
  },
);

Then('le journal du produit garde chaque choix, sa date et son auteur', async function (this: ScenarioWorld) {
  const { choices } = readingOf(this);
  const kept = (await dmpTraces(this)).filter(({ action }) => action === 'consentement');
  this.require(
    kept.length >= choices.length,
    `Le journal du produit garde ${kept.length} choix du patient, ${choices.length} ont été enregistrés.`,
  );
  for (const { at, user } of kept) {
    this.require(!Number.isNaN(Date.parse(at)), `Le journal du produit date un choix « ${at} ».`);
    this.require(user !== '', 'Le journal du produit ne dit pas qui a enregistré un choix.');
  }
});
