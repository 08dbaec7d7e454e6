/** Source: protocols.md §1.1 to §1.4. */
export const BAM = 'urn:siram:bam:ctxbam';
export const LPS = 'urn:siram:lps:ctxlps';
export const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion';
export const RESULT = 'http://www.cnamts.fr/INSiResultat';

const PREFIX = 'urn:ServiceIdentiteCertifiee:1.0.0:';

/** Body element of each operation whose definition is public. */
export const OPERATIONS: readonly { readonly action: string; readonly local: string; readonly namespace: string }[] = [
  {
    action: `${PREFIX}rechercherInsAvecCarteVitale`,
    local: 'RECVITALE',
    namespace: 'http://www.cnamts.fr/INSiRecVit',
  },
  {
    action: `${PREFIX}rechercherInsAvecTraitsIdentite`,
    local: 'RECSANSVITALE',
    namespace: 'http://www.cnamts.fr/INSiRecSans',
  },
];

export const ORGANISATION_CN = ['INSI-AUTO', 'INSI-MANU'];
