import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SlotState } from '../types.ts';
import {
  addRemark,
  applicabilityOf,
  assign,
  carrierText,
  chapterState,
  declareCarrier,
  declareNotApplicable,
  EXTERNAL_REFERENCE_KINDS,
  mayValidate,
  moveChapter,
  moveComplement,
  movesFrom,
  moveSlot,
  openQuestions,
  readExternalReference,
  remainingTime,
  retractRemark,
  SLOT_MOVES,
  type Complement,
  type NotApplicable,
  type Outcome,
  type Remark,
  SLOT_STATES,
} from './index.ts';
import type { CivilDate } from '#dsr/dates/index.ts';

const code = (outcome: Outcome<unknown>): string => (outcome.ok ? 'ok' : outcome.refusal.code);

describe('what a person does to a slot', () => {
  it('follows the table, and everything else is refused with what is possible', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SLOT_STATES), fc.constantFrom(...SLOT_MOVES), (state, move) => {
        const moved = moveSlot(state, move, 'une raison');
        expect(moved.ok).toBe(movesFrom(state).includes(move));
        if (moved.ok) expect(SLOT_STATES).toContain(moved.value);
        else expect(moved.refusal.remedy).not.toBe('');
      }),
    );
  });

  it('accepts only what was deposited, whatever the path', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...SLOT_MOVES), { maxLength: 30 }), (moves) => {
        let state: SlotState = 'vide';
        let deposited = false;
        for (const move of moves) {
          const moved = moveSlot(state, move, 'une raison');
          if (!moved.ok) continue;
          if (move === 'deposer') deposited = true;
          if (moved.value === 'acceptee') expect(deposited).toBe(true);
          if (move === 'valider') expect(['recueillie', 'a-revoir']).toContain(state);
          state = moved.value;
        }
      }),
    );
  });

  it('leaves no state without a way out, and no way to deposit what nobody validated', () => {
    for (const state of SLOT_STATES) expect(movesFrom(state).length, state).toBeGreaterThan(0);
    expect(SLOT_STATES.filter((state) => moveSlot(state, 'deposer').ok)).toEqual(['validee-interne']);
  });

  it.each(['vider', 'renvoyer', 'demander-complement', 'corriger'] as const)('%s wants a reason', (move) => {
    const state = SLOT_STATES.find((one) => movesFrom(one).includes(move));
    expect(code(moveSlot(state!, move, ' '))).toBe('REASON_MISSING');
  });
});

describe('a chapter', () => {
  const slots = (...states: readonly SlotState[]) => states.map((state, rank) => ({ slot: `S.${rank}`, state }));

  it('moves whole or not at all', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...SLOT_STATES), { maxLength: 6 }),
        fc.constantFrom('deposer' as const, 'valider' as const),
        (states, move) => {
          const moved = moveChapter('INS', slots(...states), move);
          if (!moved.ok) return;
          const after = states.map((state, rank) => moved.value.find(({ slot }) => slot === `S.${rank}`)?.to ?? state);
          expect(chapterState(after)).toBe(
            move === 'valider' || after.every((state) => state === 'acceptee') ? 'valide' : 'depose',
          );
        },
      ),
    );
  });

  it.each([
    ['CHAPTER_EMPTY', [], 'deposer'],
    ['CHAPTER_NOT_READY', ['validee-interne', 'vide'], 'deposer'],
    ['CHAPTER_NOT_READY', ['recueillie'], 'deposer'],
    ['CHAPTER_MOVE_REFUSED', ['deposee'], 'deposer'],
    ['CHAPTER_MOVE_REFUSED', ['validee-interne'], 'valider'],
  ] as const)('%s', (expected, states, move) => {
    expect(code(moveChapter('INS', slots(...states), move))).toBe(expected);
  });

  it('is deposited, asked for more, deposited again, validated', () => {
    expect(moveChapter('INS', slots('validee-interne', 'acceptee'), 'deposer')).toMatchObject({
      value: [{ slot: 'S.0', to: 'deposee' }],
    });
    expect(moveChapter('INS', slots('deposee', 'complement-demande'), 'valider')).toMatchObject({
      value: [{ to: 'acceptee' }, { to: 'acceptee' }],
    });
  });
});

describe('applicability', () => {
  const decision: NotApplicable = {
    condition: 'Si le système conserve la copie du titre d’identité',
    reason: 'Le produit ne numérise aucun titre.',
    author: 'camille',
    at: '2026-02-03T10:00:00Z',
  };

  it('comes from the profile, then from what the vendor says', () => {
    expect(applicabilityOf('Général', [])).toMatchObject({ applicable: true, why: 'general' });
    expect(applicabilityOf('Référentiel d’identités', ['referentiel-identites'])).toMatchObject({ why: 'profile' });
    expect(applicabilityOf('Opérateur Mailiz', ['general'])).toMatchObject({
      applicable: false,
      why: 'profile-not-declared',
    });
    expect(applicabilityOf('Général', [], decision)).toMatchObject({
      applicable: false,
      sentence: `${decision.condition} : ${decision.reason}`,
    });
  });

  it('never says no without a reason that can be read', () => {
    expect(code(declareNotApplicable('Général', [], decision))).toBe('ok');
    expect(code(declareNotApplicable('Général', [], { ...decision, condition: ' ' }))).toBe('CONDITION_MISSING');
    expect(code(declareNotApplicable('Général', [], { ...decision, reason: 'non' }))).toBe('REASON_MISSING');
    expect(code(declareNotApplicable('Opérateur Mailiz', [], decision))).toBe('PROFILE_DECIDES');
  });
});

describe('who carries a requirement', () => {
  const partner = { kind: 'partenaire', product: 'PFI Essai', editor: 'Éditeur', reference: 'NIL-1' } as const;

  it('is the product, or a partner that is named and referenced', () => {
    expect(declareCarrier({ kind: 'produit' })).toEqual({ ok: true, value: { kind: 'produit' } });
    expect(code(declareCarrier(partner))).toBe('ok');
    expect(code(declareCarrier({ ...partner, product: ' ' }))).toBe('CARRIER_UNNAMED');
    expect(code(declareCarrier({ ...partner, reference: '' }))).toBe('CARRIER_REFERENCE_MISSING');
    expect(carrierText({ ...partner, version: '2' })).toBe('PFI Essai 2 (Éditeur, NIL-1)');
  });
});

describe('external references', () => {
  it.each([
    ['gazelle-link', ' https://interop.esante.gouv.fr/evs/report.seam?oid=1.2 ', 'ok'],
    ['gazelle-link', 'http://interop.esante.gouv.fr/x', 'REFERENCE_MALFORMED'],
    ['gazelle-link', 'https://interop.esante.gouv.fr/a b', 'REFERENCE_MALFORMED'],
    ['gazelle-link', 'javascript:alert(1)', 'REFERENCE_MALFORMED'],
    ['mss-tool-run-id', 'RUN-2026-0001', 'ok'],
    ['cnda-number', 'NIE 2026/12', 'ok'],
    ['nil', '', 'REFERENCE_MALFORMED'],
    ['convergence', 'REF 1', 'REFERENCE_MALFORMED'],
  ] as const)('%s %j: %s', (kind, written, expected) => {
    expect(code(readExternalReference(kind, written))).toBe(expected);
  });

  it('warns of an unusual address, and never keeps blanks nor a line end', () => {
    expect(readExternalReference('gazelle-link', 'https://example.org/rapport')).toMatchObject({
      value: { warning: expect.stringContaining('espace de tests') },
    });
    fc.assert(
      fc.property(fc.constantFrom(...EXTERNAL_REFERENCE_KINDS), fc.string(), (kind, written) => {
        const read = readExternalReference(kind, written);
        if (read.ok) expect(read.value.value).toMatch(/^\S[^\r\n\t]*$/u);
      }),
    );
  });
});

describe('four eyes', () => {
  it('never lets somebody validate what they filed, when the rule is on', () => {
    const author = fc.record({ actor: fc.constantFrom('a', 'b', 'c'), bench: fc.boolean() });
    fc.assert(
      fc.property(fc.array(author), fc.constantFrom('a', 'b', 'c'), fc.boolean(), (pieces, actor, required) => {
        const own = pieces.some((piece) => !piece.bench && piece.actor === actor);
        expect(mayValidate(required, pieces, actor).ok).toBe(pieces.length > 0 && !(required && own));
      }),
    );
  });
});

describe('a request of the authority', () => {
  const asked: Complement = {
    id: 'C1',
    subject: { kind: 'chapitre', section: 'INS' },
    text: 'Refaire la vidéo',
    receivedAt: '2026-02-03T09:00:00Z',
    answerDue: { date: '2026-02-10' as CivilDate, time: '14:00' },
    state: 'recu',
  };
  const answer = { kind: 'repondre', text: 'Vidéo refaite', author: 'camille', at: '2026-02-05T09:00:00Z' } as const;

  it('is prepared, answered, closed, opened again', () => {
    const prepared = moveComplement(asked, { kind: 'preparer' });
    if (!prepared.ok) throw new Error(prepared.refusal.message);
    const answered = moveComplement(prepared.value, answer);
    if (!answered.ok) throw new Error(answered.refusal.message);
    expect(answered.value).toMatchObject({ state: 'repondu', answer: { text: 'Vidéo refaite' } });
    const closed = moveComplement(answered.value, { kind: 'clore', outcome: 'satisfait', note: '', at: answer.at });
    if (!closed.ok) throw new Error(closed.refusal.message);
    expect(code(moveComplement(closed.value, answer))).toBe('COMPLEMENT_MOVE_REFUSED');
    expect(moveComplement(closed.value, { kind: 'rouvrir' })).toMatchObject({ value: { state: 'en-preparation' } });
  });

  it('refuses an empty answer, and one from before the request', () => {
    expect(code(moveComplement(asked, { ...answer, text: ' ' }))).toBe('ANSWER_EMPTY');
    expect(code(moveComplement(asked, { ...answer, at: '2026-02-03T08:59:59Z' }))).toBe('ANSWER_BEFORE_REQUEST');
  });

  it('counts the time left to the minute, in Paris', () => {
    const at = (now: string, one: Complement = asked) => remainingTime(one, new Date(now));
    expect(at('2026-02-10T12:30:00Z')).toEqual({ kind: 'reste', minutes: 30 });
    expect(at('2026-02-10T13:00:00Z')).toEqual({ kind: 'depasse', minutes: 0 });
    expect(at('2026-02-10T14:00:00Z')).toEqual({ kind: 'depasse', minutes: 60 });
    const { answerDue: _, ...undated } = asked;
    expect(at('2026-02-10T14:00:00Z', undated)).toEqual({ kind: 'sans-echeance' });
    expect(at('2026-02-10T14:00:00Z', { ...asked, state: 'repondu' })).toEqual({ kind: 'aucun' });
    // The day that clocks change: 23:00 UTC is the midnight that ends it.
    const dayOnly: Complement = { ...asked, answerDue: { date: '2026-10-25' as CivilDate } };
    expect(at('2026-10-25T22:00:00Z', dayOnly)).toEqual({ kind: 'reste', minutes: 60 });
  });
});

describe('assignment and discussion', () => {
  it('keeps what is not changed, takes away what is null, refuses what is none', () => {
    const first = assign({}, { owner: ' Camille ', due: '2026-03-01', halfDays: 3 });
    expect(first).toEqual({ ok: true, value: { owner: 'Camille', due: '2026-03-01', halfDays: 3 } });
    if (first.ok)
      expect(assign(first.value, { due: null })).toEqual({ ok: true, value: { owner: 'Camille', halfDays: 3 } });
    expect(code(assign({}, { owner: ' ' }))).toBe('OWNER_EMPTY');
    expect(code(assign({}, { due: '2026-02-30' }))).toBe('DUE_INVALID');
    expect(code(assign({}, { halfDays: 0.5 }))).toBe('EFFORT_INVALID');
  });

  const remark = (id: string, given: Partial<Remark> = {}): Remark => ({
    id,
    kind: 'commentaire',
    text: 'texte',
    author: 'a',
    at: '2026-02-03T10:00:00Z',
    ...given,
  });

  it('knows the questions that wait', () => {
    const question = remark('Q', { kind: 'question' });
    const asked = addRemark([], question);
    if (!asked.ok) throw new Error('refused');
    expect(openQuestions(asked.value)).toEqual([question]);
    const answered = addRemark(asked.value, remark('R', { kind: 'reponse', answers: 'Q' }));
    if (!answered.ok) throw new Error('refused');
    expect(openQuestions(answered.value)).toEqual([]);
    const back = retractRemark(answered.value, 'R', 'a', '2026-02-04T10:00:00Z');
    expect(back.ok && openQuestions(back.value)).toEqual([question]);
    expect(code(retractRemark(answered.value, 'R', 'b', ''))).toBe('REMARK_OF_ANOTHER');
    expect(code(retractRemark(answered.value, 'X', 'a', ''))).toBe('REMARK_UNKNOWN');
    expect(code(addRemark([], remark('R', { kind: 'reponse', answers: 'Q' })))).toBe('QUESTION_UNKNOWN');
    expect(code(addRemark([], remark('E', { text: ' ' })))).toBe('REMARK_EMPTY');
    expect(code(addRemark([], remark('L', { text: 'x'.repeat(20_001) })))).toBe('REMARK_TOO_LONG');
  });
});
