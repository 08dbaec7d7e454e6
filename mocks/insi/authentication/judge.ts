import type { TlsPeer } from '#formats/exchange/index.ts';
import type { Pki } from '../../pki/types.ts';
import type { InsiRequest } from '../request.ts';
import type { InsiSettings } from '../settings.ts';
import { judgeCpx } from './cpx.ts';
import type { AuthenticationJudgement } from './types.ts';

const ORGANISATION_NAMES: ReadonlySet<string> = new Set(['CN=INSI-AUTO', 'CN=INSI-MANU']);
const ORGANISATIONS = /^CN=(TEST )?AC IGC-SANTE ELEMENTAIRE ORGANISATIONS$/;

export interface AuthenticationContext {
  readonly settings: InsiSettings;
  readonly pki: Pki;
  readonly now: Date;
  readonly bytes: Uint8Array;
  readonly tls: TlsPeer | undefined;
}

/**
 * Whether a connection is refused before any SOAP, as the front end that asks for a client certificate does: the one shown
 * is bad, or none is shown and no assertion says who calls.
 * @param assertions in the message; undefined while it is not read
 */
export function isRefusedAtHandshake(tls: TlsPeer | undefined, assertions: number | undefined): boolean {
  if (tls?.authorized === true) return false;
  return tls?.subject !== undefined || assertions === 0;
}

/**
 * Judges who calls: an organisation certificate whose CN is exactly one of two names, or the assertion of a professional;
 * never both.
 * Source: protocols.md §1.2 and §1.6 A6.
 */
export function judgeAuthentication(request: InsiRequest, context: AuthenticationContext): AuthenticationJudgement {
  const { profile } = context.settings;
  const organisation = isOrganisation(context.tls);
  if (request.assertions.length > 0) {
    if (organisation && profile.refuseMixedModes) {
      return {
        ok: false,
        fault: 'modes-melanges',
        reason: 'une assertion SAML et un certificat INSI-AUTO ou INSI-MANU',
      };
    }
    return judgeCpx(request, { bytes: context.bytes, pki: context.pki, now: context.now, profile });
  }
  if (organisation) return { ok: true, authentication: { mode: 'organisation' } };
  const shown =
    context.tls?.subject?.flatMap((rdn) => rdn.split(' + ')).find((name) => name.startsWith('CN=')) ?? 'aucun';
  return {
    ok: false,
    fault: 'desir_560',
    reason: `le CN du certificat client doit être INSI-AUTO ou INSI-MANU (reçu : ${shown}). À faire : appelez INSi avec un certificat d’organisation de ce CN ; le banc en fournit un (« pki.clients » de « npm run jalon -- mocks --json »)`,
  };
}

function isOrganisation(tls: TlsPeer | undefined): boolean {
  return (
    tls?.authorized === true &&
    (tls.subject ?? []).some((rdn) => ORGANISATION_NAMES.has(rdn)) &&
    (tls.issuer ?? []).some((rdn) => ORGANISATIONS.test(rdn))
  );
}
