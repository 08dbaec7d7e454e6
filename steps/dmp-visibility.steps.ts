import { Given, Then, When } from '@cucumber/cucumber';
import { checkAskedConfidentiality, checkTwoCopies, RULES as XDS_RULES, type HiddenCode } from '#checks/xds/index.ts';
import type { Confidentiality, GestureInput } from '#sut/driver/index.ts';
import { judgedFeedings, judgeMessages } from './dmp.steps.ts';
import { ANALYSES } from './reports.steps.ts';
import {
  awaitFeedings,
  captureDmpCalls,
  captureDmpDocuments,
  captureWebDocuments,
  dmpCalls,
  dmpDocuments,
  dmpIdsOf,
  type ScenarioWorld,
} from './world/index.ts';

/** Words of the features → what is asked of the product, and its code in the DMP. */
const HIDDEN = {
  'masqué aux professionnels': { asked: { hiddenFromProfessionals: true }, code: 'MASQUE_PS' },
  'invisible au patient': { asked: { hiddenFromPatient: true }, code: 'INVISIBLE_PATIENT' },
  'invisible aux représentants légaux': {
    asked: { hiddenFromLegalRepresentatives: true },
    code: 'INVISIBLE_REPRESENTANTS_LEGAUX',
  },
} as const satisfies Readonly<Record<string, { asked: Confidentiality; code: HiddenCode }>>;

function choices(words: string): readonly (typeof HIDDEN)[keyof typeof HIDDEN][] {
  if (words === 'visible de tous') return [];
  return words.split(' et ').map((word) => {
    const known = Object.entries(HIDDEN).find(([name]) => name === word)?.[1];
    if (known === undefined) throw new Error(`visibilité inconnue : ${word}`);
    return known;
  });
}

/** « avec la restriction "A" et aucune autre », « avec les restrictions "A, B" et aucune autre », « sans restriction ». */
const RESTRICTIONS =
  /^le DMP (a reçu|porte) les deux documents (?:avec (?:la restriction|les restrictions) "(.+)" et aucune autre|sans restriction)$/;

function codesOf(listed: string | null): readonly HiddenCode[] {
  return (listed === null || listed === undefined ? [] : listed.split(', ')).map((code) => {
    const known = Object.values(HIDDEN).find((one) => one.code === code)?.code;
    if (known === undefined) throw new Error(`restriction inconnue : ${code}`);
    return known;
  });
}

/** What is asked of the product by words as « masqué aux professionnels et invisible aux représentants légaux ». */
export function confidentialityOf(words: string): Confidentiality {
  return Object.assign({}, ...choices(words).map(({ asked }) => asked)) as Confidentiality;
}

function order({ patientId }: ScenarioWorld, words: string): GestureInput<'validateReport'> {
  const confidentiality = confidentialityOf(words);
  return {
    patientId,
    title: "Compte rendu d'examens biologiques",
    analyses: ANALYSES,
    professionals: [],
    sendToPatient: false,
    sendToDmp: true,
    ...(Object.keys(confidentiality).length === 0 ? {} : { confidentiality }),
  };
}

When(
  /^l'utilisateur valide un compte rendu destiné au DMP, (visible de tous|masqué .+|invisible .+)$/,
  async function (this: ScenarioWorld, words: string) {
    this.report = await this.perform('validateReport', order(this, words));
    if (this.report.confidentiality !== undefined)
      this.captureState(
        'visibilite',
        'La visibilité que le produit montre à son utilisateur',
        this.report.confidentiality,
      );
  },
);

Then(RESTRICTIONS, async function (this: ScenarioWorld, what: string, listed: string | null) {
  const codes = codesOf(listed);
  await (what === 'porte' ? judgeHeld(this, codes) : judgeFed(this, codes));
});

async function judgeFed(world: ScenarioWorld, codes: readonly HiddenCode[]): Promise<void> {
  const feedings = await judgedFeedings(world, 2);
  world.judgeAll(checkAskedConfidentiality(feedings, codes), XDS_RULES);
  captureDmpDocuments(world, 'dmp-du-patient', 'Les documents que le DMP simulé tient, avec leur confidentialité');
  await captureWebDocuments(world, 'acces-web', 'La liste des documents dans l’accès web simulé du DMP');
}

When(
  "l'utilisateur tente de valider un compte rendu destiné au DMP, masqué aux professionnels et invisible au patient",
  async function (this: ScenarioWorld) {
    const tried = await this.attempt(
      'validateReport',
      order(this, 'masqué aux professionnels et invisible au patient'),
    );
    const refused = tried.outcome === 'refused';
    this.asked.value = { refused, message: refused ? tried.message : '' };
    this.captureState('choix-interdit', 'Ce que le produit a fait de ce choix', this.asked.value);
  },
);

Then('le produit ne laisse pas partir ce choix', async function (this: ScenarioWorld) {
  const { refused, message } = this.asked.value;
  if (!refused) {
    const feedings = await awaitFeedings(this, 2);
    captureDmpCalls(this, feedings);
    judgeMessages(this, feedings);
  }
  this.require(refused && message.trim() !== '', 'Le produit accepte de cacher un document à tout le monde.');
  this.require(dmpCalls(this, ['TD2.1']).length === 0, 'Le produit a refusé ce choix et alimenté le DMP.');
});

const ACTIONS: Readonly<Record<string, GestureInput<'changeDmpDocument'>['action']>> = {
  masque: 'masquer',
  démasque: 'demasquer',
  'montre au patient': 'montrer-au-patient',
};

When(
  /^l'utilisateur (masque|démasque|montre au patient) ce compte rendu dans le DMP$/,
  async function (this: ScenarioWorld, word: string) {
    const action = ACTIONS[word];
    if (action === undefined) throw new Error(`action inconnue : ${word}`);
    // What is changed must be there.
    await judgedFeedings(this, 2);
    changeMarks.set(this, this.bench.mocks.journal.mark());
    const tried = await this.attempt('changeDmpDocument', { reportId: this.report.reportId, action });
    // A change that the DMP refuses is judged first: why it was refused is in the message.
    const message = tried.outcome === 'done' ? tried.output.message : tried.message;
    this.asked.value = { refused: tried.outcome === 'refused', message };
    this.captureState(`message-${action}`, 'Ce que le produit a dit du changement', this.asked.value);
  },
);

const changeMarks = new WeakMap<ScenarioWorld, string>();

async function judgeHeld(world: ScenarioWorld, codes: readonly HiddenCode[]): Promise<void> {
  const since = changeMarks.get(world) ?? world.mark;
  const ids = dmpIdsOf(world.report);
  const updates = await world.eventually(
    () => Promise.resolve(dmpCalls(world, ['TD3.3'], since)),
    (calls) => calls.length >= ids.length,
  );
  captureDmpCalls(world, updates);
  judgeMessages(world, updates);
  world.judgeAll(checkAskedConfidentiality(updates, codes), XDS_RULES);
  const { refused, message } = world.asked.value;
  world.require(!refused, `Le produit n'a pas changé la visibilité du compte rendu, et l'a dit ainsi : « ${message} »`);
  captureDmpDocuments(world, 'dmp-apres-changement', 'Les documents du DMP après le changement');
  const expected = codes.toSorted().join();
  for (const id of ids) {
    const held = dmpDocuments(world).findLast(({ uniqueId }) => uniqueId === id);
    const found = (held?.confidentiality ?? []).filter((code) => code !== 'N').toSorted();
    world.require(
      found.join() === expected,
      `Le document ${id} devait porter dans le DMP ${shown(codes)} ; il y porte ${shown(found)}.`,
    );
  }
}

const shown = (codes: readonly string[]): string => (codes.length === 0 ? 'aucune restriction' : codes.join(', '));

Given(
  'un produit réglé sur deux exemplaires, patient et professionnel, si le produit les propose',
  function (this: ScenarioWorld) {
    return this.settings.adjustIfProposed(
      { reportVersions: 'professionnelle-et-patient' },
      'deux exemplaires du compte rendu',
    );
  },
);

Then(
  "le DMP a reçu l'exemplaire des professionnels et celui du patient, chacun caché à ceux qui ont l'autre",
  async function (this: ScenarioWorld) {
    const documents = this.report.documents.filter(({ kind }) => kind === 'cda-n3' || kind === 'cda-n1');
    const copies = {
      patient: documents.filter(({ audience }) => audience === 'patient').map(({ id }) => id),
      professionnel: documents.filter(({ audience }) => audience === 'professionnel').map(({ id }) => id),
    };
    for (const [audience, ids] of Object.entries(copies)) {
      this.require(
        ids.length === 2,
        `L'exemplaire « ${audience} » devait compter un CDA N3 et un CDA N1 ; le produit en a rendu ${ids.length}.`,
      );
    }
    const feedings = await judgedFeedings(this, 4);
    this.judgeAll(checkTwoCopies(feedings, copies), XDS_RULES);
    captureDmpDocuments(this, 'dmp-du-patient', 'Les quatre documents que le DMP simulé tient pour ce patient');
  },
);
