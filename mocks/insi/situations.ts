/**
 * What a scenario may ask INSi to play instead of its plain answer; announced at start.
 * Source: protocols.md §1.5 (faults), §1.6 A9-A10, Annex B.3.
 *
 * `code-01`, `code-02`: business result without a person · `insi_101`, `insi_102`: technical failure of the search ·
 * `desir_550`: unknown software number · `desir_560`: insufficient rights · `latence`: the plain answer after
 * `parameters.delayMs` (milliseconds, 3000 by default) · `coupure`: the connection is reset · `tronque`: the answer
 * stops half-way · `http-503-html`: a maintenance page · `type-contenu-faux`: the right answer under `text/plain` ·
 * `sans-nom`, `sans-prenom`, `sans-sexe`, `naissance-00`: code 00 with traits that the product must not take home.
 */
export const INSI_SITUATIONS = [
  'code-01',
  'code-02',
  'insi_101',
  'insi_102',
  'desir_550',
  'desir_560',
  'latence',
  'coupure',
  'tronque',
  'http-503-html',
  'type-contenu-faux',
  'sans-nom',
  'sans-prenom',
  'sans-sexe',
  'naissance-00',
] as const;

export type InsiSituation = (typeof INSI_SITUATIONS)[number];

export function isInsiSituation(name: string): name is InsiSituation {
  return (INSI_SITUATIONS as readonly string[]).includes(name);
}
