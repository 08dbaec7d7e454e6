import { Given, Then, When } from '@cucumber/cucumber';
import {
  checkExport,
  checkHistory,
  openExport,
  RULES as PORTABILITY_RULES,
  type ExpectedReport,
  type ExportedFile,
} from '#checks/portability/index.ts';
import type { GestureOutput } from '#sut/driver/index.ts';
import { ANALYSES } from './reports.steps.ts';
import { keptBy, type ScenarioWorld } from './world/index.ts';

const OLD_YEARS = 15;

interface Reports {
  readonly old: ExpectedReport;
  readonly recent: ExpectedReport;
}

interface Exported {
  readonly files: readonly ExportedFile[];
  readonly documentation: GestureOutput<'exportHistory'>['documentation'];
  readonly years: number;
}

const reports = new WeakMap<ScenarioWorld, Reports>();
const exported = new WeakMap<ScenarioWorld, Exported>();

/** A report kept in the laboratory, as an export may hold it. */
async function validate(world: ScenarioWorld, label: string, date?: string): Promise<ExpectedReport> {
  const { reportId, documents } = await world.perform('validateReport', {
    patientId: world.patientId,
    title: "Compte rendu d'examens biologiques",
    analyses: ANALYSES,
    professionals: [],
    sendToPatient: false,
    sendToDmp: false,
    ...(date === undefined ? {} : { date }),
  });
  return {
    label,
    ids: [reportId, ...documents.map(({ id }) => id)],
    documents: documents.map(({ base64 }) => Buffer.from(base64, 'base64')),
  };
}

Given(
  'un compte rendu de ce patient vieux de quinze ans, et un compte rendu du jour',
  async function (this: ScenarioWorld) {
    const date = `${new Date().getUTCFullYear() - OLD_YEARS}-06-15T10:00:00Z`;
    const old = await validate(this, `le compte rendu du ${date.slice(0, 10)}`, date);
    reports.set(this, { old, recent: await validate(this, 'le compte rendu du jour') });
  },
);

async function exportYears(world: ScenarioWorld, years: number): Promise<void> {
  const { files, documentation } = await world.perform('exportHistory', { years });
  const opened = await openExport(files.map(({ path, base64 }) => ({ path, bytes: Buffer.from(base64, 'base64') })));
  exported.set(world, { files: opened.files, documentation, years });
  world.captureState('export', 'Les fichiers de l’export et ce que sa documentation en dit', {
    profondeur: years,
    documentation,
    fichiers: opened.files.map(({ path, bytes }) => ({ chemin: path, octets: bytes.length })),
    nonOuverts: opened.problems,
  });
  world.require(
    opened.problems.length === 0,
    `L’export a des archives qui ne s’ouvrent pas : ${opened.problems.join(' ; ')}`,
  );
}

When("un administrateur exporte vingt ans d'historique", function (this: ScenarioWorld) {
  return exportYears(this, 20);
});

When("un administrateur exporte un an d'historique", function (this: ScenarioWorld) {
  return exportYears(this, 1);
});

Then(
  "l'export porte chaque donnée de sa documentation, à l'emplacement et au format dits",
  function (this: ScenarioWorld) {
    const { files, documentation } = keptBy(exported, this, 'export');
    const rules = PORTABILITY_RULES.filter(({ id }) => !['PORT-HISTORY', 'PORT-PERIOD'].includes(id));
    this.judge(checkExport({ data: documentation }, files), rules);
  },
);

function judgeHistory(world: ScenarioWorld, wanted: readonly ExpectedReport[], older: readonly ExpectedReport[]): void {
  const { files, years } = keptBy(exported, world, 'export');
  const rules = PORTABILITY_RULES.filter(
    ({ id }) => id === 'PORT-HISTORY' || (id === 'PORT-PERIOD' && older.length > 0),
  );
  world.judge(checkHistory(files, wanted, older, years === 1 ? 'd’un an' : `de ${years} ans`), rules);
}

Then("l'export porte les deux comptes rendus", function (this: ScenarioWorld) {
  const { old, recent } = keptBy(reports, this, 'comptes rendus');
  judgeHistory(this, [old, recent], []);
});

Then("l'export ne porte que le compte rendu du jour", function (this: ScenarioWorld) {
  const { old, recent } = keptBy(reports, this, 'comptes rendus');
  judgeHistory(this, [recent], [old]);
});
