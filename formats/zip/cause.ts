/** What yauzl and zlib say, in English, and what it means. First match wins. */
const CAUSES: readonly (readonly [RegExp, string])[] = [
  [/end of central directory record signature not found/i, 'sa fin manque : autre format, ou fichier tronqué'],
  [/comment length/i, 'des octets suivent sa fin'],
  [/multi-disk/i, 'elle est en plusieurs volumes'],
  [/strong encryption/i, 'elle est chiffrée'],
  [
    /central directory|zip64|extra field|unsupported compression|invalid (relative|filename)/i,
    'son répertoire est endommagé',
  ],
  [
    /local file header|overflows|unexpected EOF|reading past/i,
    'les données ne sont pas là où le répertoire les annonce',
  ],
  [/too many bytes|not enough bytes|size mismatch/i, 'sa taille n’est pas celle que le répertoire annonce'],
  [/crc32/i, 'sa somme de contrôle est fausse'],
];

/** French words for what went wrong with an archive or an entry, for a sentence between brackets. */
export function causeInFrench(error: unknown): string {
  const said = reasonOf(error);
  return CAUSES.find(([pattern]) => pattern.test(said))?.[1] ?? 'ses données sont endommagées';
}

/** What an error says, in its own words. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
