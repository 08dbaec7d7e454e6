import type { TlsPeer } from '#formats/exchange/index.ts';
import type { Report } from '../report/index.ts';
import { checkTls } from '../tls/index.ts';
import type { AskingRule } from './asking-rules.ts';

/** The TLS session of a call, as `checks/tls` judges it, with the suites of the DMP (D1 of protocols.md §2.11). */
export function checkSession(report: Report<AskingRule>, tls: TlsPeer): void {
  // The DMP asks for TLS 1.2 at least, in both waves.
  for (const { where, received, expected, remedy } of checkTls(tls, { wave: 'va2', suites: 'dmp' })) {
    report.add('DMP-TLS-SESSION', { where, received, expected: expected.replace(' (vague 2)', ''), remedy });
  }
}
