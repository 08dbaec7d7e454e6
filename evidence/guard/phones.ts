import places from './test-places.json' with { type: 'json' };
import { spansOf, type Secret } from './spans.ts';
import type { Watch } from './types.ts';

const FICTION: readonly string[] = places.phones.prefixes;
const LEFT = String.raw`(?<![\p{L}\p{N}.\-_/+:=])`;
const RIGHT = String.raw`(?![\p{L}\p{N}]|[.\-]\d)`;

/** French national number, nine digits after the zero. */
function national(written: string): string {
  const digits = written.replaceAll(/\(0\)/gu, '').replaceAll(/\D/gu, '');
  return digits.startsWith('33') ? `0${digits.slice(2)}` : digits.startsWith('0033') ? `0${digits.slice(4)}` : digits;
}

function isReal(written: string): boolean {
  const number = national(written);
  if (number.length !== 10 || !/^0[1-9]/u.test(number)) return false;
  return !FICTION.some((prefix) => number.startsWith(prefix)) && !/^0\d0{8}$|^0(\d)\1{8}$|^0123456789$/u.test(number);
}

/**
 * French phone numbers: in the international writing, in pairs of digits, or bare where something says that it is a phone. Bare digits alone are
 * too often an identifier.
 */
const PHONES: readonly Secret[] = [
  {
    code: 'TELEPHONE',
    pattern: new RegExp(
      String.raw`(?<![\p{L}\p{N}])((?:\+|00)33[ .\-\u00A0]?(?:\(0\))?[ .\-\u00A0]?[1-9](?:[ .\-\u00A0]?\d{2}){4})${RIGHT}`,
      'dgu',
    ),
    holds: isReal,
  },
  {
    code: 'TELEPHONE',
    pattern: new RegExp(
      String.raw`${LEFT}(0[1-9](?<sep>[ .\-\u00A0])\d{2}\k<sep>\d{2}\k<sep>\d{2}\k<sep>\d{2})${RIGHT}`,
      'dgu',
    ),
    holds: isReal,
  },
  {
    code: 'TELEPHONE',
    pattern: new RegExp(
      String.raw`(?:tel:|(?:t[ée]l(?:[ée]phone)?|phone|mobile|portable|fax|t[ée]l[ée]copie)\b[^\p{N}\n]{0,24})(0[1-9]\d{8})${RIGHT}`,
      'dgiu',
    ),
    holds: isReal,
  },
  {
    // HL7 PID-13 and PID-14, and NK1-5: XTN, whose parts are between ^.
    code: 'TELEPHONE',
    pattern:
      /^(?:PID(?:\|[^|\r\n]*){12}\|[^|\r\n]*?|PID(?:\|[^|\r\n]*){13}\|[^|\r\n]*?|NK1(?:\|[^|\r\n]*){4}\|[^|\r\n]*?)(?<![0-9])(0[1-9]\d{8})(?![0-9])/dgmu,
    holds: isReal,
  },
];

export const watchPhones: Watch = ({ text }) => spansOf(text, PHONES);
