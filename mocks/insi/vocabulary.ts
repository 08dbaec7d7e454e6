/**
 * Names of the INSi téléservice (ICIR): namespaces and result codes. Operations are in `operations.json`.
 * Source: protocols.md §1.1, §1.3, §1.4 (ICIR WSDL 1.5.0 and its schemas).
 */
export const SIRAM = 'urn:siram';
export const CONTEXTE_BAM = 'urn:siram:bam:ctxbam';
export const CONTEXTE_LPS = 'urn:siram:lps:ctxlps';
export const RESULTAT = 'http://www.cnamts.fr/INSiResultat';

export type ResultCode = '00' | '01' | '02';

/** Labels exactly as they are on the wire: no accents. */
export const RESULT_LABELS: Readonly<Record<ResultCode, string>> = {
  '00': 'OK',
  '01': 'Aucune identite trouvee',
  '02': 'Plusieurs identites trouvees',
};
