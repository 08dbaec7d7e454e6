import { ImapFlow } from 'imapflow';
import { createTransport } from 'nodemailer';
import type { Credential } from '../pki/types.ts';
import type { Mailbox, ServiceContext } from '../types.ts';
import type { RunningMssante } from './types.ts';

/** Clients of the tests: what a product brings to the operator. */
export interface ClientOptions {
  readonly mailbox: Mailbox;
  /** Certificate presented; undefined presents none. */
  readonly credential?: Credential | undefined;
  readonly password?: string;
  readonly accessToken?: string;
  /** TLS from the first byte; submission only. */
  readonly implicit?: boolean;
}

export function mailboxOf(running: RunningMssante, address: string): Mailbox {
  const found = running.addresses.mailboxes.find((one) => one.address === address);
  if (found === undefined) throw new RangeError(`no mailbox ${address}`);
  return found;
}

export function smtpClient(running: RunningMssante, context: ServiceContext, options: ClientOptions) {
  const { mailbox, credential, accessToken } = options;
  return createTransport({
    host: running.addresses.smtp.host,
    port: options.implicit === true ? running.addresses.smtp.tlsPort : running.addresses.smtp.port,
    secure: options.implicit === true,
    requireTLS: options.implicit !== true,
    auth:
      accessToken === undefined
        ? { user: mailbox.user, pass: options.password ?? mailbox.password }
        : { type: 'OAuth2', user: mailbox.user, accessToken },
    tls: {
      ca: context.pki.caPem,
      servername: 'localhost',
      ...(credential === undefined ? {} : { cert: credential.certificatePem, key: credential.keyPem }),
    },
  });
}

export function imapClient(running: RunningMssante, context: ServiceContext, options: ClientOptions): ImapFlow {
  const { mailbox, credential, accessToken } = options;
  const client = new ImapFlow({
    ...running.addresses.imap,
    secure: false,
    doSTARTTLS: true,
    logger: false,
    auth:
      accessToken === undefined
        ? { user: mailbox.user, pass: options.password ?? mailbox.password }
        : { user: mailbox.user, accessToken },
    tls: {
      ca: context.pki.caPem,
      servername: 'localhost',
      ...(credential === undefined ? {} : { cert: credential.certificatePem, key: credential.keyPem }),
    },
  });
  // A refused or cut connection is what some tests want: the promise tells it, the event would stop the process.
  client.on('error', () => undefined);
  return client;
}
