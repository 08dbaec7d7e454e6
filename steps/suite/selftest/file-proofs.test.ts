import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { everyRule, knownFaults } from './index.ts';
import { readFileProofs, staleProofs } from './file-proofs.ts';

const PROOFS = readFileProofs();

describe('a rule proved by a file', () => {
  it.for(PROOFS)('$rule is named by its test', ({ rule, test, why }) => {
    const text = readFileSync(fileURLToPath(new URL(`../../../${test}`, import.meta.url)), 'utf8');
    expect(test).toMatch(/^(?:checks|cli)\/.*\.test\.ts$/);
    expect(text).toContain(`'${rule}'`);
    expect(why).not.toBe('');
  });

  it('is a rule of the checks, that no fault breaks, said once', async () => {
    const [rules, faults] = await Promise.all([everyRule(), knownFaults()]);
    expect(staleProofs(PROOFS, rules, faults)).toEqual([]);
    expect(new Set(PROOFS.map(({ rule }) => rule)).size).toBe(PROOFS.length);
  });

  it('is told when a fault breaks it by now, or when no check has it', () => {
    const proof = (rule: string) => ({ rule, why: 'Essai.', test: 'checks/essai.test.ts' });
    const [told, gone] = staleProofs([proof('R-1'), proof('R-2')], [], [{ name: 'faute', rules: ['R-1'] }]);
    expect(told).toContain('faute');
    expect(gone).toContain("aucun contrôle n'a cette règle");
  });
});
