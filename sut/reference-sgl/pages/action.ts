import type { PageContext } from './view.ts';

/** What a form sent. */
export interface Fields {
  /** Trimmed; empty when it was not sent. */
  readonly text: (name: string) => string;
  readonly has: (name: string) => boolean;
  /** Values of the boxes ticked under one name. */
  readonly all: (name: string) => string[];
}

/** What a form does; the user is then sent to `to`, where `notice` tells what happened. */
export type Action = (page: PageContext, fields: Fields) => Promise<Outcome> | Outcome;

export interface Outcome {
  to: string;
  notice?: string;
}

export const CORRECT = 'Corrigez la saisie, puis recommencez.';

/** Reads a form body of which nothing is sure. */
export function fieldsOf(body: Readonly<Record<string, unknown>>): Fields {
  const all = (name: string): string[] =>
    [body[name]]
      .flat()
      .filter((value) => typeof value === 'string')
      .map((value) => value.trim());
  return { text: (name) => all(name).at(-1) ?? '', has: (name) => Object.hasOwn(body, name), all };
}
