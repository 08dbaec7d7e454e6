import { Given, Then, When } from '@cucumber/cucumber';
import {
  checkGrowth,
  checkOtherStructure,
  checkPeriod,
  RULES as TBB_RULES,
  type Figures,
  type IdentityCounts,
} from '#checks/tbb/index.ts';
import { parisDay } from '#dsr/dates/index.ts';
import type { DashboardPeriod, DashboardState, GestureInput } from '#sut/driver/index.ts';
import { registerAs } from './patients.steps.ts';
import { ANALYSES } from './reports.steps.ts';
import { toDeclare } from './world/failures.ts';
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
  return parisDay(new Date());
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

// By RPPS, where the product proposes it (TBB/va1.03: "si pertinent").

interface ByPerson {
  readonly rpps: string;
  readonly other: string;
  readonly before: readonly [own: DashboardState, other: DashboardState];
}

const byPerson = new WeakMap<ScenarioWorld, ByPerson>();

/** The figures of one person. @throws to be declared, when the product shows those of everybody */
async function readOf(world: ScenarioWorld, rpps: string): Promise<DashboardState> {
  const { finess } = world.bench.mocks.population.laboratory;
  const { dashboard } = await world.perform('readState', { what: 'dashboard', period: 'annee-courante', finess, rpps });
  if (dashboard?.rpps === rpps) return dashboard;
  const told = dashboard === undefined ? 'n’en montre pas' : 'ne dit pas que ces chiffres sont ceux de ce RPPS';
  throw toDeclare(
    `Le tableau de bord a été demandé pour le RPPS ${rpps} et le produit ${told}. L’exigence ne le veut que « si pertinent » : déclarez qu’il ne l’est pas, ou rendez « rpps » dans la réponse (readState, « dashboard »).`,
  );
}

Given('le tableau de bord relevé par RPPS', async function (this: ScenarioWorld) {
  const [own, other] = this.bench.mocks.population.professionals.map(({ nationalId }) => nationalId.slice(1));
  if (own === undefined || other === undefined) throw new Error('la population du banc manque de professionnels');
  const before = [await readOf(this, own), await readOf(this, other)] as const;
  this.captureState('tableau-avant', 'Le tableau de bord avant le scénario, pour chaque RPPS', before);
  byPerson.set(this, { rpps: own, other, before });
});

When('le laboratoire envoie au DMP un compte rendu de son biologiste', function (this: ScenarioWorld) {
  return send(this, this.patientId, { professionals: [], sendToPatient: false, sendToDmp: true });
});

Then('le tableau de bord compte cet envoi pour ce biologiste, et pour lui seul', async function (this: ScenarioWorld) {
  const known = byPerson.get(this);
  if (known === undefined) throw new Error('le tableau de bord n’a pas été relevé par RPPS');
  const { rpps, other, before } = known;
  const one: Figures = {
    ...none(),
    reports: { ...none().reports, dmp: some(1) },
    files: { ...none().files, dmp: 1 },
  };
  const growth = ([own, others]: ByPerson['before']): ReturnType<typeof checkGrowth> => [
    ...checkGrowth(before[0], own, one),
    ...checkGrowth(before[1], others, none()),
  ];
  const after = await this.eventually(
    async () => [await readOf(this, rpps), await readOf(this, other)] as const,
    (figures) => growth(figures).length === 0,
  );
  this.captureState('tableau-apres', 'Le tableau de bord après le scénario, pour chaque RPPS', after);
  this.judge(growth(after), TBB_RULES);
});

// The extraction that goes with the figures: its format is the vendor's.

Then("l'extraction de chaque période porte les chiffres du tableau de bord", async function (this: ScenarioWorld) {
  const { before, grown } = countedOf(this);
  const after = await readAll(this);
  for (const period of PERIODS) {
    const { extraction, reports } = after[period];
    if (extraction === undefined || extraction.trim() === '') {
      throw toDeclare(
        'Le produit n’a pas rendu d’extraction avec son tableau de bord (readState, « extraction ») : déposez-la vous-même.',
      );
    }
    this.capture({
      name: `extraction-${period}`,
      extension: '.csv',
      mediaType: 'text/csv',
      bytes: Buffer.from(extraction, 'utf8'),
      caption: `L'extraction du produit, période « ${period} »`,
    });
    // One line a report, or one figure a channel: both are extractions.
    const lines = linesOf(extraction).length - linesOf(before[period].extraction ?? '').length;
    const sent = Object.values(grown[period].reports).reduce((sum, { total }) => sum + total, 0);
    if (sent > 0 && lines >= sent) continue;
    const cells = extraction.split(/[;,\t\r\n"]+/).map((cell) => cell.trim());
    for (const [channel, counts] of Object.entries(reports)) {
      for (const figure of new Set(Object.values(counts).filter((count) => count > 0))) {
        const shown = Object.values(reports)
          .flatMap((counted) => Object.values(counted))
          .filter((count) => count === figure).length;
        const written = cells.filter((cell) => cell === String(figure)).length;
        this.require(
          written >= shown,
          `Le tableau de bord « ${period} » montre ${shown} fois le nombre ${figure} (${channel}), l'extraction le porte ${written} fois.`,
        );
      }
    }
  }
});

function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '');
}
