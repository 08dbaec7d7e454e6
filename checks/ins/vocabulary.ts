import operations from './operations.json' with { type: 'json' };
import type { InsiOperation } from './types.ts';

/** Source: protocols.md §1.1 to §1.4. */
export const BAM = 'urn:siram:bam:ctxbam';
export const LPS = 'urn:siram:lps:ctxlps';
export const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion';
export const RESULT = 'http://www.cnamts.fr/INSiResultat';

export const ORGANISATION_CN = ['INSI-AUTO', 'INSI-MANU'];
/** CN of the authority of organisations, of test or not (protocols.md §0.3). */
export const ORGANISATION_ISSUER = /^(?:TEST )?AC IGC-SANTE ELEMENTAIRE ORGANISATIONS$/;

/** Operations of the téléservice, verifications included; see `operations.json` for how sure each one is. */
export const OPERATIONS: readonly InsiOperation[] = operations.operations.map(({ kind, action, local, namespace }) => ({
  kind: kind as InsiOperation['kind'],
  action,
  local,
  namespace,
}));
