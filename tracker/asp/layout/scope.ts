import type { LayoutProblem } from './errors.ts';
import { VALUES, type ListWord, type Model, type Row, type Scalar, type Word } from './vocabulary.ts';

/** Levels of a template, beyond which no real file goes. */
export const LEVELS = 64;

/** A value that the document wants and the request has not, or has with an unforeseen value. */
export interface Miss {
  readonly path: string;
  readonly word: Word;
  /** Place in the mapping file. */
  readonly where: string;
  /** The value that its table does not know. */
  readonly value?: string;
}

export interface Scope {
  readonly model: Model;
  /** Item of the list being walked. */
  readonly row?: Row;
  readonly miss: (miss: Miss) => void;
}

/** Builds a part of the document; undefined leaves it out. */
export type Build = (scope: Scope) => unknown;

export interface Place {
  readonly path: string;
  readonly word: Word;
  readonly read: (scope: Scope) => Scalar | undefined;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A name of the user's file in a sentence. */
export function bounded(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** Writes down what is wrong in a mapping, all of it. */
export class Scribe {
  readonly problems: LayoutProblem[] = [];

  /** @returns what builds nothing, so that the rest is still looked at */
  refuse(where: string, what: string, remedy: string): Build {
    this.problems.push({ where, what, remedy });
    return () => undefined;
  }

  /** A path of the language: `order.number`, or `@finess` in a list. */
  resolve(path: unknown, where: string, list: ListWord | undefined): Place | undefined {
    if (typeof path !== 'string') {
      this.refuse(where, 'Un chemin était attendu.', 'Écrivez par exemple "order.number".');
      return undefined;
    }
    if (path.startsWith('@')) return this.#resolveItem(path, where, list);
    const word = VALUES.get(path);
    if (word === undefined) {
      this.refuse(where, `Chemin inconnu : « ${bounded(path)} ».`, nearest(path, VALUES.keys()));
      return undefined;
    }
    return { path, word, read: ({ model }) => model.values.get(path) };
  }

  #resolveItem(path: string, where: string, list: ListWord | undefined): Place | undefined {
    if (list === undefined) {
      this.refuse(where, `« ${bounded(path)} » hors d’une liste.`, '@ ne vaut que dans un $each.');
      return undefined;
    }
    const name = path.slice(1);
    const word = list.values.get(name);
    if (word === undefined) {
      const known = [...list.values.keys()].map((key) => `@${key}`).join(', ');
      this.refuse(where, `Chemin inconnu dans ${list.label} : « ${bounded(path)} ».`, `Chemins : ${known}.`);
      return undefined;
    }
    return { path, word, read: ({ row }) => row?.get(name) };
  }
}

/** The known paths of the same family, or all of them. */
function nearest(path: string, known: Iterable<string>): string {
  const all = [...known];
  const [family = ''] = path.split('.');
  const near = all.filter((one) => one === family || one.startsWith(`${family}.`));
  return `Chemins : ${(near.length > 0 ? near : all).join(', ')}.`;
}
