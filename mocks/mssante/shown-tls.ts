import { takeTlsSettings, type TlsSettings } from '../network/index.ts';
import type { Credential } from '../pki/types.ts';
import type { MssanteDesk } from './types.ts';

/** Names that a situation of the handshake may be about. */
export type MailListener = 'smtp' | 'imap';

/** What the next handshake of a listener shows: certificate, versions and suites, as a situation says. */
export function shownTls(desk: MssanteDesk, listener: MailListener): TlsSettings & { readonly credential: Credential } {
  const { pki, situations } = desk.context;
  return { credential: pki.server, ...takeTlsSettings(situations, 'mssante', listener, pki)?.settings };
}
