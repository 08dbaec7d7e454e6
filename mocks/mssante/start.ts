import { announceTls } from '../network/index.ts';
import type { ServiceContext } from '../types.ts';
import { integrationCodeProblem } from './answers/after-acceptance.ts';
import { mailboxOf, makeIncoming } from './answers/incoming/index.ts';
import { listenImap } from './imap/listen.ts';
import { createMailStore } from './mail-store.ts';
import { domainOf, makeDirectory } from './mailboxes.ts';
import { MSSANTE_SITUATIONS } from './situations.ts';
import { listenPersonalities, NO_PERSONALITIES } from './personalities/index.ts';
import { listenSmtp } from './smtp/listen.ts';
import type { MssanteDesk, MssanteOptions, RunningMssante } from './types.ts';

/**
 * Starts the MSSanté operator of the bench: SMTP submission and IMAP, STARTTLS, client certificate, one mailbox per
 * person of the population. Source: protocols.md §5.
 */
export async function startMssante(context: ServiceContext, options: MssanteOptions = {}): Promise<RunningMssante> {
  const directory = makeDirectory(context);
  const desk: MssanteDesk = {
    context,
    domain: domainOf(context.population.laboratory.mailbox),
    directory,
    store: createMailStore(),
    verifyToken: options.verifyToken ?? (async () => ({ refused: 'XOAUTH2 non relié à Pro Santé Connect' })),
    clientCertificate: options.clientCertificate ?? 'required',
    maxBytes: options.maxBytes ?? 10 * 1024 * 1024,
  };
  context.situations.announce('mssante', MSSANTE_SITUATIONS);
  context.situations.announce('mssante', ['erreur-integration'], ({ parameters }) =>
    integrationCodeProblem(parameters),
  );
  // The certificate is shown before anyone is known: these are for everybody, or for one of the two protocols.
  announceTls(context.situations, 'mssante', 'smtp');
  announceTls(context.situations, 'mssante', 'imap');
  const smtp = await listenSmtp(desk);
  const imap = await listenImap(desk).catch(async (error: unknown) => {
    await smtp.close();
    throw error;
  });
  const opening = options.personalities === true ? listenPersonalities(desk, { smtp, imap }) : NO_PERSONALITIES;
  const others = await Promise.resolve(opening).catch(async (error: unknown) => {
    await Promise.all([smtp.close(), imap.close()]);
    throw error;
  });
  return {
    addresses: {
      smtp: { host: context.host, port: smtp.port, tlsPort: smtp.tlsPort },
      imap: { host: context.host, port: imap.port, tlsPort: imap.tlsPort },
      domain: desk.domain,
      mailboxes: directory.all.map(({ address, kind, user, password }) => ({ address, kind, user, password })),
      ...(options.personalities === true ? { personalities: others.addresses } : {}),
    },
    delivered: (mailbox) => desk.store.list(mailbox),
    inbox: (mailbox) => imap.inbox(mailboxOf(desk, mailbox)),
    deposit(mailbox, source) {
      const { address } = mailboxOf(desk, mailbox);
      const receivedAt = context.now().toISOString();
      desk.store.deliver({ mailbox: address, from: '', to: [address], receivedAt, source });
    },
    async receive(order) {
      const { to, from, messageId, source } = await makeIncoming(desk, order);
      desk.store.deliver({ mailbox: to, from, to: [to], receivedAt: context.now().toISOString(), source });
      return messageId;
    },
    reset() {
      smtp.dropConnections();
      others.dropConnections();
      imap.forget();
      desk.store.clear();
    },
    async close() {
      await Promise.all([smtp.close(), imap.close(), others.close()]);
      desk.store.close();
    },
  };
}
