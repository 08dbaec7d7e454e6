import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Patient } from '../model/index.ts';
import { PATIENT, RETURN, testRules } from '../testing/identities.ts';
import { lockedTraits, shareableIns, type IdentityEvent } from './index.ts';
import { applyIdentityEvent } from './machine.ts';

const document = fc.constantFrom('carte-identite', 'passeport', 'titre-sejour', 'carte-vitale', 'aucun');
const event: fc.Arbitrary<IdentityEvent> = fc.oneof(
  fc.constantFrom('00', '28').map((day): IdentityEvent => ({
    kind: 'retour-insi',
    identity: { ...RETURN, birthDate: `1979-03-${day}` },
  })),
  fc.constantFrom('OK', 'KO').map((returned): IdentityEvent => ({ kind: 'verification-insi', returned })),
  document.map((shown): IdentityEvent => ({ kind: 'piece-presentee', document: shown })),
  document.map((shown): IdentityEvent => ({ kind: 'validation', document: shown })),
  fc.record({ kind: fc.constant('attribut' as const), flag: fc.constantFrom('douteuse', 'fictive'), on: fc.boolean() }),
  fc.record({
    kind: fc.constant('modification' as const),
    changes: fc.record(
      {
        birthName: fc.string(),
        usedName: fc.string(),
        birthDate: fc.constantFrom('1979-03-28', '1980-01-01', '1980-13-01'),
      },
      { requiredKeys: [] },
    ),
    as: fc.constantFrom('utilisateur', 'super-utilisateur'),
  }),
);

function holds(before: Patient, happened: IdentityEvent, after: Patient): void {
  const fromInsi = after.status === 'recuperee' || after.status === 'qualifiee';
  expect(after.ins !== undefined).toBe(fromInsi);
  if (after.flags.length > 0) expect(after.status).toBe('provisoire');
  const strong = ['carte-identite', 'passeport', 'titre-sejour'].includes(after.document);
  if (after.status === 'qualifiee' || after.status === 'validee') expect(strong).toBe(true);
  expect(shareableIns(after) !== undefined).toBe(after.status === 'qualifiee');
  if (happened.kind === 'modification' && happened.as === 'utilisateur' && lockedTraits(before).length > 0) {
    const { usedName: _a, ...strictBefore } = before.traits;
    const { usedName: _b, ...strictAfter } = after.traits;
    expect(strictAfter).toEqual(strictBefore);
    expect(after.ins).toEqual(before.ins);
  }
}

it('keeps its word whatever happens, in any order', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 30 }), fc.boolean(), (events, automaticValidation) => {
      const rules = testRules([], { automaticValidation });
      let patient = PATIENT;
      for (const happened of events) {
        const before = structuredClone(patient);
        const transition = applyIdentityEvent(patient, happened, rules);
        expect(patient).toEqual(before);
        if (transition.kind === 'refuse') {
          expect(transition.reasons).not.toEqual([]);
          continue;
        }
        holds(patient, happened, transition.patient);
        patient = transition.patient;
      }
    }),
    { numRuns: 500 },
  );
});
