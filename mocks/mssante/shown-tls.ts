import { takeTlsSettings, type ShownSettings } from '../network/index.ts';
import type { Credential } from '../pki/types.ts';
import type { MssanteDesk } from './types.ts';

/** Names that a situation of the handshake may be about. */
export type MailListener = 'smtp' | 'imap';

/** What a handshake shows and why, the certificate always named. */
export type ShownCredential = ShownSettings & { readonly credential: Credential };

/** What the next handshake of a listener shows: certificate, versions and suites, as a situation says. */
export function shownTls(desk: MssanteDesk, listener: MailListener): ShownCredential {
  const { pki, situations } = desk.context;
  const played = takeTlsSettings(situations, 'mssante', listener, pki);
  return {
    credential: pki.server,
    ...played?.settings,
    ...(played === undefined ? {} : { situation: played.situation }),
  };
}
