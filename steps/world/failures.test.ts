import { expect, it } from 'vitest';
import type { Finding } from '#dsr/verdict/index.ts';
import { limitFailure } from './failures.ts';

const FINDING: Finding = {
  rule: 'XDS-TITLE',
  layer: 'business',
  severity: 'warning',
  where: 'document D1',
  received: 'le contenu du CDA, non jugé',
  expected: 'un contenu plus petit',
  remedy: 'Rejouez.',
  requirements: ['DMP/va1.01'],
  source: 'x',
};

it('what a limit of the bench kept from being judged is red, and not the fault of the product', () => {
  expect(limitFailure([FINDING])).toBeUndefined();
  expect(limitFailure([FINDING, { ...FINDING, where: 'document D2', benchLimit: true }])).toMatchObject({
    verdict: 'non-verifiable',
    unverifiableCause: 'banc',
    message: 'document D2 : le contenu du CDA, non jugé Rejouez.',
  });
});
