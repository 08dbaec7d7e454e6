import type { Credential } from '../pki/types.ts';
import { CERTIFICATE_SITUATIONS } from './situations.ts';
import type { MssanteDesk } from './types.ts';

/** The certificate that the next connection will be shown: the bench's own, unless a situation says otherwise. */
export function shownCredential(desk: MssanteDesk): Credential {
  const { pki, situations } = desk.context;
  switch (situations.take('mssante', undefined, CERTIFICATE_SITUATIONS)?.situation) {
    default:
      return pki.server;
  }
}
