import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Exchange, HttpExchange } from '#formats/exchange/index.ts';
import { createJournal, JournalTimeout, readJournal } from './index.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'jalon-journal-'));
  folders.push(folder);
  return folder;
}

let counter = 0;
function exchange(parts: Partial<HttpExchange> = {}): HttpExchange {
  counter += 1;
  return {
    id: `e${counter}`,
    protocol: 'http',
    service: 'insi',
    startedAt: '2026-01-05T10:00:00.000Z',
    durationMs: 3,
    peer: { address: '127.0.0.1', port: 4000 },
    operation: 'recherche',
    attribution: { patient: 'nominal-01', ins: '279035121518989', mailboxes: ['Labo@banc.mssante.test'] },
    expected: true,
    outcome: 'répondu 00',
    request: { method: 'POST', url: '/lps', headers: [['Content-Type', 'a']], body: new Uint8Array([1, 2, 3]) },
    response: { status: 200, headers: [], body: new Uint8Array([4, 5]) },
    ...parts,
  };
}

describe('the journal in memory', () => {
  it('lists by service, operation, subject and mark, in order', () => {
    const journal = createJournal();
    expect(journal.mark()).toBe('');
    const first = exchange();
    const second = exchange({ service: 'dmp', operation: 'TD2.1', attribution: { documentIds: ['1.2.3'] } });
    journal.record(first);
    const mark = journal.mark();
    journal.record(second);
    expect(journal.list()).toEqual([first, second]);
    expect(journal.list({ service: 'insi' })).toEqual([first]);
    expect(journal.list({ operation: 'TD2.1' })).toEqual([second]);
    for (const about of ['nominal-01', '279035121518989', 'labo@banc.mssante.test']) {
      expect(journal.list({ about })).toEqual([first]);
    }
    expect(journal.list({ about: '1.2.3' })).toEqual([second]);
    expect(journal.list({ since: mark })).toEqual([second]);
    expect(journal.list({ since: '' })).toHaveLength(2);
  });

  it('shows everything that came after a mark that was cleared away', () => {
    const journal = createJournal();
    journal.record(exchange());
    const mark = journal.mark();
    journal.clear();
    const after = exchange();
    journal.record(after);
    expect(journal.list({ since: mark })).toEqual([after]);
  });

  it('gives an exchange recorded before or after the wait', async () => {
    const journal = createJournal();
    const before = exchange();
    journal.record(before);
    expect(await journal.waitFor({ service: 'insi' }, 5_000)).toBe(before);
    const waiting = journal.waitFor({ service: 'insi', since: journal.mark() }, 5_000);
    journal.record(exchange({ service: 'dmp' }));
    const after = exchange();
    journal.record(after);
    expect(await waiting).toBe(after);
  });

  it('says what it waited for in vain', async () => {
    const journal = createJournal();
    const waiting = journal.waitFor({ service: 'dmp', operation: 'TD2.1' }, 1);
    await expect(waiting).rejects.toThrow(JournalTimeout);
    await expect(waiting).rejects.toThrow(/service dmp, opération TD2\.1/);
  });

  it('says what came instead, the closest first, and in what it differs', async () => {
    const journal = createJournal();
    journal.record(exchange({ operation: 'avant' }));
    const query = { service: 'insi', operation: 'recherche', about: 'nominal-02', since: journal.mark() } as const;
    const waiting = journal.waitFor(query, 1).catch((error: unknown) => error);
    journal.record(exchange({ service: 'dmp', operation: 'TD2.1', attribution: { documentIds: ['1.2.3'] } }));
    journal.record(exchange({ operation: 'rechercher', attribution: { patient: 'nominal-02' } }));
    journal.record(exchange());
    journal.record(exchange());
    journal.record(exchange({ operation: 'recherche', attribution: {}, outcome: '' }));
    const timeout = await waiting;
    if (!(timeout instanceof JournalTimeout)) throw new Error('a timeout was expected');
    expect(timeout.instead).toBe(
      'À la place, le banc a reçu : INSi, « recherche » : rattaché à personne (attendu nominal-02) ; ' +
        'INSi, « recherche », patient nominal-01 : ne concerne pas nominal-02 – répondu 00 ; ' +
        'INSi, « rechercher », patient nominal-02 : autre opération (attendue « recherche », à une lettre près) – répondu 00 ' +
        '(et 1 autre(s)).',
    );
    expect(timeout.message).toContain(timeout.instead);
    expect(timeout.message).not.toContain('avant');
  });

  it('says that nothing came, or that a connection was refused', async () => {
    const journal = createJournal();
    const wait = () => journal.waitFor({ service: 'insi', since: journal.mark() }, 1);
    await expect(wait()).rejects.toThrow(/Rien d’autre n’est arrivé/);
    const { request: _request, response: _response, ...base } = exchange();
    const waiting = journal.waitFor({ service: 'insi', operation: 'recherche', since: journal.mark() }, 1);
    const peer = { ...base.peer, tls: { protocol: '', cipher: '', sni: '', authorized: false, serialNumber: 'AB12' } };
    const refused = {
      attribution: {},
      outcome: 'connexion TLS refusée : certificat révoqué',
      operation: 'tls',
      error: 'x',
    };
    journal.record({ ...base, ...refused, protocol: 'tls', peer });
    await expect(waiting).rejects.toThrow(
      /INSi, connexion, certificat n° AB12 : autre opération .* – connexion TLS refusée : certificat révoqué/,
    );
  });

  it('lists by client certificate and by what no mock recognised', () => {
    const journal = createJournal();
    const tls = { protocol: 'TLSv1.3', cipher: 'x', sni: '', authorized: true };
    const subjects = [
      ['C=FR', 'CN=INSI-AUTO'],
      ['C=FR', 'CN=899700000012 + SN=ESSAI + GN=Jeanne'],
    ];
    for (const [index, subject] of subjects.entries()) {
      const peer = { address: '127.0.0.1', port: 1, tls: { ...tls, serialNumber: `4${index}AF`, subject } };
      journal.record(exchange({ peer, attribution: {}, expected: index === 0 }));
    }
    const [organisation, card] = journal.list();
    expect(journal.list({ about: 'INSI-AUTO' })).toEqual([organisation]);
    expect(journal.list({ about: '899700000012' })).toEqual([card]);
    expect(journal.list({ about: '41af' })).toEqual([card]);
    expect(journal.list({ about: 'INSI' })).toEqual([]);
    expect(journal.list({ expected: false })).toEqual([card]);
    expect(journal.list({ expected: true })).toEqual([organisation]);
  });
});

describe('the journal on disk', () => {
  it('has the exchange and its raw bodies on disk when record returns', () => {
    const folder = newFolder();
    const journal = createJournal({ folder });
    journal.record(exchange());
    expect(readdirSync(folder).sort()).toEqual([
      '0001-insi-recherche.json',
      '0001-insi-recherche.request.bin',
      '0001-insi-recherche.response.bin',
    ]);
    const kept = JSON.parse(readFileSync(join(folder, '0001-insi-recherche.json'), 'utf8')) as Record<string, unknown>;
    expect(kept).toMatchObject({ outcome: 'répondu 00', request: { body: '0001-insi-recherche.request.bin' } });
    expect([...readFileSync(join(folder, '0001-insi-recherche.request.bin'))]).toEqual([1, 2, 3]);
    expect(statSync(join(folder, '0001-insi-recherche.json')).mode & 0o077).toBe(0);
  });

  it('gives back large bodies from the disk, every protocol', () => {
    const folder = newFolder();
    const journal = createJournal({ folder, keepInMemory: 4 });
    const large = new Uint8Array([9, 8, 7, 6, 5, 4]);
    const { request, ...base } = exchange();
    const exchanges: Exchange[] = [
      { ...base, request: { ...request, body: large }, response: { status: 200, headers: [], body: large } },
      {
        ...base,
        id: 's',
        protocol: 'smtp',
        envelope: { from: 'a', to: ['b'] },
        source: large,
        transcript: [],
        reply: '250',
      },
      { ...base, id: 'm', protocol: 'mllp', received: large, sent: large },
      { ...base, id: 't', protocol: 'tls', error: 'x' },
    ];
    for (const one of exchanges) journal.record(one);
    expect(journal.list()).toEqual(exchanges);
    // What is not kept in memory follows the file.
    const name = readdirSync(folder).find((file) => file.endsWith('request.bin'));
    writeFileSync(join(folder, name ?? ''), 'changed');
    const [kept] = journal.list() as readonly HttpExchange[];
    expect(Buffer.from(kept?.request.body ?? []).toString()).toBe('changed');
  });

  it('never lets an operation name leave the folder', () => {
    const folder = newFolder();
    createJournal({ folder }).record(exchange({ operation: 'GET /../../etc/passwd' }));
    expect(readdirSync(folder)).toContain('0001-insi-GET-..-..-etc-passwd.json');
  });

  it('goes on after what a killed run left', () => {
    const folder = newFolder();
    createJournal({ folder }).record(exchange());
    createJournal({ folder }).record(exchange());
    expect(readdirSync(folder).filter((name) => name.endsWith('.json'))).toEqual([
      '0001-insi-recherche.json',
      '0002-insi-recherche.json',
    ]);
  });

  it('keeps no more bodies in memory than its budget', () => {
    const folder = newFolder();
    const journal = createJournal({ folder, memoryBudget: 8 });
    // Five bytes each: one exchange fits.
    for (let turn = 0; turn < 3; turn += 1) journal.record(exchange());
    for (const name of readdirSync(folder)) {
      if (name.endsWith('request.bin')) writeFileSync(join(folder, name), 'disque');
    }
    const kept = (journal.list() as readonly HttpExchange[]).map(({ request }) => Buffer.from(request.body).toString());
    expect(kept).toEqual(['\u0001\u0002\u0003', 'disque', 'disque']);
  });

  it('never writes over what another bench wrote in the same folder', () => {
    const folder = newFolder();
    const [one, other] = [createJournal({ folder }), createJournal({ folder })];
    one.record(exchange({ outcome: 'un' }));
    other.record(exchange({ outcome: 'deux' }));
    expect(readJournal(folder).exchanges.map(({ outcome }) => outcome)).toEqual(['un', 'deux']);
  });

  it('says which folder cannot be written', () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    expect(() => createJournal({ folder: file })).toThrow(expect.objectContaining({ code: 'JOURNAL_UNWRITABLE' }));
  });
});
