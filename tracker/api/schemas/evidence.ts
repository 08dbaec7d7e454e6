import { count, day, flag, instant, list, object, oneOf, orNull, ref, text, type Schema } from '../contract/schema.ts';
import { SLOT_STATES } from './parameters.ts';

const dueSlot = object({
  slot: text,
  requirement: text,
  section: text,
  title: text,
  evidenceClass: ref('EvidenceClass'),
  state: oneOf(SLOT_STATES),
  reason: text,
  condition: orNull(text),
});

/** Pieces of people, and what a dossier has and lacks. */
export const EVIDENCE_SCHEMAS: Readonly<Record<string, Schema>> = {
  Evidence: object({
    id: text,
    name: text,
    mediaType: text,
    caption: text,
    datedOn: orNull(day),
    product: object({ name: text, version: text, build: text }, ['build']),
    operator: text,
    addedAt: instant,
    held: flag,
    size: count,
    sha256: orNull(text),
    originalSha256: text,
    masked: flag,
    text: flag,
    wanted: list(text),
    filings: list(
      object({
        campaign: text,
        slot: text,
        author: text,
        at: instant,
        references: list(text),
        stillHolds: orNull(text),
      }),
    ),
    alarms: list(
      object({
        id: text,
        code: text,
        where: text,
        line: orNull(count),
        column: orNull(count),
        message: text,
        maskable: flag,
        declared: orNull(object({ reason: text, by: text, at: instant })),
      }),
    ),
    notLookedInto: list(object({ where: text, why: text })),
    masks: list(object({ where: text, code: text })),
    revision: count,
    url: orNull(text),
    originalUrl: orNull(text),
  }),
  EvidenceList: object({ next: orNull(text), total: count, held: count, evidence: list(ref('Evidence')) }),
  EvidenceChanged: object({
    evidence: ref('Evidence'),
    moved: list(object({ slot: text, state: ref('SlotState'), revision: count })),
  }),
  Dossier: object({
    campaign: text,
    complete: flag,
    total: count,
    ready: count,
    missing: list(dueSlot),
    stale: list(dueSlot),
    rehearsalOnly: list(dueSlot),
    toReview: list(dueSlot),
    held: list(object({ id: text, name: text, wanted: list(text) })),
    chapters: list(object({ section: text, title: text, total: count, ready: count, complete: flag })),
    notApplicable: list(object({ requirement: text, sentence: text })),
  }),
};
