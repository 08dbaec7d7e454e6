import { X509Certificate } from 'node:crypto';
import type { TlsPeer } from '#formats/exchange/index.ts';
import type { Report } from '../report/index.ts';
import { checkTls } from '../tls/index.ts';
import type { AskingRule } from './asking-rules.ts';

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

/** The TLS session of a call, as `checks/tls` judges it, with the suites of the DMP (D1 of protocols.md §2.11). */
export function checkSession(report: Report<AskingRule>, tls: TlsPeer): void {
  // The DMP asks for TLS 1.2 at least, in both waves.
  for (const { where, received, expected, remedy } of checkTls(tls, { wave: 'va2', suites: 'dmp' })) {
    report.add('DMP-TLS-SESSION', { where, received, expected: expected.replace(' (vague 2)', ''), remedy });
  }
  // What was refused is already told.
  if (!tls.authorized || tls.certificate === undefined || authenticates(tls.certificate)) return;
  report.add('DMP-TLS-SESSION', {
    where: 'session TLS, certificat client',
    received: 'un certificat qui n’est pas d’authentification (sans clientAuth), un cachet par exemple',
    expected: 'un certificat d’authentification (CPS authentification, ou ORG_AUTH_CLI)',
    remedy: 'Ouvrez la session avec le certificat d’authentification, et gardez le cachet pour signer.',
  });
}

/** Node names `keyUsage` the extended key usages; a certificate that cannot be read is judged by nobody here. */
function authenticates(der: Uint8Array): boolean {
  try {
    const usages: readonly string[] | undefined = new X509Certificate(der).keyUsage;
    return usages === undefined || usages.includes(CLIENT_AUTH);
  } catch {
    return true;
  }
}
