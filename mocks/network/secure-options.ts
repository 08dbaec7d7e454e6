import type { SecureContextOptions } from 'node:tls';
import type { Pki } from '../pki/types.ts';
import { dhParameters } from './dh-parameters.ts';
import { versionsOf } from './tls-accepted.ts';
import type { TlsSettings } from './types.ts';

/** What OpenSSL is told for a listener: certificate, authorities, versions, suites, group. */
export function secureOptions(settings: TlsSettings, pki: Pick<Pki, 'server' | 'caPem'>): SecureContextOptions {
  const credential = settings.credential ?? pki.server;
  const { minVersion, maxVersion } = versionsOf(settings);
  // OpenSSL speaks the versions before 1.2 at its lowest security level only.
  const old = minVersion === 'TLSv1' || minVersion === 'TLSv1.1';
  const ciphers = settings.ciphers ?? (old ? 'DEFAULT@SECLEVEL=0' : undefined);
  return {
    cert: credential.certificatePem,
    key: credential.keyPem,
    ca: pki.caPem,
    minVersion,
    maxVersion,
    ...(ciphers === undefined ? {} : { ciphers }),
    ...(settings.dhBits === undefined ? {} : { dhparam: dhParameters(settings.dhBits) }),
    honorCipherOrder: true,
  };
}
