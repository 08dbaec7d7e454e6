import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Patient } from '../model/index.ts';
import { DOMAIN, PATIENT, RETURN } from '../testing/identities.ts';
import { decideFeed, needsVerification, type FeedContext, type FeedVerification, type IdentityFeed } from './index.ts';

const INS = RETURN.ins;
const ELSEWHERE = '1.2.250.1.999.2.1.5';
const NOTHING = new Set<string>();
const feed = (changes: Partial<IdentityFeed> = {}): IdentityFeed => ({
  kind: 'identite',
  messageId: 'M1',
  sender: 'DPI',
  identifier: { value: '42', authority: ELSEWHERE },
  traits: PATIENT.traits,
  reliability: 'VALI',
  ins: INS,
  ...changes,
});
const context = (changes: Partial<FeedContext> = {}): FeedContext => ({
  role: 'referentiel',
  domain: DOMAIN,
  trustedDomains: [],
  directCare: true,
  faults: NOTHING,
  ...changes,
});
const known = (changes: Partial<Patient> = {}): Patient => ({ ...PATIENT, ...changes });
const QUALIFIED = known({ status: 'qualifiee', proof: 'piece', document: 'passeport', ins: INS });
const SLAVE = { role: 'esclave' } as const;
const own = { identifier: { value: '42', authority: DOMAIN } };
const bare = (): Omit<IdentityFeed, 'ins'> => {
  const { ins: _, ...without } = feed();
  return without;
};

describe('whether INSi is asked', () => {
  it.each<[string, IdentityFeed, FeedContext, boolean]>([
    ['an INS of another domain', feed(), context(), true],
    ['even when it is not said VALI', feed({ reliability: 'PROV' }), context(), true],
    ['of a person known without INS', feed(), context({ known: known() }), true],
    ['not when we hold it already', feed(), context({ known: QUALIFIED }), false],
    [
      'but when we hold another',
      feed(),
      context({ known: { ...QUALIFIED, ins: { ...INS, matricule: '109076322088835' } } }),
      true,
    ],
    ['not for a doubtful identity', feed(), context({ known: known({ flags: ['douteuse'] }) }), false],
    ['not for a number that cannot be one', feed({ ins: { ...INS, matricule: '279035121518988' } }), context(), false],
    ['not without INS', bare(), context(), false],
    ['not from our own repository', feed(own), context(SLAVE), false],
    ['from our own domain when we are the repository', feed(own), context(), true],
    ['not for a removal', feed({ kind: 'retrait-ins' }), context(), false],
  ])('%s', (_name, message, about, expected) => {
    expect(needsVerification(message, about)).toBe(expected);
  });
});

describe('from our own repository, as a slave', () => {
  const about = context(SLAVE);
  it('takes the INS with VALI, and only with it', () => {
    expect(decideFeed(feed(own), about, 'non-faite')).toMatchObject({ action: 'creer', ins: INS, proof: 'domaine' });
    for (const reliability of ['PROV', 'RECUP', '']) {
      const decision = decideFeed(feed({ ...own, reliability }), about, 'non-faite');
      expect(decision).toMatchObject({ action: 'creer', ins: undefined, proof: 'aucune' });
    }
  });

  it('drops the INS that an update no longer says valid', () => {
    const decision = decideFeed(feed({ ...own, reliability: 'PROV' }), { ...about, known: QUALIFIED }, 'non-faite');
    expect(decision).toMatchObject({ action: 'mettre-a-jour', ins: undefined, proof: 'aucune' });
  });

  it('drops it on an A47', () => {
    const removal = feed({ ...own, kind: 'retrait-ins', reliability: 'PROV' });
    expect(decideFeed(removal, { ...about, known: QUALIFIED }, 'non-faite')).toMatchObject({
      action: 'mettre-a-jour',
      ins: undefined,
      proof: 'aucune',
      traits: PATIENT.traits,
    });
    expect(decideFeed(removal, about, 'non-faite').action).toBe('aucune');
  });

  it('never takes a number whose key is wrong', () => {
    const decision = decideFeed(feed({ ...own, ins: { ...INS, matricule: '279035121518988' } }), about, 'non-faite');
    expect(decision).toMatchObject({ action: 'creer', ins: undefined, task: { kind: 'identite-a-verifier' } });
  });
});

describe('from another domain', () => {
  const withTask = { task: expect.anything() as unknown };
  it.each<[string, FeedVerification, Partial<FeedContext>, object]>([
    ['OK, unknown', 'OK', {}, { action: 'creer', ins: INS, proof: 'aucune' }],
    ['OK, provisional', 'OK', { known: known() }, { action: 'mettre-a-jour', ins: INS, proof: 'aucune' }],
    [
      'OK, validated here on the same traits',
      'OK',
      { known: known({ status: 'validee', proof: 'piece' }) },
      { action: 'mettre-a-jour', ins: INS, proof: 'piece' },
    ],
    [
      'OK, validated here on other traits',
      'OK',
      { known: known({ status: 'validee', proof: 'piece', traits: { ...PATIENT.traits, birthPlace: '63220' } }) },
      { action: 'mettre-a-jour', ins: INS, proof: 'aucune' },
    ],
    [
      'OK, contract of trust, no direct care',
      'OK',
      { trustedDomains: [ELSEWHERE], directCare: false },
      { action: 'creer', ins: INS, proof: 'contrat' },
    ],
    ['OK, contract but direct care', 'OK', { trustedDomains: [ELSEWHERE] }, { action: 'creer', proof: 'aucune' }],
    ['OK, no contract', 'OK', { directCare: false }, { action: 'creer', proof: 'aucune' }],
    ['KO, unknown', 'KO', {}, { action: 'creer', ins: undefined, proof: 'aucune', ...withTask }],
    ['KO, known', 'KO', { known: known({ status: 'validee', proof: 'piece' }) }, { action: 'aucune', ...withTask }],
    [
      'KO, contract of trust',
      'KO',
      { trustedDomains: [ELSEWHERE], directCare: false },
      { ins: undefined, ...withTask },
    ],
    ['no answer, unknown', 'indisponible', {}, { action: 'creer', ins: undefined, ...withTask }],
    ['no answer, known', 'indisponible', { known: known() }, { action: 'aucune', ...withTask }],
    [
      'another INS held',
      'OK',
      { known: { ...QUALIFIED, ins: { ...INS, matricule: '109076322088835' } } },
      { action: 'aucune', ...withTask },
    ],
    ['doubtful', 'non-faite', { known: known({ flags: ['fictive'] }) }, { action: 'aucune', ...withTask }],
    ['held already', 'non-faite', { known: QUALIFIED }, { action: 'mettre-a-jour', ins: INS, proof: 'piece' }],
  ])('%s', (_name, verification, about, expected) => {
    expect(decideFeed(feed(), context(about), verification)).toMatchObject(expected);
  });

  it('leaves the strict traits of an identity that was checked', () => {
    const other = { ...bare(), traits: { ...PATIENT.traits, birthName: 'AUTRE NOM' } };
    expect(decideFeed(other, context({ known: QUALIFIED }), 'non-faite')).toMatchObject({
      action: 'aucune',
      ...withTask,
    });
    expect(decideFeed(other, context({ known: known() }), 'non-faite')).toMatchObject({
      action: 'mettre-a-jour',
      traits: { birthName: 'AUTRE NOM' },
    });
  });

  it('keeps health data out after a KO (rule 55)', () => {
    expect(decideFeed(feed({ healthData: true }), context(), 'KO')).toMatchObject({
      task: { kind: 'donnee-non-integree' },
    });
    expect(decideFeed(feed(), context({ known: known() }), 'KO')).toMatchObject({
      task: { kind: 'donnee-non-integree' },
    });
  });

  it('neither merges nor forgets an INS because another domain says so', () => {
    expect(decideFeed(feed({ kind: 'fusion' }), context(), 'non-faite')).toMatchObject({
      action: 'aucune',
      ...withTask,
    });
    const removal = feed({ kind: 'retrait-ins', removedIns: INS });
    expect(decideFeed(removal, context({ known: QUALIFIED }), 'non-faite')).toMatchObject({
      action: 'aucune',
      ...withTask,
    });
  });

  it('refuses a message without a mandatory trait, or with a date that is none', () => {
    expect(decideFeed(feed({ traits: { birthName: 'A' } }), context(), 'OK')).toMatchObject({ action: 'refuser' });
    const decision = decideFeed(feed({ traits: { ...PATIENT.traits, birthDate: '28/03/1979' } }), context(), 'OK');
    expect(decision).toMatchObject({ action: 'refuser' });
  });
});

it('attaches an INS only when the repository says VALI or INSi said OK, whatever the message', () => {
  const message = fc.record({
    reliability: fc.constantFrom('VALI', 'PROV', ''),
    authority: fc.constantFrom(DOMAIN, ELSEWHERE),
    key: fc.constantFrom('89', '88'),
    verification: fc.constantFrom<FeedVerification>('OK', 'KO', 'indisponible', 'non-faite'),
    role: fc.constantFrom('referentiel' as const, 'esclave' as const),
    directCare: fc.boolean(),
    patient: fc.constantFrom(
      undefined,
      known(),
      known({ status: 'validee', proof: 'piece' }),
      known({ flags: ['douteuse'] }),
    ),
  });
  fc.assert(
    fc.property(message, ({ reliability, authority, key, verification, role, directCare, patient }) => {
      const about = context({ role, directCare, trustedDomains: [ELSEWHERE], known: patient });
      const sent = feed({
        reliability,
        identifier: { value: '1', authority },
        ins: { ...INS, matricule: `2790351215189${key}` },
      });
      const decision = decideFeed(sent, about, verification);
      if (!('ins' in decision) || decision.ins === undefined) return;
      const ours = role === 'esclave' && authority === DOMAIN;
      expect(key).toBe('89');
      expect(ours ? reliability : verification).toBe(ours ? 'VALI' : 'OK');
    }),
  );
});
