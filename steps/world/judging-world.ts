import type { Finding, Rule } from '#dsr/verdict/index.ts';
import type { Capture } from '#evidence/index.ts';
import type { Exchange } from '#formats/exchange/index.ts';
import { limitFailure, nonConform } from './failures.ts';
import { Guide } from './guided.ts';
import { certificateFindings } from './handshakes.ts';
import type { Watch, WatchQuery } from './watches.ts';
import { WatchingWorld } from './watching-world.ts';

/** What a scenario found, what it asks of a person, what it will file. */
export class JudgingWorld extends WatchingWorld {
  readonly captures: Capture[] = [];
  /** All findings, in the order they were made. */
  readonly findings: Finding[] = [];
  /** Requirement ids that this scenario answers for; set by the hook from its tags. */
  requirements: readonly string[] = [];
  /** Slots that it fills, in the numbers of its tags; set by the hook. */
  slots: readonly string[] = [];
  /** What it asks of a person. */
  readonly guide = new Guide();
  /** What must not arrive any more until the run ends. */
  readonly watches: Watch[] = [];
  readonly #reviews: string[] = [];
  readonly #demanded = new Set<Finding>();
  readonly #applied: Rule[] = [];
  readonly #refused = new Set<string>();

  /** French sentence: why a person must look although nothing broke. */
  get toReview(): string | undefined {
    const reasons = [...new Set([this.guide.reason(), ...this.#reviews].filter((one) => one !== undefined))];
    return reasons.length === 0 ? undefined : reasons.join('\n');
  }

  /** What the product does not show to the bench, and a person must look at: the scenario is then to be reviewed, never red. */
  review(reason: string): void {
    this.#reviews.push(reason);
  }

  /** The rules tell what its certificate lacks: reported, and laid to nobody, since the configuration may be the cause. */
  protected override sawRefused(refused: Exchange): void {
    if (this.#refused.has(refused.id)) return;
    this.#refused.add(refused.id);
    this.findings.push(...certificateFindings(refused));
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
    this.#stopAtLimit(findings);
  }

  /** Same, where the sentence of the step itself demands that nothing be broken: every error decides. */
  judgeAll(findings: readonly Finding[], rules: readonly Rule[]): void {
    this.#applied.push(...rules);
    this.findings.push(...findings);
    for (const finding of findings) this.#demanded.add(finding);
    this.#conclude(findings.filter((finding) => finding.severity === 'error'));
    this.#stopAtLimit(findings);
  }

  #stopAtLimit(findings: readonly Finding[]): void {
    const failure = limitFailure(findings);
    if (failure === undefined) return;
    for (const finding of findings) if (finding.benchLimit === true) this.#demanded.add(finding);
    throw failure;
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

  capture(capture: Capture): void {
    this.captures.push(capture);
  }

  /** What the product showed, as JSON: the state a human would film. */
  captureState(name: string, caption: string, state: unknown): void {
    const bytes = Buffer.from(`${JSON.stringify(state, null, 2)}\n`, 'utf8');
    this.capture({ name, extension: '.json', mediaType: 'application/json', bytes, caption });
  }
}
