export type IdentifierFault =
  /** Nothing was given. */
  | 'empty'
  /** A sheet wrote it as a number (`1,23E+13`): the digits are lost. */
  | 'scientific'
  /** Something else than its digits and, for FINESS, the letter of its department. */
  | 'characters'
  /** Too many or too few. */
  | 'length'
  /** FINESS only: no such department. */
  | 'department'
  /** The last digit is not the one that the others ask for. */
  | 'key';

/** What a person typed, read; or what is wrong in it, with French sentences. */
export type IdentifierReading =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly fault: IdentifierFault; readonly message: string; readonly remedy: string };
