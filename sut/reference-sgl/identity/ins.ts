/**
 * Key of an INS: 97 − (number mod 97) on the 13 first characters, `2A` read as 19 and `2B` as 18.
 *
 * @param matricule 13 characters
 * @returns two digits, undefined when the 13 characters do not have the shape of an INS
 */
export function insKey(matricule: string): string | undefined {
  if (!/^\d{5}(\d{2}|2[AB])\d{6}$/.test(matricule)) return undefined;
  const digits = matricule.replace('2A', '19').replace('2B', '18');
  return String(97 - Number(BigInt(digits) % 97n)).padStart(2, '0');
}

/** @param ins 15 characters: 13 and the key */
export function isValidIns(ins: string): boolean {
  return ins.length === 15 && insKey(ins.slice(0, 13)) === ins.slice(13);
}

/** Authorities that number INS: NIR and NIA, production then test. */
export const INS_AUTHORITIES: readonly string[] = [
  '1.2.250.1.213.1.4.8',
  '1.2.250.1.213.1.4.9',
  '1.2.250.1.213.1.4.10',
  '1.2.250.1.213.1.4.11',
];
