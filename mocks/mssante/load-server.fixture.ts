import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJournal } from '../journal/index.ts';
import { createTestContext } from '../testing.ts';
import { startMssante } from './index.ts';

/** What the operator says of itself once it listens. */
export interface LoadServer {
  readonly smtp: { readonly host: string; readonly port: number };
  readonly imap: { readonly host: string; readonly port: number };
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  readonly from: { readonly user: string; readonly password: string };
  readonly to: { readonly user: string; readonly password: string };
}

/** Bytes of memory, now and at the worst moment so far. */
export interface LoadMemory {
  readonly now: number;
  readonly peak: number;
  /** Mails in the mailbox of the recipient. */
  readonly delivered: number;
}

// Run as a process of its own, so that its memory is that of the operator and of nothing else.
const folder = mkdtempSync(join(tmpdir(), 'jalon-load-'));
const context = await createTestContext({ journal: createJournal({ folder }) });
const running = await startMssante(context);
const [from, to] = running.addresses.mailboxes;
const certificate = context.pki.clients['ORG_AUTH_CLI'];
if (from === undefined || to === undefined || certificate === undefined) throw new RangeError('no mailbox');
const addresses: LoadServer = {
  smtp: running.addresses.smtp,
  imap: { host: running.addresses.imap.host, port: running.addresses.imap.port },
  ca: context.pki.caPem,
  cert: certificate.certificatePem,
  key: certificate.keyPem,
  from: { user: from.user, password: from.password },
  to: { user: to.user, password: to.password },
};
process.on('message', (message) => {
  if (message !== 'memory') return;
  const memory: LoadMemory = {
    now: process.memoryUsage.rss(),
    // In kilobytes on Linux and macOS alike, by Node.
    peak: process.resourceUsage().maxRSS * 1024,
    delivered: running.delivered(to.address).length,
  };
  process.send?.(memory);
});
process.on('disconnect', () => {
  void Promise.all([running.close(), context.close()]).then(() => rmSync(folder, { recursive: true, force: true }));
});
process.send?.(addresses);
