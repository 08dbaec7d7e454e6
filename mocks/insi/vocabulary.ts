/**
 * Names of the INSi téléservice (ICIR): namespaces, operations, result codes.
 * Source: protocols.md §1.1, §1.3, §1.4 (ICIR WSDL 1.5.0 and its schemas).
 */
export const SIRAM = 'urn:siram';
export const CONTEXTE_BAM = 'urn:siram:bam:ctxbam';
export const CONTEXTE_LPS = 'urn:siram:lps:ctxlps';
export const RESULTAT = 'http://www.cnamts.fr/INSiResultat';

export interface InsiOperation {
  /** Name of the operation as the field says it; also the operation of the exchange. */
  readonly name: 'rechercherInsAvecTraitsIdentite' | 'rechercherInsAvecCarteVitale';
  /** Value of wsa:Action and of the `action` parameter of the content type. */
  readonly action: string;
  readonly element: string;
  readonly namespace: string;
  /** Code of the technical failure of this search. */
  readonly failure: 'insi_101' | 'insi_102';
}

const ACTION_PREFIX = 'urn:ServiceIdentiteCertifiee:1.0.0:';

export const TRAITS_SEARCH: InsiOperation = {
  name: 'rechercherInsAvecTraitsIdentite',
  action: `${ACTION_PREFIX}rechercherInsAvecTraitsIdentite`,
  element: 'RECSANSVITALE',
  namespace: 'http://www.cnamts.fr/INSiRecSans',
  failure: 'insi_102',
};

export const VITALE_SEARCH: InsiOperation = {
  name: 'rechercherInsAvecCarteVitale',
  action: `${ACTION_PREFIX}rechercherInsAvecCarteVitale`,
  element: 'RECVITALE',
  namespace: 'http://www.cnamts.fr/INSiRecVit',
  failure: 'insi_101',
};

export const OPERATIONS: readonly InsiOperation[] = [TRAITS_SEARCH, VITALE_SEARCH];

export type ResultCode = '00' | '01' | '02';

/** Labels exactly as they are on the wire: no accents. */
export const RESULT_LABELS: Readonly<Record<ResultCode, string>> = {
  '00': 'OK',
  '01': 'Aucune identite trouvee',
  '02': 'Plusieurs identites trouvees',
};
