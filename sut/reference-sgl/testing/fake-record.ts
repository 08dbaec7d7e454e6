import type { DmpEntry, Found, QuerySlot, Verdict } from '../dmp/index.ts';
import type { ExistenceTold } from '../outbox/index.ts';
import type { RecordServices } from '../record/index.ts';
import { ENTRY } from '../xds/index.ts';

/** A DMP without a network: what it is asked, and what it answers. */
export interface FakeRecord {
  readonly services: RecordServices;
  /** One word a call, in order. */
  readonly calls: string[];
  readonly queries: { query: string; slots: readonly QuerySlot[] }[];
  existence: ExistenceTold;
  entries: DmpEntry[];
  content: Uint8Array;
  /** Answer of everything that changes something. */
  verdict: Verdict;
}

export const OPEN: ExistenceTold = { exists: true, closed: false, detail: 'Le DMP existe.', authorisation: 'VALIDE' };

export function entry(uniqueId: string, changes: Partial<DmpEntry> = {}): DmpEntry {
  const coded = (scheme: string, code: string) => ({ scheme, code, system: '', label: code, slots: new Map() });
  return {
    entryUuid: `urn:uuid:${uniqueId}`,
    lid: `urn:uuid:${uniqueId}`,
    status: 'Approved',
    version: '1',
    mimeType: 'text/xml',
    title: 'Lettre',
    uniqueId,
    slots: new Map([['creationTime', ['20260105100000']]]),
    classifications: [
      {
        scheme: ENTRY.author,
        code: '',
        system: '',
        label: '',
        slots: new Map([
          ['authorPerson', ['899700000002^AUTRE^ZOE']],
          ['authorInstitution', ['CABINET TEST^^^^^']],
        ]),
      },
      coded(ENTRY.typeCode, '11488-4'),
      coded(ENTRY.confidentialityCode, 'N'),
    ],
    identifiers: [],
    ...changes,
  };
}

export function fakeRecord(): FakeRecord {
  const accepted: Verdict = { outcome: 'accepted', detail: 'Accepté.' };
  const found = (): Found => ({
    outcome: 'accepted',
    detail: 'Trouvé.',
    entries: record.entries,
    sets: record.entries.map(({ entryUuid }) => `${entryUuid}-lot`),
    members: record.entries.map(({ entryUuid }) => entryUuid),
  });
  const record: FakeRecord = {
    calls: [],
    queries: [],
    existence: OPEN,
    entries: [],
    content: Buffer.from('<a/>'),
    verdict: accepted,
    services: {
      async askBesides() {},
      async authorise() {
        record.calls.push('TD0.3');
        return record.verdict;
      },
      async queryDmp(query, slots) {
        record.calls.push(query);
        record.queries.push({ query, slots });
        return record.verdict.outcome === 'refused' ? record.verdict : found();
      },
      async retrieveDocument() {
        record.calls.push('TD3.2');
        return record.verdict.outcome === 'refused'
          ? record.verdict
          : { ...accepted, outcome: 'accepted', mimeType: 'text/xml', bytes: record.content };
      },
      async updateStatus(_entry, to) {
        record.calls.push(`statut ${to}`);
        return record.verdict;
      },
      async updateConfidentiality(_entry, wanted) {
        const hidden = Object.entries(wanted).flatMap(([name, on]) => (on ? [name] : []));
        record.calls.push(`confidentialite ${hidden.join(' ') || 'N'}`);
        return record.verdict;
      },
    },
  };
  return record;
}
