import { describe, expect, it } from 'vitest';
import type { ShownTls, SmtpExchange, StreamExchange, TlsExchange } from '#formats/exchange/index.ts';
import { httpExchange } from '#formats/exchange/exchange.fixture.ts';
import { checkOperatorConnection, operatorConnections } from './index.ts';

const base = {
  service: 'mssante',
  startedAt: '2026-01-05T10:00:00.000Z',
  durationMs: 1,
  peer: { address: '127.0.0.1', port: 1 },
  operation: '',
  attribution: {},
  expected: true,
  outcome: '',
} as const;

const RIGHT: ShownTls = {
  connection: 'c1',
  certificate: 'SERVER',
  protocol: 'TLSv1.2',
  cipher: 'ECDHE-RSA-AES256-GCM-SHA384',
  commands: [],
};

const imap = (id: string, shown?: ShownTls): StreamExchange => ({
  ...base,
  id,
  protocol: 'imap',
  received: new Uint8Array(),
  sent: new Uint8Array(),
  ...(shown === undefined ? {} : { shown }),
});
const smtp = (id: string, shown: ShownTls): SmtpExchange => ({
  ...base,
  id,
  protocol: 'smtp',
  envelope: { from: '', to: [] },
  source: new Uint8Array(),
  transcript: [],
  reply: '',
  shown,
});
const tls = (id: string, shown: ShownTls): TlsExchange => ({ ...base, id, protocol: 'tls', error: 'closed', shown });

describe('operatorConnections', () => {
  it('joins the exchanges of one connection and keeps its fullest account', () => {
    const connections = operatorConnections([
      imap('clear'),
      imap('login', { ...RIGHT, commands: ['LOGIN'] }),
      smtp('mail', { ...RIGHT, connection: 'c2', commands: ['EHLO', 'AUTH', 'MAIL'] }),
      imap('select', { ...RIGHT, commands: ['LOGIN', 'SELECT'] }),
      httpExchange({ id: 'http', service: 'mssante' }),
    ]);
    expect(connections).toEqual([
      { protocol: RIGHT.protocol, cipher: RIGHT.cipher, commands: ['LOGIN', 'SELECT'], exchanges: ['login', 'select'] },
      { protocol: RIGHT.protocol, cipher: RIGHT.cipher, commands: ['EHLO', 'AUTH', 'MAIL'], exchanges: ['mail'] },
    ]);
  });

  it('gives what the rules judge: a client that went on, and one that stopped', () => {
    const revoked: ShownTls = {
      ...RIGHT,
      situation: 'certificat-revoque',
      certificate: 'SERVER-REVOKED',
      flaw: 'revoked',
    };
    const weak: ShownTls = {
      ...RIGHT,
      connection: 'c2',
      personality: 'dh-faible',
      cipher: 'DHE-RSA-AES256-GCM-SHA384',
      keyExchange: { type: 'DH', bits: 1024 },
      commands: ['CAPABILITY'],
    };
    const [stopped, wentOn] = operatorConnections([tls('t', revoked), imap('i', weak)]);
    expect(stopped).toMatchObject({ played: 'certificat-revoque', flaw: 'revoked', commands: [] });
    expect(wentOn?.played).toBe('dh-faible');
    const judged = [stopped, wentOn].map((one) =>
      one === undefined ? [] : checkOperatorConnection(one, { wave: 'va2' }),
    );
    expect(judged.map((findings) => findings.map(({ rule }) => rule))).toEqual([[], ['TLS-OPERATOR-KEY-EXCHANGE']]);
  });

  it('finds none where nothing was shown', () => {
    expect(operatorConnections([])).toEqual([]);
    expect(operatorConnections([imap('clear')])).toEqual([]);
  });
});
