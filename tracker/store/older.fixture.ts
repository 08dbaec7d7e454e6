import { loadCatalogue, slotsOf } from '#dsr/catalogue/index.ts';
import { serialiseRem } from '#dsr/rem/index.ts';
import { runDigest } from '../domain/index.ts';
import { orderOf } from '../orders/orders.fixture.ts';
import type { RunRecord } from '../types.ts';
import { lineHash } from './audit.ts';
import type { TrackerPlace } from './index.ts';
import { CHAINED_FROM, MIGRATIONS } from './migrations.ts';
import { withRaw, type RawColumn, type RawRow, type RawStore } from './raw.fixture.ts';

export const REM = loadCatalogue('SGL', 'va1');
export const AT = '2026-01-01T00:00:00.000Z';
const PLACES = slotsOf(REM.requirements);
export const SLOT = PLACES[0]!.slot.id;
export const REQUIREMENT = PLACES[0]!.requirement.id;
/** Every row, by table. */
export type Tables = Readonly<Record<string, readonly RawRow[]>>;

export function runOf(id: string): RunRecord {
  return {
    id,
    category: 'SGL',
    wave: 'va1',
    profiles: ['general'],
    rem: { source: REM.source, sha256: REM.sha256 },
    product: { name: 'Labo', version: '1' },
    driver: 'reference',
    faults: [],
    benchVersion: '0',
    startedAt: AT,
    lifecycle: 'finished',
    verdict: 'conforme',
    durationMs: 1,
    scenarios: [],
    unexpected: [],
  };
}

const PAYMENT = {
  id: 'avance.BC-1',
  kind: 'avance',
  order: 'BC-1',
  requested: 988_200,
  layout: { name: 'avance', version: '0.1.0', proposed: true },
  json: { file: 'a.json', sha256: 'a', history: [] },
};
const REMARK = { id: 'Q', kind: 'question', text: 'Quelle version ?', author: 'camille', at: AT };
const COMPLEMENT = {
  id: 'C1',
  subject: { kind: 'exigence', requirement: REQUIREMENT },
  text: 'Refaire la vidéo',
  receivedAt: AT,
  state: 'recu',
};

/** What the readers of the tracker read; any other column is filled with its own name. */
const ROWS: Readonly<Record<string, readonly RawRow[]>> = {
  campaign: [{ id: 'c1', product: 'Labo', version: '1', category: 'SGL', wave: 'va1', profiles: '["general"]' }],
  rem: [{ sha256: REM.sha256, json: serialiseRem(REM) }],
  run: ['r1', 'r2'].map((id) => ({
    id,
    lifecycle: 'finished',
    verdict: 'conforme',
    json: JSON.stringify(runOf(id)),
    digest: JSON.stringify(runDigest(runOf(id))),
  })),
  slot_state: [
    { slot: SLOT, state: 'recueillie' },
    { slot: PLACES[1]!.slot.id, state: 'a-revoir' },
  ],
  piece: [1, 2].map((rank) => ({ path: `preuves/${rank}.txt`, json: `{"path":"preuves/${rank}.txt"}` })),
  audit: ['exécution enregistrée', 'état de preuve', 'état de preuve'].map((action) => ({ action, subject: 'c1' })),
  purchase_order: [{ number: 'BC-1', json: JSON.stringify(orderOf()) }],
  payment_request: [{ id: PAYMENT.id, purchase_order: 'BC-1', kind: 'avance', json: JSON.stringify(PAYMENT) }],
  deposit_status: ['preparee', 'deposee'].map((status) => ({ request: PAYMENT.id, part: 'json', status })),
  requirement_file: [
    { requirement: REQUIREMENT, assignment: '{"owner":"camille"}', carrier: null, not_applicable: null },
  ],
  remark: [{ id: 'Q', requirement: REQUIREMENT, json: JSON.stringify(REMARK) }],
  complement: [{ id: 'C1', state: 'recu', json: JSON.stringify(COMPLEMENT) }],
  slot_reference: [{ slot: SLOT, kind: 'nil', value: 'NIL-1' }],
  evidence: [{ id: 'P-1', json: JSON.stringify({ evidence: { id: 'P-1' }, wanted: [] }) }],
  filing: [{ evidence: 'P-1', slot: SLOT, json: '{"references":[]}' }],
  account: [{ name: 'camille', role: 'admin' }],
};
/** Columns that name a row of another table, or that hold something else than a word. */
const COLUMNS: RawRow = {
  campaign: 'c1',
  run: 'r1',
  account: 'camille',
  rem_sha256: REM.sha256,
  at: AT,
  created_at: AT,
  updated_at: AT,
  started_at: AT,
  received_at: AT,
  before: null,
  after: null,
};
/** Tables that others name come first. */
const FIRST: ReadonlySet<string> = new Set(['campaign', 'run', 'payment_request', 'account', 'evidence']);

/** Makes a tracker as a Jalon of the first `steps` versions of the schema left it, with rows in every table. */
export function writeOlder(place: TrackerPlace, steps: number): Promise<Tables> {
  return withRaw(place, async (raw) => {
    for (const migration of MIGRATIONS.slice(0, steps)) await raw.exec(migration(raw.spelling));
    await raw.setVersion(steps);
    for (const table of (await raw.tables()).toSorted((a, b) => Number(FIRST.has(b)) - Number(FIRST.has(a)))) {
      await fill(raw, table, steps);
    }
    return tablesOf(raw);
  });
}

/** Every row of every table. */
export async function tablesOf(raw: RawStore): Promise<Tables> {
  const tables: Record<string, readonly RawRow[]> = {};
  for (const table of await raw.tables()) tables[table] = await raw.rows(`SELECT * FROM ${table} ORDER BY 1, 2`);
  return tables;
}

async function fill(raw: RawStore, table: string, steps: number): Promise<void> {
  const columns = await raw.columns(table);
  let hash = '';
  for (const given of ROWS[table] ?? [{}]) {
    const row: RawRow = Object.fromEntries(
      columns.map((column) => [
        column.name,
        given[column.name] === undefined ? anyOf(column) : (given[column.name] ?? null),
      ]),
    );
    if (table !== 'audit' || steps <= CHAINED_FROM) {
      await raw.insert(table, row);
      continue;
    }
    const { at, actor, action, subject, detail, campaign } = row as Record<string, string>;
    hash = lineHash(hash, {
      at: at!,
      actor: actor!,
      action: action!,
      subject: subject!,
      detail: detail!,
      campaign: campaign ?? null,
    });
    await raw.insert(table, { ...row, hash });
  }
}

function anyOf({ name, integer }: RawColumn): string | number | null {
  const known = COLUMNS[name];
  if (known !== undefined) return known;
  return integer ? 1 : name;
}
