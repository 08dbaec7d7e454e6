import type { PersonalityAddress } from '../../types.ts';
import { settingsOfSituation } from '../../network/index.ts';
import type { ImapListener } from '../imap/listen.ts';
import { listenOn, type PlainListener } from '../plain-listener.ts';
import type { ShownCredential } from '../shown-tls.ts';
import type { SmtpListener } from '../smtp/listen.ts';
import type { MssanteDesk } from '../types.ts';
import { PERSONALITIES, RIGHT } from './data.ts';
import type { Personality } from './types.ts';

/** The operators that always show the same fault, each on ports of its own. */
export interface PersonalityListeners {
  readonly addresses: readonly PersonalityAddress[];
  /** Cuts every open connection. */
  dropConnections(): void;
  close(): Promise<void>;
}

/** None of them: the default, since their ports take time to open and few campaigns need them. */
export const NO_PERSONALITIES: PersonalityListeners = {
  addresses: [],
  dropConnections: () => undefined,
  close: () => Promise.resolve(),
};

/**
 * Opens one port of submission and one of reading for each personality, STARTTLS both, over the same mailboxes as the main
 * ports. Situations of the handshake are never played there; those of the dialogue are.
 * @throws {BenchError} `PORT_IN_USE`, `PORT_FORBIDDEN`, `LISTEN_FAILED`
 */
export async function listenPersonalities(
  desk: MssanteDesk,
  { smtp, imap }: { readonly smtp: Pick<SmtpListener, 'serve'>; readonly imap: Pick<ImapListener, 'serve'> },
): Promise<PersonalityListeners> {
  const opened: PlainListener[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((one) => one.close()));
  };
  const open = async (personality: Personality): Promise<PersonalityAddress> => {
    const shown = shownBy(desk, personality);
    const tls = (): ShownCredential => shown;
    const submission = await listenOn(desk.context, `smtp-${personality.name}`, (raw) => smtp.serve(raw, shown));
    opened.push(submission);
    const reading = await listenOn(desk.context, `imap-${personality.name}`, (raw) => imap.serve(raw, 'starttls', tls));
    opened.push(reading);
    return { ...personality, smtpPort: submission.port, imapPort: reading.port };
  };
  const opening = await Promise.allSettled(PERSONALITIES.map(open));
  const failure = opening.find((one) => one.status === 'rejected');
  if (failure !== undefined) {
    await close();
    throw failure.reason;
  }
  return {
    addresses: opening.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
    dropConnections() {
      for (const one of opened) one.dropConnections();
    },
    close,
  };
}

/** What a personality shows at each handshake. */
function shownBy({ context }: MssanteDesk, { name }: Personality): ShownCredential {
  const { pki } = context;
  if (name === RIGHT) return { credential: pki.server, personality: name };
  const settings = settingsOfSituation(name, pki);
  if (settings === undefined) throw new RangeError(`no TLS situation ${name}`);
  return { credential: pki.server, ...settings, personality: name };
}
