import type { Generated } from 'kysely';

/** Dates are ISO 8601 UTC; JSON columns hold the nouns of `tracker/types.ts` as they were when written. */
export interface Schema {
  campaign: {
    id: string;
    product: string;
    version: string;
    category: string;
    wave: string;
    rem_sha256: string;
    profiles: string;
    created_at: string;
    updated_at: string;
  };
  /** The requirement list of a campaign, whole, so that official wording can be shown. */
  rem: { sha256: string; json: string };
  run: {
    id: string;
    campaign: string;
    started_at: string;
    lifecycle: string;
    verdict: string;
    dir: string;
    /** RunRecord. */
    json: string;
  };
  slot_state: {
    campaign: string;
    slot: string;
    state: string;
    run: string | null;
    updated_at: string;
    /** Why it is `perimee`; null in any other state. */
    reason: string | null;
  };
  piece: { id: Generated<number>; campaign: string; slot: string; run: string; path: string; json: string };
  /** The book of orders, as they stand. */
  purchase_order: {
    number: string;
    couloir: string;
    wave: string;
    instance: string;
    client_siret: string;
    signed_on: string | null;
    /** Order. */
    json: string;
    created_at: string;
    updated_at: string;
  };
  /** Requests to the ASP; an order may be asked for from a list that never entered the book. */
  payment_request: {
    id: string;
    purchase_order: string;
    kind: string;
    /** PaymentRequest, the histories of its deposits left empty. */
    json: string;
    created_at: string;
    updated_at: string;
  };
  /** What became of the two files of a request. Append-only: triggers refuse UPDATE and DELETE. */
  deposit_status: {
    id: Generated<number>;
    request: string;
    part: 'json' | 'zip';
    status: string;
    at: string;
    author: string;
    note: string | null;
  };
  /** Append-only: triggers refuse UPDATE and DELETE. */
  audit: { id: Generated<number>; at: string; actor: string; action: string; subject: string; detail: string };
}

/** One entry per version, in order; `user_version` of the file says how many were played. */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE campaign (
     id TEXT PRIMARY KEY, product TEXT NOT NULL, version TEXT NOT NULL, category TEXT NOT NULL, wave TEXT NOT NULL,
     rem_sha256 TEXT NOT NULL, profiles TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
   CREATE TABLE rem (sha256 TEXT PRIMARY KEY, json TEXT NOT NULL);
   CREATE TABLE run (
     id TEXT PRIMARY KEY, campaign TEXT NOT NULL REFERENCES campaign(id), started_at TEXT NOT NULL, lifecycle TEXT NOT NULL,
     verdict TEXT NOT NULL, dir TEXT NOT NULL, json TEXT NOT NULL);
   CREATE INDEX run_by_date ON run (started_at);
   CREATE TABLE slot_state (
     campaign TEXT NOT NULL REFERENCES campaign(id), slot TEXT NOT NULL, state TEXT NOT NULL, run TEXT, updated_at TEXT NOT NULL,
     PRIMARY KEY (campaign, slot));
   CREATE TABLE piece (
     id INTEGER PRIMARY KEY, campaign TEXT NOT NULL REFERENCES campaign(id), slot TEXT NOT NULL, run TEXT NOT NULL REFERENCES run(id),
     path TEXT NOT NULL, json TEXT NOT NULL);
   CREATE INDEX piece_by_slot ON piece (campaign, slot);
   CREATE TABLE audit (
     id INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL);
   CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
   CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;`,
  `ALTER TABLE slot_state ADD COLUMN reason TEXT;
   CREATE INDEX campaign_by_product ON campaign (product, version, category, wave, rem_sha256);`,
  `CREATE TABLE purchase_order (
     number TEXT PRIMARY KEY, couloir TEXT NOT NULL, wave TEXT NOT NULL, instance TEXT NOT NULL, client_siret TEXT NOT NULL,
     signed_on TEXT, json TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
   CREATE INDEX purchase_order_by_instance ON purchase_order (instance, couloir, wave);
   CREATE TABLE payment_request (
     id TEXT PRIMARY KEY, purchase_order TEXT NOT NULL, kind TEXT NOT NULL, json TEXT NOT NULL,
     created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
   CREATE INDEX payment_request_by_order ON payment_request (purchase_order);
   CREATE TABLE deposit_status (
     id INTEGER PRIMARY KEY, request TEXT NOT NULL REFERENCES payment_request(id), part TEXT NOT NULL, status TEXT NOT NULL,
     at TEXT NOT NULL, author TEXT NOT NULL, note TEXT);
   CREATE INDEX deposit_status_by_request ON deposit_status (request);
   CREATE TRIGGER deposit_status_is_never_changed BEFORE UPDATE ON deposit_status
     BEGIN SELECT RAISE(ABORT, 'deposit_status is append-only'); END;
   CREATE TRIGGER deposit_status_is_never_deleted BEFORE DELETE ON deposit_status
     BEGIN SELECT RAISE(ABORT, 'deposit_status is append-only'); END;`,
];
