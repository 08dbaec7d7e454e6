import type { IWorldOptions } from '@cucumber/cucumber';
import type { InsiOptions } from '#checks/ins/index.ts';
import type { TestPatient, TestProfessional } from '#mocks/population/index.ts';
import type { GestureOutput, PatientState } from '#sut/driver/index.ts';
import type { GuidePatient, StepResult } from '#tracker/types.ts';
import { People, type Seats } from '../people/index.ts';
import { AskingWorld } from './asking-world.ts';
import { unverifiable } from './failures.ts';
import { guidePatient } from './guided.ts';
import { insiOperations } from './insi-calls.ts';
import { Kept } from './kept.ts';
import { ScenarioSettings } from './settings.ts';

/**
 * One scenario: its own patient and professionals, what it saw, what it found, what it will file. Steps call a gesture,
 * a mock or a check through it and hold nothing else.
 */
export class ScenarioWorld extends AskingWorld {
  readonly steps: StepResult[] = [];
  startedAt = 0;
  /** What ended the scenario, exactly as it was thrown. */
  failure: unknown;
  /** MSSanté addresses of the professionals that the report was made for. */
  recipients: readonly string[] = [];
  /** Local accounts that called INSi in this scenario. */
  readonly callers: string[] = [];
  /** What the calls of the scenario to INSi are judged against. */
  insiOptions: InsiOptions;

  /** The identity before what the scenario is about. */
  readonly before = new Kept<PatientState>('fiche de départ');
  /** Whether a document of high confidence was shown for the patient of the scenario. */
  strongDocument = false;
  /** What the last gesture that could be refused gave. */
  readonly asked = new Kept<{ readonly refused: boolean; readonly message: string }>('geste demandé au produit');

  /** Settings of the product, changed for this scenario only. */
  readonly settings = new ScenarioSettings(this);
  /** Every patient of the scenario, in order, with its identifier in the product once it has one. */
  readonly #patients: { patient: TestPatient; id?: string }[] = [];
  #people: People | undefined;
  #patient: TestPatient | undefined;
  #patientId: string | undefined;
  #professional: TestProfessional | undefined;
  #report: GestureOutput<'validateReport'> | undefined;
  #search: GestureOutput<'searchIns'> | undefined;
  #directoryImport: GestureOutput<'importDirectory'> | undefined;
  #mailboxSearch: GestureOutput<'searchMailbox'> | undefined;

  constructor(options: IWorldOptions) {
    super(options);
    const { confirmed: _, ...verification } = this.bench.mocks.insi.verification;
    this.insiOptions = { operations: insiOperations(this.bench), verification };
  }

  /**
   * The patient as the product shows it now, kept as a piece.
   *
   * @param user whose session opens the record, where the journals must name somebody
   */
  async keepPatientState(name: string, caption: string, user?: string): Promise<PatientState> {
    const { patient } = await this.perform('readState', {
      what: 'patient',
      patientId: this.patientId,
      ...(user === undefined ? {} : { user }),
    });
    if (!patient)
      throw unverifiable('produit', 'Le produit n’a pas montré la fiche du patient (readState, « patient »).');
    this.captureState(name, caption, patient);
    return patient;
  }

  /** Whom the scenario is about, once it has begun. */
  get people(): People {
    return required(this.#people, 'personnage');
  }
  /** Seats that the plan kept for the scenario. */
  seat(seats: Seats): void {
    this.#people = new People(this.bench.mocks.population, seats);
  }
  get patient(): TestPatient {
    return required(this.#patient, 'patient');
  }
  set patient(patient: TestPatient) {
    this.#patient = patient;
    this.#patients.push({ patient });
  }
  /** Keys of the patients of the scenario, in the population. */
  get patientKeys(): readonly string[] {
    return this.#patients.map(({ patient }) => patient.key);
  }
  /** The patients of the scenario as a person needs them on screen. */
  get guidePatients(): readonly GuidePatient[] {
    return this.#patients.map(({ patient, id }) => guidePatient(patient, id));
  }
  get patientId(): string {
    return required(this.#patientId, 'patient enregistré');
  }
  set patientId(id: string) {
    this.#patientId = id;
    const last = this.#patients.at(-1);
    if (last) last.id = id;
  }
  get professional(): TestProfessional {
    return required(this.#professional, 'professionnel');
  }
  set professional(professional: TestProfessional) {
    this.#professional = professional;
  }
  get report(): GestureOutput<'validateReport'> {
    return required(this.#report, 'compte rendu');
  }
  set report(report: GestureOutput<'validateReport'>) {
    this.#report = report;
  }
  get directoryImport(): GestureOutput<'importDirectory'> {
    return required(this.#directoryImport, "chargement de l'annuaire");
  }
  set directoryImport(report: GestureOutput<'importDirectory'>) {
    this.#directoryImport = report;
  }
  get mailboxSearch(): GestureOutput<'searchMailbox'> {
    return required(this.#mailboxSearch, 'recherche de boîte');
  }
  set mailboxSearch(found: GestureOutput<'searchMailbox'>) {
    this.#mailboxSearch = found;
  }
  get search(): GestureOutput<'searchIns'> {
    return required(this.#search, 'recherche INSi');
  }
  set search(search: GestureOutput<'searchIns'>) {
    this.#search = search;
  }
}

/** A scenario that skips its « Étant donné » is a fault of the scenario, hence of the bench. */
function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`Le scénario n'a pas encore de ${what} : une étape manque avant celle-ci.`);
  return value;
}
