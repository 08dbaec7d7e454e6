/** Assigning authorities of the INS. Source: protocols.md §0.1 (INS, NIA, and their test twins). */
export const INS_OID = {
  nir: '1.2.250.1.213.1.4.8',
  nia: '1.2.250.1.213.1.4.9',
  nirTest: '1.2.250.1.213.1.4.10',
  niaTest: '1.2.250.1.213.1.4.11',
} as const;

const THIRTEEN = /^\d{5}(?:\d\d|2[AB])\d{6}$/;

/**
 * Control key of a NIR or NIA: 97 − (N mod 97), N being the number with 2A counted as 19 and 2B as 18 in positions 6–7.
 *
 * @param thirteen number without key, Corsican letters in upper case
 * @returns two digits, `01` to `97`; undefined when the shape is not that of a number
 */
export function nirKey(thirteen: string): string | undefined {
  if (!THIRTEEN.test(thirteen)) return undefined;
  const number = Number(thirteen.replace('A', '0').replace('B', '0'));
  const corsica = thirteen[6] === 'A' ? 1_000_000 : thirteen[6] === 'B' ? 2_000_000 : 0;
  return String(97 - ((number - corsica) % 97)).padStart(2, '0');
}

/**
 * Whether a text is 13 characters of number followed by their 2 digits of key.
 *
 * @param fifteen number and key glued, as DMP, CDA, HL7 and MSSanté carry it
 */
export function isValidIns(fifteen: string): boolean {
  return fifteen.length === 15 && nirKey(fifteen.slice(0, 13)) === fifteen.slice(13);
}
