import { describe, expect, it } from 'vitest';
import {
  checkIdentityFeed,
  checkPartnerIdentity,
  checkVerification,
  type FeedCase,
  type InsiAnswer,
  type PartnerCase,
  type PartnerIdentity,
  type VerificationCase,
} from './index.ts';
import { idsOf, INS, NIR, PROVISIONAL, QUALIFIED, RETRIEVED, TRAITS, VALIDATED } from './life.fixture.ts';

const DOMAIN = '1.2.250.1.999.1';
const SENT: PartnerIdentity = {
  domain: DOMAIN,
  messageId: 'M1',
  ins: INS,
  oid: NIR,
  reliability: 'VALI',
  traits: TRAITS,
};
const answered = (code: 'OK' | 'KO'): InsiAnswer => ({ kind: 'verified', code, results: [{ returned: code }] });
const OK = [answered('OK')];
const KO = [answered('KO')];
const FAULT: readonly InsiAnswer[] = [{ kind: 'fault', code: 'insi_103' }];
const TASK = { kind: 'identite-a-verifier', patientId: 'p1' };
const DATA_TASK = { kind: 'donnee-non-integree', messageId: 'M1' };
const DATA_TASK_2 = { ...DATA_TASK, messageId: 'M2' };

describe('checkVerification (rule 49)', () => {
  const ko = { returned: 'KO', before: QUALIFIED, after: PROVISIONAL, tasks: [TASK], patientId: 'p1' };
  it.each([
    [[], ko],
    [[], { returned: 'KO', before: RETRIEVED, after: PROVISIONAL }],
    [[], { returned: 'OK', before: QUALIFIED, after: QUALIFIED }],
    [[], { returned: 'insi_103', before: QUALIFIED, after: QUALIFIED }],
    [['INS-VERIF-KO-INS'], { ...ko, after: { ...QUALIFIED, status: 'provisoire' } }],
    [['INS-VERIF-KO-STATUS'], { ...ko, after: VALIDATED }],
    [['INS-VERIF-KO-TASK'], { ...ko, tasks: [] }],
    [['INS-VERIF-KO-TASK'], { ...ko, tasks: [{ ...TASK, patientId: 'p2' }] }],
    [['INS-VERIF-UNCHANGED'], { returned: 'OK', before: QUALIFIED, after: VALIDATED }],
    [['INS-VERIF-UNCHANGED'], { returned: '', before: QUALIFIED, after: PROVISIONAL }],
  ] as readonly (readonly [string[], VerificationCase])[])('%j (%#)', (rules, story) => {
    expect(idsOf(checkVerification(story))).toEqual(rules);
  });
});

describe('checkPartnerIdentity (rules 30, 51, 52, 53, 55)', () => {
  const waiting = { sent: SENT, verifications: FAULT, tasks: [{ ...TASK, messageId: 'M1' }] };
  const trusted = { sent: SENT, directCare: false, trustedDomains: [DOMAIN], verifications: [] };
  it.each([
    ['OK, unknown', [], { sent: SENT, verifications: OK, after: RETRIEVED }],
    ['OK, known and validated', [], { sent: SENT, verifications: OK, before: VALIDATED, after: QUALIFIED }],
    ['known with this INS already', [], { sent: SENT, verifications: [], before: RETRIEVED, after: RETRIEVED }],
    ['trusted, no direct care', [], { ...trusted, after: QUALIFIED }],
    ['KO, known', [], { sent: SENT, verifications: KO, before: VALIDATED, after: VALIDATED }],
    ['KO, unknown, created without INS', [], { sent: SENT, verifications: KO, after: PROVISIONAL }],
    ['KO, unknown, proposed', [], { sent: SENT, verifications: KO, tasks: [{ ...TASK, messageId: 'M1' }] }],
    [
      'KO, health data waiting',
      [],
      { sent: SENT, verifications: KO, after: PROVISIONAL, healthDataIntegrated: false, tasks: [DATA_TASK] },
    ],
    [
      'no INS in the message',
      [],
      { sent: { domain: DOMAIN, reliability: 'PROV', traits: TRAITS }, verifications: [], after: PROVISIONAL },
    ],
    ['not verified', ['INS-PARTNER-VERIFY'], { sent: SENT, verifications: [], after: PROVISIONAL }],
    [
      'not verified, and attached',
      ['INS-PARTNER-VERIFY', 'INS-PARTNER-UNVERIFIED'],
      { sent: SENT, verifications: [], after: RETRIEVED },
    ],
    [
      'fault, and attached',
      ['INS-PARTNER-UNVERIFIED'],
      { sent: SENT, verifications: [{ kind: 'fault', code: 'insi_103' }], after: RETRIEVED },
    ],
    ['qualification taken over', ['INS-PARTNER-NOT-TRANSITIVE'], { sent: SENT, verifications: OK, after: QUALIFIED }],
    [
      'trusted, but in charge of the patient',
      ['INS-PARTNER-NOT-TRANSITIVE'],
      { ...trusted, directCare: true, verifications: OK, after: QUALIFIED },
    ],
    ['trusted but only retrieved', ['INS-PARTNER-TRUST'], { ...trusted, after: RETRIEVED }],
    ['OK, not created', ['INS-PARTNER-RECEIVED', 'INS-PARTNER-CREATED'], { sent: SENT, verifications: OK }],
    ['fault, lost', ['INS-PARTNER-RECEIVED'], { sent: SENT, verifications: FAULT }],
    ['fault, the message of somebody else waits', ['INS-PARTNER-RECEIVED'], { ...waiting, tasks: [DATA_TASK_2] }],
    ['fault, waiting for somebody', [], waiting],
    [
      'OK, beside a twin who stays',
      [],
      { sent: SENT, verifications: OK, after: RETRIEVED, other: { before: VALIDATED, after: VALIDATED } },
    ],
    [
      'OK, written over the twin',
      ['INS-PARTNER-OTHER'],
      { sent: SENT, verifications: OK, after: RETRIEVED, other: { before: PROVISIONAL, after: RETRIEVED } },
    ],
    ['OK, created without its INS', ['INS-PARTNER-CREATED'], { sent: SENT, verifications: OK, after: PROVISIONAL }],
    [
      'OK, created with other traits',
      ['INS-PARTNER-CREATED'],
      { sent: SENT, verifications: OK, after: { ...RETRIEVED, traits: { ...TRAITS, sex: 'F' } } },
    ],
    ['KO, updated', ['INS-PARTNER-KO-KNOWN'], { sent: SENT, verifications: KO, before: VALIDATED, after: QUALIFIED }],
    ['KO, nothing', ['INS-PARTNER-RECEIVED', 'INS-PARTNER-KO-CREATED'], { sent: SENT, verifications: KO }],
    [
      'KO, created with other traits',
      ['INS-PARTNER-KO-CREATED'],
      { sent: SENT, verifications: KO, after: { ...PROVISIONAL, traits: { ...TRAITS, sex: 'F' } } },
    ],
    ['KO, created with its INS', ['INS-PARTNER-KO-INS'], { sent: SENT, verifications: KO, after: RETRIEVED }],
    [
      'KO, health data integrated',
      ['INS-PARTNER-KO-DATA'],
      { sent: SENT, verifications: KO, after: PROVISIONAL, healthDataIntegrated: true, tasks: [DATA_TASK] },
    ],
    [
      'KO, health data lost',
      ['INS-PARTNER-KO-TASK'],
      { sent: SENT, verifications: KO, after: PROVISIONAL, healthDataIntegrated: false, tasks: [] },
    ],
  ] as readonly (readonly [string, string[], PartnerCase])[])('%s', (_, rules, story) => {
    expect(idsOf(checkPartnerIdentity(story))).toEqual(rules);
  });
});

describe('checkIdentityFeed (rule 33)', () => {
  const renamed = { ...SENT, traits: { ...TRAITS, usedName: 'USAGE-NE' } };
  const prov = { ...SENT, reliability: 'PROV' };
  it.each([
    [[], { event: 'creation', sent: SENT, after: QUALIFIED }],
    [[], { event: 'update', sent: prov, after: PROVISIONAL }],
    [[], { event: 'removal', sent: prov, after: VALIDATED }],
    [[], { event: 'update', sent: renamed, after: { ...QUALIFIED, traits: { ...TRAITS, usedName: 'Usage-Né' } } }],
    [[], { event: 'update', sent: { ...SENT, traits: { ...TRAITS, usedName: TRAITS.birthName } }, after: QUALIFIED }],
    [['INS-FEED-STORED'], { event: 'update', sent: renamed, after: QUALIFIED }],
    [
      ['INS-FEED-STORED'],
      { event: 'update', sent: renamed, after: { ...QUALIFIED, traits: { ...TRAITS, usedName: 'AUTRE' } } },
    ],
    [['INS-FEED-STORED'], { event: 'creation', sent: SENT }],
    [
      ['INS-FEED-STORED'],
      { event: 'creation', sent: SENT, after: { ...QUALIFIED, traits: { ...TRAITS, birthName: 'X' } } },
    ],
    [['INS-FEED-INS'], { event: 'creation', sent: SENT, after: RETRIEVED }],
    [['INS-FEED-INS'], { event: 'creation', sent: SENT, after: { ...QUALIFIED, oid: '1.2' } }],
    [['INS-FEED-NOT-QUALIFIED'], { event: 'creation', sent: prov, after: RETRIEVED }],
    [['INS-FEED-NOT-QUALIFIED'], { event: 'creation', sent: prov, after: { ...PROVISIONAL, status: 'qualifiee' } }],
    [['INS-FEED-REMOVED'], { event: 'removal', sent: prov, after: QUALIFIED }],
  ] as readonly (readonly [string[], FeedCase])[])('%j (%#)', (rules, story) => {
    expect(idsOf(checkIdentityFeed(story))).toEqual(rules);
  });
});
