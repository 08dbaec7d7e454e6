import { createTestContext } from '../../testing.ts';
import type { Mailbox, ServiceContext } from '../../types.ts';
import { startMssante, type MssanteOptions, type RunningMssante } from '../index.ts';
import { RawImap } from './raw-client.fixture.ts';

/** The operator of a test file, its mailboxes handed out one by one, and the sessions opened on it. */
export interface ImapBench {
  readonly context: ServiceContext;
  readonly running: RunningMssante;
  /** A mailbox that no other test was given, with these mails in it. */
  mailboxWith(...sources: readonly string[]): Mailbox;
  deposit(mailbox: Mailbox, ...sources: readonly string[]): void;
  /** A session in TLS, with the certificate of the laboratory, not logged in. */
  connect(): Promise<RawImap>;
  /** Connected and logged in. */
  open(mailbox: Mailbox): Promise<RawImap>;
  close(): Promise<void>;
}

export async function startImapBench(
  options: MssanteOptions = {},
  overrides: Partial<ServiceContext> = {},
): Promise<ImapBench> {
  const context = await createTestContext(overrides);
  const running = await startMssante(context, options);
  const opened: RawImap[] = [];
  let next = 0;
  const kept = (client: RawImap): RawImap => {
    opened.push(client);
    return client;
  };
  const deposit = (mailbox: Mailbox, ...sources: readonly string[]): void => {
    for (const source of sources) running.deposit(mailbox.address, Buffer.from(source));
  };
  return {
    context,
    running,
    deposit,
    mailboxWith(...sources) {
      const mailbox = running.addresses.mailboxes[next];
      next += 1;
      if (mailbox === undefined) throw new RangeError('not enough mailboxes');
      deposit(mailbox, ...sources);
      return mailbox;
    },
    connect: async () => kept(await RawImap.connect(running, context, context.pki.clients['ORG_AUTH_CLI'])),
    open: async (mailbox) => kept(await RawImap.open(running, context, mailbox)),
    async close() {
      for (const one of opened) one.close();
      await running.close();
      await context.close();
    },
  };
}
