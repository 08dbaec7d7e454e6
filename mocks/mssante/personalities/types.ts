/** What a product of a wave does in front of an operator; `either`: the rule leaves it to its own policy. */
export type ExpectedReaction = 'accept' | 'refuse' | 'either';

export interface Personality {
  readonly name: string;
  /** French. */
  readonly title: string;
  readonly expect: { readonly va1: ExpectedReaction; readonly va2: ExpectedReaction };
}
