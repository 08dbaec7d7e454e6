import type { IdentityState } from './index.ts';

export const NIR = '1.2.250.1.213.1.4.8';
export const NIA = '1.2.250.1.213.1.4.9';
export const INS = '109076322083489';
export const TRAITS = {
  birthName: 'ECETINSI',
  firstNames: ['PIERRE-ALAIN', 'MURIEL'],
  sex: 'M',
  birthDate: '2009-07-14',
  birthPlace: '63220',
};

export const PROVISIONAL: IdentityState = { traits: TRAITS, status: 'provisoire', history: [], flags: [] };
export const VALIDATED: IdentityState = { ...PROVISIONAL, status: 'validee' };
export const RETRIEVED: IdentityState = { ...PROVISIONAL, status: 'recuperee', ins: INS, oid: NIR };
export const QUALIFIED: IdentityState = { ...RETRIEVED, status: 'qualifiee' };

export const idsOf = (findings: readonly { readonly rule: string }[]): string[] => findings.map(({ rule }) => rule);
