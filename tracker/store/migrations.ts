/** What differs between the two stores; everything else is one text. */
export interface Spelling {
  /** A column that numbers the rows by itself. */
  readonly serial: string;
  /** Statements that refuse any change of a row of the table. */
  readonly appendOnly: (table: string) => string;
}

/** A step of the schema, in the words of either store. */
export type Migration = (spelling: Spelling) => string;

/**
 * One entry per version, in order, forward only: a released entry never changes. The file or the database says how many were
 * played.
 */
export const MIGRATIONS: readonly Migration[] = [
  ({ serial, appendOnly }) => `CREATE TABLE campaign (
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
     id ${serial}, campaign TEXT NOT NULL REFERENCES campaign(id), slot TEXT NOT NULL, run TEXT NOT NULL REFERENCES run(id),
     path TEXT NOT NULL, json TEXT NOT NULL);
   CREATE INDEX piece_by_slot ON piece (campaign, slot);
   CREATE TABLE audit (
     id ${serial}, at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL);
   ${appendOnly('audit')}`,
  () => `ALTER TABLE slot_state ADD COLUMN reason TEXT;
   CREATE INDEX campaign_by_product ON campaign (product, version, category, wave, rem_sha256);`,
  ({ serial, appendOnly }) => `CREATE TABLE purchase_order (
     number TEXT PRIMARY KEY, couloir TEXT NOT NULL, wave TEXT NOT NULL, instance TEXT NOT NULL, client_siret TEXT NOT NULL,
     signed_on TEXT, json TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
   CREATE INDEX purchase_order_by_instance ON purchase_order (instance, couloir, wave);
   CREATE TABLE payment_request (
     id TEXT PRIMARY KEY, purchase_order TEXT NOT NULL, kind TEXT NOT NULL, json TEXT NOT NULL,
     created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
   CREATE INDEX payment_request_by_order ON payment_request (purchase_order);
   CREATE TABLE deposit_status (
     id ${serial}, request TEXT NOT NULL REFERENCES payment_request(id), part TEXT NOT NULL, status TEXT NOT NULL,
     at TEXT NOT NULL, author TEXT NOT NULL, note TEXT);
   CREATE INDEX deposit_status_by_request ON deposit_status (request);
   ${appendOnly('deposit_status')}`,
  // The lines that are there are chained by whoever plays this step, while nothing refuses it.
  () => `ALTER TABLE audit ADD COLUMN before TEXT;
   ALTER TABLE audit ADD COLUMN after TEXT;
   ALTER TABLE audit ADD COLUMN hash TEXT NOT NULL DEFAULT '';`,
  ({ serial }) => `ALTER TABLE campaign ADD COLUMN four_eyes INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE campaign ADD COLUMN follows TEXT;
   ALTER TABLE campaign ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
   ALTER TABLE slot_state ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
   CREATE TABLE requirement_file (
     campaign TEXT NOT NULL REFERENCES campaign(id), requirement TEXT NOT NULL, not_applicable TEXT, carrier TEXT,
     assignment TEXT, revision INTEGER NOT NULL, updated_at TEXT NOT NULL, PRIMARY KEY (campaign, requirement));
   CREATE TABLE remark (
     id TEXT PRIMARY KEY, campaign TEXT NOT NULL REFERENCES campaign(id), requirement TEXT NOT NULL, at TEXT NOT NULL,
     json TEXT NOT NULL);
   CREATE INDEX remark_by_requirement ON remark (campaign, requirement, at);
   CREATE TABLE complement (
     id TEXT PRIMARY KEY, campaign TEXT NOT NULL REFERENCES campaign(id), state TEXT NOT NULL, received_at TEXT NOT NULL,
     json TEXT NOT NULL, revision INTEGER NOT NULL);
   CREATE INDEX complement_by_campaign ON complement (campaign, received_at);
   CREATE TABLE slot_reference (
     id ${serial}, campaign TEXT NOT NULL REFERENCES campaign(id), slot TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL,
     author TEXT NOT NULL, at TEXT NOT NULL);
   CREATE INDEX slot_reference_by_slot ON slot_reference (campaign, slot);`,
  () => `ALTER TABLE audit ADD COLUMN campaign TEXT;
   CREATE INDEX audit_by_campaign ON audit (campaign, id);
   CREATE INDEX audit_by_subject ON audit (subject, id);
   CREATE INDEX run_by_campaign ON run (campaign, started_at);
   CREATE INDEX piece_by_run ON piece (run);
   CREATE INDEX piece_by_campaign ON piece (campaign, id);
   ALTER TABLE run ADD COLUMN line TEXT;
   CREATE TABLE latest_result (
     campaign TEXT NOT NULL REFERENCES campaign(id), scenario TEXT NOT NULL, run TEXT NOT NULL, started_at TEXT NOT NULL,
     rank INTEGER NOT NULL, json TEXT NOT NULL, PRIMARY KEY (campaign, scenario));
   CREATE TABLE last_line (campaign TEXT PRIMARY KEY, line INTEGER NOT NULL);
   CREATE TABLE account (
     name TEXT PRIMARY KEY, role TEXT NOT NULL, password TEXT, identity TEXT UNIQUE, disabled INTEGER NOT NULL DEFAULT 0,
     created_at TEXT NOT NULL, revision INTEGER NOT NULL DEFAULT 1);
   CREATE TABLE session (
     hash TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account(name), csrf TEXT NOT NULL, created_at TEXT NOT NULL,
     seen_at TEXT NOT NULL, expires_at TEXT NOT NULL);
   CREATE INDEX session_by_account ON session (account);
   CREATE TABLE api_token (
     id TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account(name), label TEXT NOT NULL, hash TEXT NOT NULL UNIQUE,
     scopes TEXT NOT NULL, created_at TEXT NOT NULL, expires_at TEXT NOT NULL, used_at TEXT, revoked_at TEXT);
   CREATE INDEX api_token_by_account ON api_token (account);
   CREATE TABLE webhook (
     id TEXT PRIMARY KEY, url TEXT NOT NULL, secret TEXT NOT NULL, campaign TEXT, author TEXT NOT NULL, created_at TEXT NOT NULL,
     cursor INTEGER NOT NULL, failures INTEGER NOT NULL DEFAULT 0, next_at TEXT NOT NULL DEFAULT '',
     last_result TEXT NOT NULL DEFAULT '', active INTEGER NOT NULL DEFAULT 1);
   CREATE TABLE receipt (
     actor TEXT NOT NULL, key TEXT NOT NULL, request TEXT NOT NULL, answer TEXT NOT NULL, at TEXT NOT NULL,
     PRIMARY KEY (actor, key));
   CREATE INDEX receipt_by_date ON receipt (at);`,
  ({ serial }) => `CREATE TABLE evidence (
     id TEXT PRIMARY KEY, campaign TEXT NOT NULL REFERENCES campaign(id), original TEXT NOT NULL, shared TEXT,
     added_at TEXT NOT NULL, author TEXT NOT NULL, json TEXT NOT NULL, revision INTEGER NOT NULL DEFAULT 1);
   CREATE INDEX evidence_by_campaign ON evidence (campaign, added_at, id);
   CREATE INDEX evidence_by_original ON evidence (original);
   CREATE INDEX evidence_by_shared ON evidence (shared);
   CREATE TABLE filing (
     id ${serial}, evidence TEXT NOT NULL REFERENCES evidence(id), campaign TEXT NOT NULL REFERENCES campaign(id),
     slot TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL, json TEXT NOT NULL, UNIQUE (evidence, campaign, slot));
   CREATE INDEX filing_by_slot ON filing (campaign, slot);`,
];

/** Index, in {@link MIGRATIONS}, of the step after which the audit is a chain. */
export const CHAINED_FROM = 3;
