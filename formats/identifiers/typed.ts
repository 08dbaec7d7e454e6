import type { IdentifierReading } from './types.ts';

/** What people and sheets put between groups of digits: blanks, no-break ones included, dots, hyphens. */
const BETWEEN = /[\s\u00A0\u202F.-]/gu;
const INVISIBLE = /[\u200B-\u200D\u2060\uFEFF]/gu;
const SCIENTIFIC = /^\d(?:[.,]\d+)?e\+?\d+$/iu;

interface Shape {
  /** French, with its article: « le SIRET ». */
  readonly name: string;
  readonly length: number;
  readonly characters: RegExp;
  /** French: what it is made of. */
  readonly made: string;
}

/**
 * What is common to the identifiers: the text without what people put between digits, in capitals, of the right
 * characters and length.
 */
export function readTyped(text: string, { name, length, characters, made }: Shape): IdentifierReading {
  const bare = text.replaceAll(INVISIBLE, '').trim();
  if (bare === '') {
    return { ok: false, fault: 'empty', message: `${name} manque.`, remedy: `Donnez-le : ${made}.` };
  }
  if (SCIENTIFIC.test(bare)) {
    return {
      ok: false,
      fault: 'scientific',
      message: `${name} a été changé en nombre par le tableur (« ${shown(bare)} ») : ses chiffres sont perdus.`,
      remedy: 'Mettez la colonne au format texte, puis saisissez-le de nouveau.',
    };
  }
  const value = bare.replaceAll(BETWEEN, '').toUpperCase();
  if (!characters.test(value)) {
    return {
      ok: false,
      fault: 'characters',
      message: `${name} « ${shown(bare)} » contient autre chose que ce qui le compose.`,
      remedy: `Corrigez-le : ${made}.`,
    };
  }
  if (value.length !== length) {
    const lost =
      value.length === length - 1
        ? ' Le tableur a peut-être retiré le zéro de tête : mettez la colonne au format texte.'
        : '';
    return {
      ok: false,
      fault: 'length',
      message: `${name} « ${shown(bare)} » a ${value.length} caractère${value.length > 1 ? 's' : ''} au lieu de ${length}.`,
      remedy: `Corrigez-le : ${made}.${lost}`,
    };
  }
  return { ok: true, value };
}

/** A cell may hold a page: enough of it to be found again. */
export function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

export function wrongKey(name: string, value: string): IdentifierReading {
  return {
    ok: false,
    fault: 'key',
    message: `${name} « ${value} » est faux : sa clé ne correspond pas à ses autres chiffres.`,
    remedy: 'Comparez-le, chiffre à chiffre, au document d’où il vient.',
  };
}
