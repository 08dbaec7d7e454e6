/** Two spellings of one name are one instance: case, accents composed or not, and blanks do not tell servers apart. */
export function instanceKey(name: string): string {
  return name.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim().toLocaleUpperCase('fr');
}
