const MIO = 1024 * 1024;

/** A size as people read it: `24 Mio`, `1,5 Mio`, `1 000 octets`. */
export function sizeInFrench(bytes: number): string {
  if (bytes < MIO) return `${bytes.toLocaleString('fr-FR')} octets`;
  return `${(bytes / MIO).toLocaleString('fr-FR', { maximumFractionDigits: 1 })} Mio`;
}
