import { Given, Then, When } from '@cucumber/cucumber';
import {
  APPLIED,
  assignmentsOf,
  checkLoincExport,
  checkLoincFile,
  checkLoincSet,
  checkManualChange,
  checkOutsideImport,
  checkRightImport,
  checkSeveralImport,
  openLoincFile,
  type Catalogue,
  type Given as GivenCodes,
  type LoincAssignment,
  type LoincSubject,
} from '#checks/loinc/index.ts';
import { parisDay } from '#dsr/dates/index.ts';
import { anotherCode, OUTSIDE, transcode, type TranscodedFile, type Transcoding } from '#mocks/transcoder/index.ts';
import type { GestureOutput } from '#sut/driver/index.ts';
import { keptBy, unverifiable, type ScenarioWorld } from './world/index.ts';

type ExportRank = 1 | 2 | 3;
type ImportRank = 4 | 5 | 6;

interface Exported {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** Day in France before and after the export: it may have been asked for at midnight. */
  readonly days: readonly [before: string, after: string];
}

interface Imported {
  readonly file: TranscodedFile;
  readonly report: GestureOutput<'importLoinc'>;
}

interface Changed {
  readonly given: GivenCodes;
  readonly former: readonly LoincAssignment[];
  readonly at: { readonly before: string; readonly after: string };
}

const exported = new WeakMap<ScenarioWorld, Map<ExportRank, Exported>>();
const returned = new WeakMap<ScenarioWorld, { readonly rank: ImportRank; readonly file: TranscodedFile }>();
const imported = new WeakMap<ScenarioWorld, Imported[]>();
const changed = new WeakMap<ScenarioWorld, readonly Changed[]>();

/** Civil day in France, `YYYY-MM-DD`. */
const today = (): string => parisDay(new Date());

async function catalogueOf(world: ScenarioWorld): Promise<Catalogue> {
  const { catalogue } = await world.perform('readState', { what: 'loinc-catalogue' });
  if (catalogue === undefined)
    throw unverifiable('produit', 'Le produit n’a pas montré son catalogue (readState, « loinc-catalogue »).');
  return catalogue;
}

async function exportFile(world: ScenarioWorld, rank: ExportRank): Promise<Exported> {
  const before = today();
  const { fileName, base64 } = await world.perform('exportLoinc', { file: rank });
  const one: Exported = { fileName, bytes: Buffer.from(base64, 'base64'), days: [before, today()] };
  const all = exported.get(world) ?? new Map<ExportRank, Exported>();
  exported.set(world, all.set(rank, one));
  world.capture({
    name: `loinc-${rank}`,
    extension: '.csv',
    mediaType: 'text/csv',
    bytes: one.bytes,
    caption: `Le fichier LOINC_${rank} que le produit a exporté sous le nom « ${fileName} »`,
  });
  return one;
}

/** The export of the product, judged where it cannot be read. */
function subjectOf(world: ScenarioWorld, rank: ExportRank): LoincSubject | undefined {
  const { fileName, bytes } = exportOf(world, rank);
  const opening = openLoincFile(fileName, bytes, rank);
  if (opening.ok) return opening.subject;
  world.judge(opening.findings, APPLIED.exports);
  return undefined;
}

function exportOf(world: ScenarioWorld, rank: ExportRank): Exported {
  const one = keptBy(exported, world, 'export LOINC').get(rank);
  if (one === undefined) throw new Error(`le fichier LOINC_${rank} n’a pas été exporté : une étape manque`);
  return one;
}

When("l'utilisateur exporte le fichier LOINC {int}", async function (this: ScenarioWorld, rank: number) {
  await exportFile(this, rank as ExportRank);
});

When("l'utilisateur exporte les trois fichiers LOINC", async function (this: ScenarioWorld) {
  for (const rank of [1, 2, 3] as const) await exportFile(this, rank);
});

Then("le fichier LOINC {int} satisfait à l'exigence", async function (this: ScenarioWorld, rank: number) {
  const catalogue = await catalogueOf(this);
  this.captureState('catalogue', 'Le catalogue, tel que le produit le montre', catalogue);
  const subject = subjectOf(this, rank as ExportRank);
  if (subject === undefined) return;
  const { days } = exportOf(this, rank as ExportRank);
  const exportedOn = subject.name?.date === days[1] ? days[1] : days[0];
  this.judge(
    [...checkLoincFile(subject, { trial: true, exportedOn }), ...checkLoincExport(subject, catalogue)],
    APPLIED.export,
  );
});

Then('les codes que les exports se renvoient existent', function (this: ScenarioWorld) {
  const subjects = ([1, 2, 3] as const).flatMap((rank) => subjectOf(this, rank) ?? []);
  this.judge([...checkLoincSet(subjects).values()].flat(), APPLIED.exports);
});

const WAYS: Readonly<Record<string, Transcoding>> = {
  juste: 'juste',
  'avec deux codes pour une analyse': 'codes-multiples',
};

/** The transcoder works on what the product exports: a file that cannot be read has no transcoding. */
async function returnedFile(world: ScenarioWorld, rank: ImportRank, how: Transcoding): Promise<TranscodedFile> {
  const source = (rank - 3) as ExportRank;
  await exportFile(world, source);
  const subject = subjectOf(world, source);
  const wrong = subject && [...checkLoincFile(subject), ...checkLoincExport(subject, await catalogueOf(world))];
  const first = wrong?.find(({ severity }) => severity === 'error');
  if (subject === undefined || first !== undefined) {
    const told = first === undefined ? '' : ` (${first.where} : ${first.received})`;
    // The export answers for requirements of its own.
    throw unverifiable(
      'produit',
      `Le fichier LOINC_${source} exporté n’est pas juste${told} : le transcodeur ne peut pas rendre le sien.`,
    );
  }
  const file = transcode(subject.file, how, today());
  world.capture({
    name: `loinc-${rank}`,
    extension: '.csv',
    mediaType: 'text/csv',
    bytes: file.bytes,
    caption: `Le fichier « ${file.fileName} » que le banc, jouant le transcodeur, a rendu`,
  });
  return file;
}

Given(
  /^le fichier LOINC ([456]) que le transcodeur a rendu, (juste|avec deux codes pour une analyse)$/,
  async function (this: ScenarioWorld, rank: string, way: string) {
    const number = Number(rank) as ImportRank;
    returned.set(this, { rank: number, file: await returnedFile(this, number, WAYS[way] ?? 'juste') });
  },
);

async function importFile(world: ScenarioWorld, rank: ImportRank, file: TranscodedFile): Promise<void> {
  const base64 = Buffer.from(file.bytes).toString('base64');
  const report = await world.perform('importLoinc', { file: rank, fileName: file.fileName, base64 });
  world.captureState(
    `rapport-import-${rank}`,
    `Le rapport d’import de ${file.fileName}, tel que le produit le montre`,
    report,
  );
  imported.set(world, [...(imported.get(world) ?? []), { file, report }]);
}

When("l'utilisateur intègre ce fichier", async function (this: ScenarioWorld) {
  const { rank, file } = keptBy(returned, this, 'fichier rendu par le transcodeur');
  if (rank === 6) formerCodes.set(this, await catalogueOf(this));
  await importFile(this, rank, file);
});

/** The catalogue before an import that must leave something as it was. */
const formerCodes = new WeakMap<ScenarioWorld, Catalogue>();

When(
  "l'utilisateur intègre les trois fichiers du transcodeur, avec des codes hors du circuit de la biologie",
  async function (this: ScenarioWorld) {
    for (const rank of [4, 5, 6] as const) await importFile(this, rank, await returnedFile(this, rank, 'hors-jeu'));
  },
);

async function shownCatalogue(world: ScenarioWorld): Promise<Catalogue> {
  const catalogue = await catalogueOf(world);
  world.captureState('catalogue-apres', 'Le catalogue après l’import, tel que le produit le montre', catalogue);
  return catalogue;
}

Then(
  "le catalogue montre les codes du fichier, et le rapport d'import ne signale rien",
  async function (this: ScenarioWorld) {
    const catalogue = await shownCatalogue(this);
    for (const { file, report } of keptBy(imported, this, 'fichier intégré')) {
      this.judge(checkRightImport(file.given, report, catalogue), APPLIED.rightImport);
    }
  },
);

Then(
  'chaque code hors du circuit est signalé comme une erreur non bloquante, et il est pris',
  async function (this: ScenarioWorld) {
    const catalogue = await shownCatalogue(this);
    for (const { file, report } of keptBy(imported, this, 'fichier intégré')) {
      this.judge(checkOutsideImport(file.given, OUTSIDE, report, catalogue), APPLIED.outsideImport);
    }
  },
);

Then(
  "cette analyse est signalée comme une erreur bloquante, et garde le code qu'elle avait",
  async function (this: ScenarioWorld) {
    const catalogue = await shownCatalogue(this);
    for (const { file, report } of keptBy(imported, this, 'fichier intégré')) {
      this.judge(
        checkSeveralImport(file.given, report, catalogue, keptBy(formerCodes, this, 'catalogue de départ')),
        APPLIED.severalImport,
      );
    }
  },
);

When(
  "l'utilisateur modifie le code LOINC d'un chapitre, d'un sous-chapitre, d'un examen et d'une analyse",
  async function (this: ScenarioWorld) {
    const catalogue = await catalogueOf(this);
    this.captureState(
      'catalogue-avant',
      'Le catalogue avant les modifications, tel que le produit le montre',
      catalogue,
    );
    const done: Changed[] = [];
    for (const { kind, item } of firstOfEach(catalogue)) {
      const former = assignmentsOf(catalogue, { kind, item }) ?? [];
      const { code, label } = anotherCode(
        kind,
        former.map((one) => one.code),
      );
      const before = new Date().toISOString();
      await this.perform('changeLoinc', { kind, item, code, label });
      done.push({
        given: { rank: 6, kind, item, codes: [code] },
        former,
        at: { before, after: new Date().toISOString() },
      });
    }
    changed.set(this, done);
  },
);

/** One element of each kind. */
function firstOfEach(catalogue: Catalogue): readonly Pick<GivenCodes, 'kind' | 'item'>[] {
  const named = (one: { readonly code?: string; readonly label: string } | undefined): string | undefined =>
    one && (one.code ?? one.label);
  const found = [
    ['chapter', named(catalogue.chapters[0])],
    ['subChapter', named(catalogue.chapters.flatMap(({ subChapters }) => subChapters)[0])],
    ['test', named(catalogue.tests[0])],
    ['analysis', named(catalogue.analyses[0])],
  ] as const;
  return found.map(([kind, item]) => {
    if (item !== undefined) return { kind, item };
    throw unverifiable('produit', `Le catalogue du produit n’a aucun élément « ${kind} » dont modifier le code LOINC.`);
  });
}

async function judgeChanges(world: ScenarioWorld): Promise<void> {
  const catalogue = await shownCatalogue(world);
  for (const { given, former, at } of keptBy(changed, world, 'code modifié')) {
    world.judge(checkManualChange(given, former, catalogue, at), APPLIED.change);
  }
}

Then('le catalogue montre chaque code modifié', function (this: ScenarioWorld) {
  return judgeChanges(this);
});

Then('le catalogue montre la date de chaque code modifié', function (this: ScenarioWorld) {
  return judgeChanges(this);
});
