import { describe, expect, it } from 'vitest';
import type { Finding } from '#dsr/verdict/index.ts';
import { endsInSetup } from './setup.ts';

const step = (text: string, status: 'passed' | 'failed' | 'skipped') => ({ text, status });
const ended = (...steps: readonly ReturnType<typeof step>[]) => ({
  steps,
  findings: [] as readonly Finding[],
  verdict: 'non-verifiable' as const,
  cause: 'produit' as const,
});
const BEFORE = [step('Étant donné un patient', 'passed'), step('Et un appel à INSi', 'failed')];

describe('a scenario ends in its setup', () => {
  it('when a step of « Étant donné », or one that goes on with it, fails', () => {
    expect(endsInSetup(ended(step('Étant donné que le produit appelle INSi', 'failed')))).toBe(true);
    expect(endsInSetup(ended(...BEFORE, step('Quand il cherche', 'skipped')))).toBe(true);
  });

  it('not once it acts or judges', () => {
    const acting = [step('Étant donné un patient', 'passed'), step('Quand il cherche', 'failed')];
    expect(endsInSetup(ended(...acting))).toBe(false);
    expect(
      endsInSetup(
        ended(
          step('Étant donné un patient', 'passed'),
          step('Quand il cherche', 'passed'),
          step('Et il lit', 'failed'),
        ),
      ),
    ).toBe(false);
    expect(endsInSetup(ended(step('Étant donné un patient', 'passed')))).toBe(false);
  });

  it('not when a finding is about its requirements, nor when the product is not the cause', () => {
    const finding: Finding = {
      rule: 'R-1',
      layer: 'business',
      severity: 'error',
      requirements: ['INS/va1.01'],
      source: 'essai',
      where: 'ici',
      received: '1',
      expected: '2',
      remedy: 'Essai.',
    };
    expect(endsInSetup({ ...ended(...BEFORE), findings: [finding] })).toBe(false);
    expect(endsInSetup({ ...ended(...BEFORE), cause: 'banc' })).toBe(false);
    expect(endsInSetup({ ...ended(...BEFORE), verdict: 'a-verifier' })).toBe(false);
  });
});
