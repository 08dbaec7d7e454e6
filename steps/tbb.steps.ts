import { Given, Then, When } from '@cucumber/cucumber';
import {
  checkGrowth,
  checkOtherStructure,
  checkPeriod,
  RULES as TBB_RULES,
  type Figures,
  type IdentityCounts,
} from '#checks/tbb/index.ts';
import type { DashboardPeriod, DashboardState, GestureInput } from '#sut/driver/index.ts';
import { registerAs } from './patients.steps.ts';
import { ANALYSES } from './reports.steps.ts';
import { unverifiable, type ScenarioWorld } from './world/index.ts';

const PERIODS = ['mois-courant', 'annee-courante', 'annee-precedente'] as const satisfies readonly DashboardPeriod[];

type Readings = Readonly<Record<DashboardPeriod, DashboardState>>;
type Recipients = Pick<GestureInput<'validateReport'>, 'professionals' | 'sendToPatient' | 'sendToDmp'>;

/** What a scenario did, for the figures. */
interface Counted {
  before: Readings;
  readonly grown: Record<DashboardPeriod, Figures>;
  readonly patients: { readonly id: string; readonly qualified: boolean }[];
}

const counted = new WeakMap<ScenarioWorld, Counted>();
const registered = new WeakMap<ScenarioWorld, Counted['patients']>();

function countedOf(world: ScenarioWorld): Counted {
  const known = counted.get(world);
  if (known === undefined) throw new Error('le tableau de bord n’a pas été relevé : une étape manque avant celle-ci');
  return known;
}

async function read(world: ScenarioWorld, period: DashboardPeriod, finess: string): Promise<DashboardState> {
  const { dashboard } = await world.perform('readState', { what: 'dashboard', period, finess });
  if (dashboard === undefined)
    throw unverifiable('produit', 'Le produit n’a pas montré son tableau de bord (readState, « dashboard »).');
  return dashboard;
}

async function readAll(world: ScenarioWorld): Promise<Readings> {
  const { finess } = world.bench.mocks.population.laboratory;
  const readings = new Map<DashboardPeriod, DashboardState>();
  for (const period of PERIODS) readings.set(period, await read(world, period, finess));
  return Object.fromEntries(readings) as Readings;
}

Given(
  'trois patients enregistrés dans le produit, deux identités qualifiées et une récupérée, et un professionnel correspondant',
  async function (this: ScenarioWorld) {
    const patients: Counted['patients'] = [];
    for (const status of ['qualifiee', 'qualifiee', 'recuperee'] as const) {
      this.patient = this.people.patient('nominal');
      await registerAs(this, status);
      patients.push({ id: this.patientId, qualified: status === 'qualifiee' });
    }
    this.professional = this.people.professional();
    registered.set(this, patients);
  },
);

Given('le tableau de bord du laboratoire relevé', async function (this: ScenarioWorld) {
  const before = await readAll(this);
  this.captureState('tableau-avant', 'Le tableau de bord avant le scénario, pour chaque période', before);
  counted.set(this, {
    before,
    grown: { 'mois-courant': none(), 'annee-courante': none(), 'annee-precedente': none() },
    patients: registered.get(this) ?? [{ id: this.patientId, qualified: true }],
  });
});

/** Civil day in France, `YYYY-MM-DD`. */
function today(): string {
  return new Intl.DateTimeFormat('fr-CA', { timeZone: 'Europe/Paris' }).format(new Date());
}

const zero = (): IdentityCounts => ({ total: 0, qualified: 0, notQualified: 0 });

function none(): Figures {
  return {
    reports: { dmp: zero(), mssProfessional: zero(), mssPatient: zero() },
    files: { dmp: 0, mssProfessional: 0, mssPatient: 0, allThree: 0 },
    failures: { dmp: 0, mssProfessional: 0, mssPatient: 0 },
  };
}

const some = (qualified: number, notQualified = 0): IdentityCounts => ({
  total: qualified + notQualified,
  qualified,
  notQualified,
});

When(
  "le laboratoire envoie leurs comptes rendus du mois par les trois canaux, et un compte rendu de l'année précédente au DMP",
  async function (this: ScenarioWorld) {
    const { grown, patients } = countedOf(this);
    const [first, second, third] = patients;
    if (first === undefined || second === undefined || third === undefined) throw new Error('il faut trois patients');
    const to = [this.professional.mailbox];
    await send(this, first.id, { professionals: to, sendToPatient: true, sendToDmp: true });
    await send(this, second.id, { professionals: [], sendToPatient: false, sendToDmp: true });
    // Its identity is not qualified: the DMP does not get it, and a product may refuse at once.
    const both = { professionals: to, sendToPatient: false, sendToDmp: true };
    if (!(await trySend(this, third.id, both))) await send(this, third.id, { ...both, sendToDmp: false });
    const lastYear = `${Number(today().slice(0, 4)) - 1}-06-15T10:00:00+02:00`;
    await send(this, second.id, { professionals: [], sendToPatient: false, sendToDmp: true }, lastYear);
    const month: Figures = {
      reports: { dmp: some(2), mssProfessional: some(1, 1), mssPatient: some(1) },
      files: { dmp: 2, mssProfessional: 2, mssPatient: 1, allThree: 1 },
      failures: none().failures,
    };
    grown['mois-courant'] = month;
    grown['annee-courante'] = month;
    grown['annee-precedente'] = {
      ...none(),
      reports: { ...none().reports, dmp: some(1) },
      files: { ...none().files, dmp: 1 },
    };
  },
);

When(
  'le laboratoire envoie un compte rendu par les trois canaux, et tous trois le refusent',
  async function (this: ScenarioWorld) {
    const { grown } = countedOf(this);
    const { situations } = this.bench.mocks;
    const { mailbox } = this.professional;
    situations.set({ service: 'dmp', about: this.patient.key, situation: 'XDSRegistryError' });
    // Whatever address the product takes for the patient.
    situations.set({ service: 'mssante', situation: 'inconnu-550' });
    await send(this, this.patientId, { professionals: [mailbox], sendToPatient: true, sendToDmp: true });
    const failed = { ...none(), failures: { dmp: 1, mssProfessional: 1, mssPatient: 1 } };
    grown['mois-courant'] = failed;
    grown['annee-courante'] = failed;
  },
);

function order(patientId: string, recipients: Recipients, date?: string): GestureInput<'validateReport'> {
  return {
    patientId,
    title: "Compte rendu d'examens biologiques",
    analyses: ANALYSES,
    ...recipients,
    ...(date === undefined ? {} : { date }),
  };
}

async function send(world: ScenarioWorld, patientId: string, recipients: Recipients, date?: string): Promise<void> {
  world.report = await world.perform('validateReport', order(patientId, recipients, date));
  await settled(world);
}

async function trySend(world: ScenarioWorld, patientId: string, recipients: Recipients): Promise<boolean> {
  const tried = await world.attempt('validateReport', order(patientId, recipients));
  if (tried.outcome === 'refused') return false;
  world.report = tried.output;
  await settled(world);
  return true;
}

/** Figures count what has arrived: everything must have left, or been refused, before they are read. */
async function settled(world: ScenarioWorld): Promise<void> {
  const { reportId } = world.report;
  await world.eventually(
    async () => (await world.perform('readState', { what: 'transmissions', reportId })).transmissions ?? [],
    (lines) => lines.length > 0 && lines.every(({ state }) => state !== 'en-attente'),
  );
}

Then('chaque période du tableau de bord compte ces envois, et eux seuls', async function (this: ScenarioWorld) {
  const { before, grown } = countedOf(this);
  const growth = (after: Readings): ReturnType<typeof checkGrowth> =>
    PERIODS.flatMap((period) => checkGrowth(before[period], after[period], grown[period]));
  const after = await this.eventually(
    () => readAll(this),
    (readings) => growth(readings).length === 0,
  );
  this.captureState('tableau-apres', 'Le tableau de bord après le scénario, pour chaque période', after);
  for (const period of PERIODS) {
    const { extraction } = after[period];
    if (extraction === undefined) continue;
    this.capture({
      name: `extraction-${period}`,
      extension: '.csv',
      mediaType: 'text/csv',
      bytes: Buffer.from(extraction, 'utf8'),
      caption: `L'extraction du produit, période « ${period} »`,
    });
  }
  this.judge([...PERIODS.flatMap((period) => checkPeriod(after[period], today())), ...growth(after)], TBB_RULES);
});

Then("le tableau de bord d'un autre FINESS ne compte rien", async function (this: ScenarioWorld) {
  const { structure } = this.professional;
  const other = await read(this, 'annee-courante', structure.finess);
  this.captureState('tableau-autre-finess', 'Le tableau de bord demandé pour un autre FINESS', other);
  this.judge(checkOtherStructure(other), TBB_RULES);
});
