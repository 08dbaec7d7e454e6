import type { Credential } from '../pki/types.ts';
import { CERTIFICATE_SITUATIONS } from './situations.ts';
import type { MssanteDesk } from './types.ts';

/** The certificate that the next connection will be shown: the bench's own, unless a situation says otherwise. */
export function shownCredential(desk: MssanteDesk): Credential {
  const { pki, situations } = desk.context;
  const played = situations.take('mssante', undefined, CERTIFICATE_SITUATIONS)?.situation;
  const faulty = played === undefined ? undefined : pki.faultyServers[FAULTS[played] ?? ''];
  return faulty ?? pki.server;
}

const FAULTS: Readonly<Record<string, string>> = {
  'certificat-expire': 'EXPIRED',
  'certificat-revoque': 'REVOKED',
  'certificat-autre-ac': 'OTHER-CA',
};
