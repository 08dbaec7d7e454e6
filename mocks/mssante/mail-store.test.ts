import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createMailStore, type MailStore } from './mail-store.ts';

const opened: MailStore[] = [];
const make = (limits?: Parameters<typeof createMailStore>[0]): MailStore => {
  const store = createMailStore(limits);
  opened.push(store);
  return store;
};
afterEach(() => {
  for (const store of opened.splice(0)) store.close();
});

const delivered = (mailbox: string, source: Uint8Array) => ({
  mailbox,
  from: 'a@banc.test',
  to: [mailbox],
  receivedAt: '2026-01-05T10:00:00.000Z',
  source,
});

describe('createMailStore', () => {
  it('gives back the bytes of every mail, whether they are in memory or on disk', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (sources) => {
        const store = make({ inMemory: 100, memoryBudget: 500 });
        for (const source of sources) store.deliver(delivered('B@banc.test', source));
        expect(store.list('b@BANC.test').map((mail) => [...mail.source])).toEqual(sources.map((one) => [...one]));
      }),
    );
  });

  it('reads pieces, bounded by the mail', () => {
    const store = make({ inMemory: 0 });
    store.keep(Buffer.from('avant'));
    const kept = store.keep(Buffer.from('0123456789'));
    store.keep(Buffer.from('après'));
    expect(kept.read(2, 5).toString()).toBe('234');
    expect(kept.read(8, 50).toString()).toBe('89');
    expect(kept.read(50).length).toBe(0);
  });

  it('keeps once the bytes of a mail to several recipients', () => {
    const store = make({ inMemory: 0, diskBudget: 15 });
    const source = Buffer.from('0123456789');
    for (const to of ['a@banc.test', 'b@banc.test', 'c@banc.test']) store.deliver(delivered(to, source));
    expect(store.list('c@banc.test')[0]?.kept.read().toString()).toBe('0123456789');
    expect(() => store.keep(Buffer.from('0123456789'))).toThrow(/pas plus de 15/u);
  });

  it('tells those who listen, and is empty after a clear', () => {
    const store = make({ inMemory: 0 });
    const seen: string[] = [];
    store.onDelivery((mail) => seen.push(Buffer.from(mail.source).toString()));
    store.deliver(delivered('a@banc.test', Buffer.from('un')));
    const [mail] = store.list('a@banc.test');
    store.clear();
    expect(seen).toEqual(['un']);
    expect(store.list('a@banc.test')).toEqual([]);
    expect(() => mail?.source).toThrow(/vidées/u);
    store.deliver(delivered('a@banc.test', Buffer.from('deux')));
    expect(Buffer.from(store.list('a@banc.test')[0]?.source ?? []).toString()).toBe('deux');
  });
});
