/** Colour of a state; never alone, see `Word`. */
export type Tone = 'ok' | 'bad' | 'warn' | 'bench' | 'none';

/** A state is always a sign, a word and a colour. */
export interface Word {
  readonly tone: Tone;
  readonly sign: string;
  readonly label: string;
}
