import { EXTERNAL_REFERENCE_KINDS, SLOT_MOVES } from '../../domain/index.ts';
import { count, day, flag, instant, list, object, oneOf, orNull, ref, text, type Schema } from '../contract/schema.ts';
import { SLOT_STATES } from './parameters.ts';

const kindOf = (kind: string): Schema => ({ const: kind });
const either = (...schemas: readonly Schema[]): Schema => ({ oneOf: schemas });

export const CARRIER = either(
  object({ kind: kindOf('produit') }),
  object({ kind: kindOf('partenaire'), product: text, editor: text, reference: text, version: text }, ['version']),
);

export const COMPLEMENT_SUBJECT = either(
  object({ kind: kindOf('preuve'), slot: text }),
  object({ kind: kindOf('exigence'), requirement: text }),
  object({ kind: kindOf('chapitre'), section: text }),
  object({ kind: kindOf('dossier') }),
);

export const COMPLEMENT_OUTCOMES = ['satisfait', 'refuse', 'sans-suite'] as const;

const notApplicable = object({ condition: text, reason: text, author: text, at: instant });
const deadline = object({ date: day, time: text }, ['time']);
const campaignLine = object({
  id: text,
  product: text,
  version: text,
  category: text,
  wave: text,
  profiles: list(text),
  createdAt: text,
  updatedAt: text,
  follows: orNull(text),
});

/** What people decide, say and settle. */
export const PEOPLE_SCHEMAS: Readonly<Record<string, Schema>> = {
  SlotMove: oneOf(SLOT_MOVES),
  CampaignLine: campaignLine,
  CampaignList: object({ total: count, next: orNull(text), campaigns: list(ref('CampaignLine')) }),
  CampaignSettings: object({
    id: text,
    fourEyes: flag,
    profiles: list(text),
    revision: count,
    choices: list(object({ slug: text, name: text, excludes: list(text) })),
  }),
  Carrier: CARRIER,
  Applicability: either(
    object({ applicable: { const: true }, why: oneOf(['general', 'profile']), sentence: text }),
    object({ applicable: { const: false }, why: kindOf('profile-not-declared'), sentence: text }),
    object({ applicable: { const: false }, why: kindOf('declared'), sentence: text, decision: notApplicable }),
  ),
  RequirementFile: object({
    requirement: text,
    applicability: ref('Applicability'),
    carrier: ref('Carrier'),
    assignment: object({ owner: text, due: day, halfDays: count }, ['owner', 'due', 'halfDays']),
    revision: count,
    updatedAt: orNull(instant),
  }),
  Remark: object(
    {
      id: text,
      kind: oneOf(['question', 'reponse', 'commentaire']),
      text,
      author: text,
      at: instant,
      answers: text,
      retracted: instant,
    },
    ['answers', 'retracted'],
  ),
  Discussion: object({ requirement: text, remarks: list(ref('Remark')), open: list(text) }),
  Complement: object(
    {
      id: text,
      subject: COMPLEMENT_SUBJECT,
      text,
      receivedAt: instant,
      answerDue: deadline,
      state: oneOf(['recu', 'en-preparation', 'repondu', 'clos']),
      answer: object({ text, author: text, at: instant }),
      closed: object({ outcome: oneOf(COMPLEMENT_OUTCOMES), note: text, at: instant }),
      remaining: either(
        object({ kind: oneOf(['aucun', 'sans-echeance']) }),
        object({ kind: oneOf(['reste', 'depasse']), minutes: count }),
      ),
      revision: count,
    },
    ['answerDue', 'answer', 'closed'],
  ),
  ComplementList: object({ total: count, next: orNull(text), complements: list(ref('Complement')) }),
  ExternalReference: object({
    id: count,
    kind: oneOf(EXTERNAL_REFERENCE_KINDS),
    title: text,
    value: text,
    author: text,
    at: instant,
  }),
  MovedSlot: object({
    slot: text,
    state: oneOf(SLOT_STATES),
    revision: count,
    moves: list(ref('SlotMove')),
    warning: orNull(text),
  }),
  SlotStatus: object({
    slot: text,
    state: oneOf(SLOT_STATES),
    reason: orNull(text),
    updatedAt: orNull(instant),
    run: orNull(text),
    revision: count,
    moves: list(ref('SlotMove')),
    externals: list(ref('ExternalReference')),
    evidence: list(ref('Evidence')),
    pieces: list(ref('Piece')),
  }),
  ChapterMoved: object({
    section: text,
    slots: list(object({ slot: text, move: ref('SlotMove'), from: oneOf(SLOT_STATES), to: oneOf(SLOT_STATES) })),
  }),
  BulkAssigned: object({
    changed: list(text),
    refused: list(object({ requirement: text, code: text, message: text })),
  }),
  HistoryLine: object({
    id: count,
    at: instant,
    actor: text,
    action: text,
    subject: text,
    detail: text,
    before: orNull(text),
    after: orNull(text),
    campaign: orNull(text),
  }),
  History: object({ next: orNull(text), lines: list(ref('HistoryLine')) }),
  SuccessionPreview: object({
    product: text,
    version: text,
    rem: object({ source: text, sha256: text }),
    kinds: list(oneOf(['version', 'rem', 'couloir', 'vague'])),
    slots: list(
      object({ slot: text, from: orNull(text), was: oneOf(SLOT_STATES), state: oneOf(SLOT_STATES), reason: text }),
    ),
    toConfirm: list(object({ requirement: text, sentences: list(text) })),
    left: object({ slots: list(object({ slot: text, was: oneOf(SLOT_STATES) })), requirements: list(text) }),
    campaign: orNull(text),
  }),
  AdoptionPreview: object({
    campaign: text,
    from: object({ source: text, sha256: text }),
    to: object({ source: text, sha256: text }),
    slots: list(
      object({
        slot: text,
        from: orNull(text),
        was: oneOf(SLOT_STATES),
        state: oneOf(SLOT_STATES),
        why: text,
        reason: text,
        note: text,
      }),
    ),
    gone: list(object({ slot: text, was: oneOf(SLOT_STATES), reason: text })),
    absorbed: list(text),
    adopted: flag,
  }),
};
