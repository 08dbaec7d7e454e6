import type { TableNote, TextReading } from './types.ts';

/** What no list of a person holds: controls other than tab and line ends, and the codes that Windows-1252 leaves free. */
const FOREIGN = /[^\P{Cc}\t\r\n\f\v\u0085]/u;

const NOTES: Readonly<Record<'windows-1252' | 'utf-16', TableNote>> = {
  'windows-1252': {
    code: 'TABLE_WINDOWS_1252',
    message:
      'Ce fichier n’est pas en UTF-8 : il est lu en Windows-1252, l’encodage des anciens tableurs. Vérifiez les accents, ou réenregistrez-le en « CSV UTF-8 ».',
  },
  'utf-16': { code: 'TABLE_UTF_16', message: 'Ce fichier est en UTF-16 : il est lu comme tel.' },
};

/**
 * The text of a file that a person saved: UTF-8 with or without mark, UTF-16 by its mark, else Windows-1252, which is
 * said in a note since nothing in the file tells it.
 *
 * @returns a fault for bytes that are no text in any of them
 */
export function readText(bytes: Uint8Array): TextReading {
  if (bytes.length === 0) {
    return fault('TABLE_EMPTY', 'Ce fichier est vide.', 'Vérifiez l’export : rien n’a été écrit.');
  }
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined;
  if (marked !== undefined) return judged(decode(bytes, marked), [NOTES['utf-16']]);
  const utf8 = decode(bytes, 'utf-8');
  return utf8 === undefined ? judged(decode(bytes, 'windows-1252'), [NOTES['windows-1252']]) : judged(utf8, []);
}

/** The decoder takes the mark away. */
function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function judged(text: string | undefined, notes: readonly TableNote[]): TextReading {
  if (text === undefined || FOREIGN.test(text)) {
    return fault(
      'TABLE_NOT_TEXT',
      'Ce fichier n’est pas un texte : il contient des octets qu’aucun encodage connu n’explique.',
      'Donnez un fichier .csv, .xlsx ou .json.',
    );
  }
  return { ok: true, text, notes };
}

function fault(code: string, message: string, remedy: string): TextReading {
  return { ok: false, fault: { code, message, remedy } };
}
