import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FakeAnswer } from '../testing/fake-service.ts';
import { FAULT, FOUND, soap, verified, verifiedInBulk } from '../testing/insi-answers.ts';
import { readVerification } from './verification.ts';

const TYPE = 'application/soap+xml; charset=utf-8';

function read(answer: FakeAnswer, ref?: string) {
  const { body } = answer as { body: string };
  return readVerification(TYPE, Buffer.from(body), ref);
}

describe('an answer to a verification', () => {
  it.each(['OK', 'KO'] as const)('unit: %s', (value) => {
    expect(read(verified(value), 'P1')).toEqual({ kind: 'verifie', verdicts: new Map([['P1', value]]) });
  });

  it('bulk: one by reference', () => {
    expect(read(verifiedInBulk({ P1: 'OK', P2: 'KO' }))).toEqual({
      kind: 'verifie',
      verdicts: new Map([
        ['P1', 'OK'],
        ['P2', 'KO'],
      ]),
    });
  });

  it('is a failure when it is a fault', () => {
    expect(read(FAULT('insi_103'), 'P1')).toMatchObject({ kind: 'erreur', code: 'insi_103' });
  });

  it.each<[string, FakeAnswer, string | undefined]>([
    ['the answer to a search', FOUND(), 'P1'],
    ['a bulk answer to a unit request', verifiedInBulk({ P1: 'OK' }), 'P1'],
    ['a unit answer to a bulk request', verified('OK'), undefined],
    [
      'an unknown verdict',
      soap(
        '<RESULTATVERIF xmlns="http://www.cnamts.fr/INSiResultatVerif"><CR><LibelleCR>?</LibelleCR></CR></RESULTATVERIF>',
      ),
      'P1',
    ],
    ['an empty body', soap(''), 'P1'],
  ])('is never taken from %s', (_name, answer, ref) => {
    expect(read(answer, ref)).toMatchObject({ kind: 'illisible' });
  });

  it('is never taken from a cut message', () => {
    const whole = Buffer.from((verifiedInBulk({ P1: 'OK', P2: 'OK' }) as { body: string }).body);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), (end) => {
        expect(readVerification(TYPE, whole.subarray(0, end), undefined).kind).toBe('illisible');
      }),
    );
  });
});
