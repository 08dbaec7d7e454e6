import data from './reasons.json' with { type: 'json' };

export type ReasonCode = keyof typeof data.reasons;

/** Why an order gets no file. */
export interface Reason {
  readonly code: ReasonCode;
  /** Number of the order. */
  readonly order: string;
  /** Place in the order or in the vendor's file: `client.siret`, `attachments[1]`, `vendor.siret`. */
  readonly where: string;
  /** French, what is wrong. */
  readonly what: string;
  /** French, the way out. */
  readonly remedy: string;
  /** Where the rule comes from. */
  readonly source: string;
}

/** An order without file, and everything that keeps it from having one. */
export interface Refused {
  readonly order: string;
  /** Empty only for an order whose fault was told by somebody else. */
  readonly reasons: readonly Reason[];
}

/** Every reason for which an order gets no file, in the order in which they are told. */
export const REASON_CODES = Object.keys(data.reasons) as readonly ReasonCode[];

const RANKS: ReadonlyMap<string, number> = new Map(REASON_CODES.map((code, index) => [code, index]));

/**
 * One reason of a refusal, in words.
 *
 * @param where place in the order or in the vendor's file, as they are written in JSON
 * @param facts what the sentences of `reasons.json` name between braces
 * @throws {RangeError} when a sentence names a fact that is not given
 */
export function reasonOf(
  code: ReasonCode,
  order: string,
  where: string,
  facts: Readonly<Record<string, string>> = {},
): Reason {
  const { what, remedy, source } = data.reasons[code];
  const told = (sentence: string): string =>
    sentence.replaceAll(/\{(\w+)\}/gu, (_, name: string) => {
      const fact = Object.hasOwn(facts, name) ? facts[name] : undefined;
      if (fact === undefined) throw new RangeError(`${code} needs the fact ${name}`);
      return fact;
    });
  return { code, order, where, what: told(what), remedy: told(remedy), source };
}

/** Reasons in the order of the table, those of one code as they came. */
export function inOrder(reasons: readonly Reason[]): readonly Reason[] {
  return reasons.toSorted((one, other) => (RANKS.get(one.code) ?? 0) - (RANKS.get(other.code) ?? 0));
}
