/**
 * The words in which every room speaks of a judgement. They live in `dsr/` because each room may read them,
 * and because severity is not a matter of taste: it follows the wording of the requirement.
 */

/** What a check concludes about one file, one exchange or one scenario. */
export type Verdict =
  /** Everything required was seen and is right. */
  | 'conforme'
  /** Something required is wrong; the findings say what. */
  | 'non-conforme'
  /** The bench saw no breach, but a human has to look before anybody may say so. */
  | 'a-verifier'
  /** The bench could not judge: unreadable input, product that cannot do the gesture, fault of the bench. */
  | 'non-verifiable';

/** `error` breaks a DOIT, `warning` breaks a PEUT or a good habit, `info` only informs. */
export type Severity = 'error' | 'warning' | 'info';

/** Where a rule looks. Later layers still run when an earlier one failed. */
export type Layer = 'wellformed' | 'xsd' | 'schematron' | 'business' | 'wire';

/** One thing that a check says. Sentences are in French: they are read by QA and by the ANS reviewer. */
export interface Finding {
  /** Stable rule id, the same on success and on failure, e.g. `CDA-HDR-RECORDTARGET-INS`. */
  readonly rule: string;
  readonly layer: Layer;
  readonly severity: Severity;
  /** Place in the user's file: XPath, header name, line, MIME part, archive entry. */
  readonly where: string;
  /** What was found there; never a secret. */
  readonly received: string;
  readonly expected: string;
  /** The next action, addressed to the developer of the product. */
  readonly remedy: string;
  /** Requirement ids that the rule serves, e.g. `INS/va1.59`. */
  readonly requirements: readonly string[];
  /** Document and section that the rule comes from. */
  readonly source: string;
  /** A limit of the bench kept it from judging: never blamed on the product, never green. */
  readonly benchLimit?: true;
}

/** A rule as data: what a check may say, before it says it. Listed so that a test can prove each one has a breaker. */
export interface Rule {
  readonly id: string;
  readonly layer: Layer;
  readonly severity: Severity;
  readonly requirements: readonly string[];
  readonly source: string;
  /** What the rule demands, one French sentence. */
  readonly title: string;
  /** It does not judge the product: it says what the bench could not judge. */
  readonly benchLimit?: true;
}
