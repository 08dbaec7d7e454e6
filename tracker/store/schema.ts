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
    /** 1 when whoever filed a piece may not validate it. */
    four_eyes: Generated<number>;
    /** Campaign that it succeeds. */
    follows: Generated<string | null>;
    revision: Generated<number>;
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
    /** RunLine; null in a row of an earlier version until the tracker is opened. */
    line: Generated<string | null>;
  };
  /** The newest result of each scenario of a campaign; made from the runs. */
  latest_result: {
    campaign: string;
    scenario: string;
    run: string;
    started_at: string;
    /** Place in its run. */
    rank: number;
    /** ScenarioDigest. */
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
    revision: Generated<number>;
  };
  /** What people decided about a requirement; JSON of the nouns of the domain. */
  requirement_file: {
    campaign: string;
    requirement: string;
    not_applicable: string | null;
    carrier: string | null;
    assignment: string | null;
    revision: number;
    updated_at: string;
  };
  remark: { id: string; campaign: string; requirement: string; at: string; json: string };
  complement: { id: string; campaign: string; state: string; received_at: string; json: string; revision: number };
  /** What an official tool gave for a slot. */
  slot_reference: {
    id: Generated<number>;
    campaign: string;
    slot: string;
    kind: string;
    value: string;
    author: string;
    at: string;
  };
  piece: { id: Generated<number>; campaign: string; slot: string; run: string; path: string; json: string };
  /** Files that people brought; one may serve several slots and several campaigns. */
  evidence: {
    id: string;
    /** Where it was brought first. */
    campaign: string;
    /** SHA-256 of its bytes. */
    original: string;
    /** SHA-256 of what may be shared; null while the guard holds it. */
    shared: string | null;
    added_at: string;
    author: string;
    /** Evidence, with the slots that it waits for. */
    json: string;
    revision: Generated<number>;
  };
  /** A piece of a person in a slot. */
  filing: {
    id: Generated<number>;
    evidence: string;
    campaign: string;
    slot: string;
    author: string;
    at: string;
    /** FilingFacts. */
    json: string;
  };
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
  /** Append-only: triggers refuse UPDATE and DELETE. Each line is chained to the one before (`audit.ts`). */
  audit: {
    id: Generated<number>;
    at: string;
    actor: string;
    action: string;
    subject: string;
    detail: string;
    /** What it was and what it became, as JSON; null where the detail says it. */
    before: string | null;
    after: string | null;
    /** SHA-256 of the hash of the line before and of this line. */
    hash: string;
    /** Campaign that it speaks of; null for what is of the whole tracker, and for lines of earlier versions. */
    campaign: Generated<string | null>;
  };
  /** Number of the last line of the audit of each campaign, empty for the whole tracker; made with the lines. */
  last_line: { campaign: string; line: number };
  /** Somebody who logs in. */
  account: {
    name: string;
    role: string;
    /** PHC string of the password; null for an account that only its identity provider opens. */
    password: string | null;
    /** `issuer subject` of the identity provider; null for a local account. */
    identity: string | null;
    disabled: Generated<number>;
    created_at: string;
    revision: Generated<number>;
  };
  /** An open session; its cookie is only kept as a hash. */
  session: {
    hash: string;
    account: string;
    /** What a change must bring beside the cookie. */
    csrf: string;
    created_at: string;
    seen_at: string;
    expires_at: string;
  };
  /** What a program logs in with; only its hash is kept. */
  api_token: {
    id: string;
    account: string;
    label: string;
    hash: string;
    /** JSON: what it may do, of what its account may. */
    scopes: string;
    created_at: string;
    expires_at: string;
    used_at: string | null;
    revoked_at: string | null;
  };
  /** Where changes are sent. */
  webhook: {
    id: string;
    url: string;
    /** Signs what is sent. */
    secret: string;
    /** Campaign that it follows; null for all of them. */
    campaign: string | null;
    author: string;
    created_at: string;
    /** Last line of the audit that was taken. */
    cursor: number;
    failures: Generated<number>;
    /** When it is tried again; empty at once. */
    next_at: Generated<string>;
    /** French: what the receiver said last. */
    last_result: Generated<string>;
    active: Generated<number>;
  };
  /** Answers to calls that may come twice. */
  receipt: {
    actor: string;
    key: string;
    /** SHA-256 of what was asked. */
    request: string;
    answer: string;
    at: string;
  };
}
