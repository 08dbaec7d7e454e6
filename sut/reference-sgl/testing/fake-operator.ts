import { createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SampleCertificate } from '../samples/rsa.ts';

/** A small operator of secure mail: submission and one mailbox, which mails are dropped into. */
export interface FakeOperator {
  readonly smtp: { host: string; port: number };
  readonly imap: { host: string; port: number };
  /** What was submitted, oldest first. */
  readonly sent: { from: string; to: string[]; source: string }[];
  /** Commands of the reading side, without their tags. */
  readonly commands: string[];
  /** Puts a mail in the mailbox. */
  drop(source: string): void;
  /** The mails get other numbers, as after a restoration of the mailbox. */
  renumber(): void;
  flags(uid: number): readonly string[];
  readonly count: number;
  /** What RCPT TO is answered, when not 250. */
  refusal: number | undefined;
  close(): Promise<void>;
}

export const OPERATOR_USER = { user: 'labo@labo.mssante.test', password: 'mot-de-passe-de-test' };

export async function startFakeOperator(identity: SampleCertificate, ca: string): Promise<FakeOperator> {
  const mails: { uid: number; source: Buffer; flags: Set<string> }[] = [];
  const sent: FakeOperator['sent'] = [];
  const commands: string[] = [];
  const state = { validity: 1, next: 1, refusal: undefined as number | undefined };
  const tls = { cert: identity.cert, key: identity.key, ca };
  const smtp = new SMTPServer({
    ...tls,
    logger: false,
    disableReverseLookup: true,
    onAuth: ({ username }, _session, next) => next(null, { user: username ?? '' }),
    onRcptTo: (_address, _session, next) =>
      state.refusal === undefined ? next() : next(Object.assign(new Error('motif'), { responseCode: state.refusal })),
    onData: (stream, session, next) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const to = rcptTo.map(({ address }) => address);
        sent.push({ from: mailFrom === false ? '' : mailFrom.address, to, source: Buffer.concat(chunks).toString() });
        next();
      });
    },
  });
  smtp.on('error', () => undefined);
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));

  const answer = (line: string, write: (text: string | Buffer) => void): void => {
    const [, tag = '', text = ''] = /^(\S+) (.*)$/.exec(line) ?? [];
    commands.push(text);
    const [verb = '', ...rest] = text.replace(/^UID /, '').split(' ');
    const uid = Number(rest[0]);
    const mail = mails.find((one) => one.uid === uid);
    if (verb === 'CAPABILITY') write('* CAPABILITY IMAP4rev1 STARTTLS UIDPLUS\r\n');
    if (verb === 'SELECT') write(`* ${mails.length} EXISTS\r\n* OK [UIDVALIDITY ${state.validity}] valides\r\n`);
    if (verb === 'SEARCH') {
      const from = Number(/UID (\d+):/.exec(text.slice(4))?.[1] ?? 0);
      write(`* SEARCH ${mails.flatMap((one) => (one.uid >= from ? one.uid : [])).join(' ')}\r\n`);
    }
    if (verb === 'FETCH' && mail && text.includes('BODY')) {
      write(`* 1 FETCH (UID ${uid} BODY[] {${mail.source.length}}\r\n`);
      write(mail.source);
      write(')\r\n');
    } else if (verb === 'FETCH' && mail) {
      write(`* 1 FETCH (UID ${uid} RFC822.SIZE ${mail.source.length} FLAGS (${[...mail.flags].join(' ')}))\r\n`);
    }
    if (verb === 'STORE' && mail) mail.flags.add(/\(([^)]*)\)/.exec(text)?.[1] ?? '');
    if (verb === 'EXPUNGE') mails.splice(0, mails.length, ...mails.filter(({ flags }) => !flags.has('\\Deleted')));
    const wrong = verb === 'LOGIN' && !text.includes(OPERATOR_USER.password);
    write(wrong ? `${tag} NO [AUTHENTICATIONFAILED] refus\r\n` : `${tag} OK ${verb} fait\r\n`);
  };

  const sockets = new Set<Socket>();
  const imap: Server = createServer((raw) => {
    sockets.add(raw);
    let socket: Socket = raw;
    let rest = '';
    const listen = (): void => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk: Buffer) => {
        const lines = (rest + chunk.toString('latin1')).split('\r\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          answer(line, (text) => socket.write(text));
          if (!line.endsWith(' STARTTLS')) continue;
          raw.removeAllListeners('data');
          socket = new TLSSocket(raw, { isServer: true, secureContext: createSecureContext(tls) });
          listen();
        }
      });
    };
    raw.write('* OK prêt\r\n');
    listen();
  });
  await new Promise<void>((resolve) => imap.listen(0, '127.0.0.1', resolve));
  const place = (server: { address(): unknown }): { host: string; port: number } => ({
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
  });

  return {
    smtp: place(smtp.server),
    imap: place(imap),
    sent,
    commands,
    drop(source) {
      mails.push({ uid: state.next, source: Buffer.from(source.replaceAll(/\r?\n/g, '\r\n')), flags: new Set() });
      state.next += 1;
    },
    renumber() {
      state.validity += 1;
      for (const mail of mails) {
        mail.uid = state.next;
        state.next += 1;
      }
    },
    flags: (uid) => [...(mails.find((one) => one.uid === uid)?.flags ?? [])],
    get count() {
      return mails.length;
    },
    get refusal() {
      return state.refusal;
    },
    set refusal(code) {
      state.refusal = code;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all([
        new Promise<void>((resolve) => imap.close(() => resolve())),
        new Promise<void>((resolve) => smtp.close(() => resolve())),
      ]);
    },
  };
}
