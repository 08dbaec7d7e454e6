import { describe, expect, it } from 'vitest';
import { usualOf } from './settings.ts';

describe('the settings to put back', () => {
  it('are those that were changed, no other', () => {
    expect(usualOf({})).toEqual({});
    expect(usualOf({ trustedDomains: ['1.2.3'], directCare: false })).toEqual({ trustedDomains: [], directCare: true });
    expect(usualOf({ identityRole: 'esclave' })).toEqual({ identityRole: 'referentiel' });
  });
});
