import { setTimeout } from 'node:timers/promises';
import { World, type IWorldOptions } from '@cucumber/cucumber';
import type { InsiOptions } from '#checks/ins/index.ts';
import type { Finding, Rule } from '#dsr/verdict/index.ts';
import type { Capture } from '#evidence/index.ts';
import type { Exchange, HttpExchange } from '#formats/exchange/index.ts';
import { JournalTimeout, type JournalQuery } from '#mocks/journal/index.ts';
import type { TestPatient, TestProfessional } from '#mocks/population/index.ts';
import type {
  GestureInput,
  GestureName,
  GestureOutput,
  GestureResult,
  OneMethodPerGesture,
  PatientState,
} from '#sut/driver/index.ts';
import type { GuidePatient, StepResult } from '#tracker/types.ts';
import { suiteBench, type SuiteBench } from './bench.ts';
import { nonConform, toDeclare, unverifiable } from './failures.ts';
import { Guide, guidePatient } from './guided.ts';
import { refusedHandshake } from './handshakes.ts';
import { insiOperations } from './insi-calls.ts';
import { Kept } from './kept.ts';
import { ScenarioSettings } from './settings.ts';
import type { Watch, WatchQuery } from './watches.ts';

/** Codes of a gesture that failed because the product could not be reached: configuration, not conformity. */
const UNREACHABLE = new Set(['SUT_UNREACHABLE', 'SUT_TIMEOUT']);

/** What became of a gesture that the product may refuse. */
export type Attempted<G extends GestureName> = Extract<GestureResult<G>, { outcome: 'done' | 'refused' }>;

const READ_AGAIN_MS = 250;

/**
 * One scenario: its own patient and professionals, what it saw, what it found, what it will file. Steps call a gesture,
 * a mock or a check through it and hold nothing else.
 */
export class ScenarioWorld extends World {
  readonly bench: SuiteBench;
  readonly captures: Capture[] = [];
  /** All findings, in the order they were made. */
  readonly findings: Finding[] = [];
  /** Requirement ids that this scenario answers for; set by the hook from its tags. */
  requirements: readonly string[] = [];
  /** Slots that it fills, in the numbers of its tags; set by the hook. */
  slots: readonly string[] = [];
  /** What it asks of a person. */
  readonly guide = new Guide();
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
  /** Journal position at the start of the scenario. */
  mark = '';

  /** What must not arrive any more until the run ends. */
  readonly watches: Watch[] = [];

  readonly #reviews: string[] = [];
  readonly #demanded = new Set<Finding>();
  readonly #applied: Rule[] = [];
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
  #patient: TestPatient | undefined;
  #patientId: string | undefined;
  #professional: TestProfessional | undefined;
  #report: GestureOutput<'validateReport'> | undefined;
  #search: GestureOutput<'searchIns'> | undefined;
  #directoryImport: GestureOutput<'importDirectory'> | undefined;
  #mailboxSearch: GestureOutput<'searchMailbox'> | undefined;

  constructor(options: IWorldOptions) {
    super(options);
    this.bench = suiteBench();
    this.mark = this.bench.mocks.journal.mark();
    this.insiOptions = { operations: insiOperations(this.bench) };
  }

  /** French sentence: why a person must look although nothing broke. */
  get toReview(): string | undefined {
    const reasons = [...new Set([this.guide.reason(), ...this.#reviews].filter((one) => one !== undefined))];
    return reasons.length === 0 ? undefined : reasons.join('\n');
  }

  /** What the product does not show to the bench, and a person must look at: the scenario is then to be reviewed, never red. */
  review(reason: string): void {
    this.#reviews.push(reason);
  }

  /**
   * Asks the product, where it may refuse: a lock, a missing field, a blocked call. A gesture that cannot be done ends the
   * scenario as non verifiable, with its reason.
   */
  async attempt<G extends GestureName>(gesture: G, input: GestureInput<G>): Promise<Attempted<G>> {
    const gestures: OneMethodPerGesture = this.bench.sut;
    return this.#outcome(gesture, await gestures[gesture](input));
  }

  #outcome<G extends GestureName>(gesture: G, result: GestureResult<G>): Attempted<G> {
    switch (result.outcome) {
      case 'done':
      case 'refused':
        return result;
      case 'unsupported':
        throw unverifiable('produit', `Le geste ${gesture} n'est pas possible avec ce pilotage : ${result.reason}`);
      case 'failed': {
        if (UNREACHABLE.has(result.code)) throw unverifiable('configuration', `${result.reason} ${result.remedy}`);
        const told = `Le produit n'a pas accompli le geste ${gesture} (${result.code}) : ${result.reason} ${result.remedy}`;
        const refused = this.#refused();
        throw refused
          ? unverifiable('configuration', `Sa connexion n'ayant pas abouti, ${lowerFirst(told)}\n${refused}`)
          : unverifiable('produit', told);
      }
    }
  }

  /** Asks the product, which has no reason to refuse: a refusal is a product that does less than it must. */
  async perform<G extends GestureName>(gesture: G, input: GestureInput<G>): Promise<GestureOutput<G>> {
    return this.#done(gesture, await this.attempt(gesture, input));
  }

  #done<G extends GestureName>(gesture: G, asked: Attempted<G>): GestureOutput<G> {
    if (asked.outcome === 'done') return asked.output;
    throw nonConform(`Le produit a refusé le geste ${gesture}, et l'a dit ainsi : « ${asked.message} »`);
  }

  /**
   * Asks for what the REM asks only of the products that propose it. One that says it does not ends the scenario as to be
   * reviewed, never green: the vendor declares it.
   *
   * @param what French noun phrase: what the product may not propose
   */
  async performIfProposed<G extends GestureName>(
    gesture: G,
    input: GestureInput<G>,
    what: string,
  ): Promise<GestureOutput<G>> {
    const gestures: OneMethodPerGesture = this.bench.sut;
    const result: GestureResult<G> = await gestures[gesture](input);
    if (result.outcome === 'unsupported') {
      const where = this.slots.length === 0 ? this.requirements.join(', ') : this.slots.join(', ');
      throw toDeclare(
        `Le produit ne propose pas ${what} (${result.reason}). L’exigence ne vaut que s’il le propose : déposez la déclaration qu’il ne le propose pas, pour ${where}. S’il le propose, donnez au pilotage le geste ${gesture}.`,
      );
    }
    return this.#done(gesture, this.#outcome(gesture, result));
  }

  /**
   * What the product shows once it had time to deal with something: read again until it is as expected, or until the wait
   * of an exchange has passed.
   *
   * @returns the last reading, as expected or not
   */
  async eventually<T>(read: () => Promise<T>, expected: (value: T) => boolean): Promise<T> {
    const deadline = performance.now() + this.bench.exchangeTimeoutMs;
    let value = await read();
    while (!expected(value) && performance.now() < deadline) {
      await setTimeout(READ_AGAIN_MS);
      value = await read();
    }
    return value;
  }

  /** A connection of the product that a mock refused in this scenario and that nothing mended since. */
  #refused(service?: JournalQuery['service']): string | undefined {
    return refusedHandshake(this.bench.mocks.journal.list({ since: this.mark }), service);
  }

  /**
   * The exchange that the product owed us since the start of the scenario.
   *
   * @param query what to look for; `about` is a patient key, an INS, a mailbox…
   * @param action French infinitive: what the product was expected to do, e.g. « appeler INSi »
   */
  async exchange(query: JournalQuery, action: string): Promise<Exchange> {
    const { journal } = this.bench.mocks;
    try {
      return await journal.waitFor({ since: this.mark, ...query }, this.bench.exchangeTimeoutMs);
    } catch (error) {
      if (!(error instanceof JournalTimeout)) throw error;
      const refused = this.#refused(query.service);
      if (refused) {
        throw unverifiable(
          'configuration',
          `Le produit devait ${action}, mais sa connexion n'a pas abouti : ${refused}`,
        );
      }
      throw nonConform(
        `Le produit devait ${action} : aucun échange de ce genre n'est arrivé au banc. ${error.instead}`,
      );
    }
  }

  async httpExchange(query: JournalQuery, action: string): Promise<HttpExchange> {
    const exchange = await this.exchange(query, action);
    if (exchange.protocol !== 'http') throw new Error(`échange ${exchange.id} inattendu : ${exchange.protocol}`);
    return exchange;
  }

  /** Exchanges of the scenario so far, without waiting. */
  seen(query: JournalQuery): readonly Exchange[] {
    return this.bench.mocks.journal.list({ since: this.mark, ...query });
  }

  /**
   * From now to the end of the run, nothing of this kind may arrive; a step has already seen that nothing has. A watch that
   * is broken makes the scenario non-conforme once the last one is played, and takes its pieces out of their slots.
   *
   * @param query `about` is the patient of the scenario, `since` a mark of the journal
   * @param why French sentence: what the product did wrong when such an exchange arrives
   * @param isWrong tells the exchanges that count; every one of this kind by default
   * @param findings the rule that such an exchange breaks
   */
  watch(
    query: WatchQuery,
    why: string,
    isWrong: Watch['isWrong'] = () => true,
    findings: Watch['findings'] = () => [],
  ): void {
    this.watches.push({ query, why, isWrong, findings, at: Date.now() });
  }

  /**
   * Keeps every finding; ends the scenario when one of them breaks a requirement that this scenario answers for.
   * Findings about other requirements are reported, and decide in the scenarios that answer for them.
   *
   * @param rules the table that the findings come from: what held is told too
   */
  judge(findings: readonly Finding[], rules: readonly Rule[]): void {
    this.#applied.push(...rules.filter((rule) => this.#serves(rule)));
    this.findings.push(...findings);
    this.#conclude(findings.filter((finding) => finding.severity === 'error' && this.decides(finding)));
  }

  /** Same, where the sentence of the step itself demands that nothing be broken: every error decides. */
  judgeAll(findings: readonly Finding[], rules: readonly Rule[]): void {
    this.#applied.push(...rules);
    this.findings.push(...findings);
    for (const finding of findings) this.#demanded.add(finding);
    this.#conclude(findings.filter((finding) => finding.severity === 'error'));
  }

  #conclude(decisive: readonly Finding[]): void {
    if (decisive.length === 0) return;
    throw nonConform(
      decisive
        .map(
          (finding) =>
            `${finding.rule} (${finding.where}) : reçu « ${finding.received} », attendu « ${finding.expected} ». ${finding.remedy}`,
        )
        .join('\n'),
    );
  }

  decides(finding: Finding): boolean {
    return this.#demanded.has(finding) || this.#serves(finding);
  }

  /** Rules that decided and found nothing, each once. */
  rulesHeld(): readonly { readonly id: string; readonly title: string }[] {
    const broken = new Set(this.findings.map(({ rule }) => rule));
    const held = new Map(this.#applied.filter(({ id }) => !broken.has(id)).map(({ id, title }) => [id, { id, title }]));
    return [...held.values()];
  }

  #serves({ requirements }: Pick<Finding, 'requirements'>): boolean {
    return requirements.some((id) => this.requirements.includes(id));
  }

  /**
   * A plain statement about the product that the scenario requires. A product whose connection was refused could not do
   * better: the refusal is told instead, as the configuration that it is.
   */
  require(holds: boolean, message: string): asserts holds {
    if (holds) return;
    const refused = this.#refused();
    throw refused
      ? unverifiable('configuration', `${message}\nSa connexion n'a pas abouti : ${refused}`)
      : nonConform(message);
  }

  capture(capture: Capture): void {
    this.captures.push(capture);
  }

  /** What the product showed, as JSON: the state a human would film. */
  captureState(name: string, caption: string, state: unknown): void {
    const bytes = Buffer.from(`${JSON.stringify(state, null, 2)}\n`, 'utf8');
    this.capture({ name, extension: '.json', mediaType: 'application/json', bytes, caption });
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

const lowerFirst = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);

/** A scenario that skips its « Étant donné » is a fault of the scenario, hence of the bench. */
function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`Le scénario n'a pas encore de ${what} : une étape manque avant celle-ci.`);
  return value;
}
