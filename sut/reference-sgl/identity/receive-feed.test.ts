import { describe, expect, it } from 'vitest';
import { DOMAIN, PATIENT, RETURN, testRules } from '../testing/identities.ts';
import {
  createIdentityTraces,
  createPatients,
  createWorklist,
  receiveFeed,
  type FeedVerification,
  type IdentityChange,
  type IdentityFeed,
  type IdentitySettings,
} from './index.ts';

const ELSEWHERE = '1.2.250.1.999.2.1.5';

function office(answer: Exclude<FeedVerification, 'non-faite'> = 'OK', changes: Partial<IdentitySettings> = {}) {
  const now = () => new Date(0);
  const rules = testRules([], changes);
  const seen: IdentityChange[] = [];
  const asked: string[] = [];
  const patients = createPatients({
    rules: () => rules,
    traces: createIdentityTraces(),
    now,
    onChange: (change) => seen.push(change),
  });
  const worklist = createWorklist();
  const settings = { current: () => rules.settings, adjust: () => rules.settings };
  const verify = async (_identity: object, patientId: string) => {
    asked.push(patientId);
    return answer;
  };
  const receive = (feed: Partial<IdentityFeed> = {}) =>
    receiveFeed(
      {
        kind: 'identite',
        messageId: 'M1',
        sender: 'DPI',
        identifier: { value: '42', authority: ELSEWHERE },
        traits: PATIENT.traits,
        reliability: 'VALI',
        ins: RETURN.ins,
        ...feed,
      },
      { patients, settings, worklist, verify, faults: rules.faults, now },
    );
  return { patients, worklist, receive, seen, asked };
}

describe('an identity received', () => {
  it('is created retrieved once INSi said OK, under the identifier that the journal of calls has', async () => {
    const { receive, patients, asked } = office();
    const outcome = await receive();
    expect(outcome).toMatchObject({ action: 'creer', accepted: true, status: 'recuperee' });
    expect(asked).toEqual([outcome.patientId]);
    expect(patients.get(outcome.patientId ?? '').identifiers).toEqual([{ value: '42', authority: ELSEWHERE }]);
  });

  it('is the same person when it comes again, and INSi is not asked again', async () => {
    const { receive, patients, asked } = office();
    await receive();
    expect(await receive({ messageId: 'M2' })).toMatchObject({ action: 'mettre-a-jour', status: 'recuperee' });
    expect(patients.list()).toHaveLength(1);
    expect(asked).toHaveLength(1);
  });

  it('is matched by its traits, not when two people carry them', async () => {
    const { receive, patients } = office('KO');
    patients.register(PATIENT.traits, 'u');
    expect(await receive()).toMatchObject({ action: 'aucune', patientId: 'P000001' });
    patients.register(PATIENT.traits, 'u');
    expect(await receive({ identifier: { value: '43', authority: ELSEWHERE } })).toMatchObject({ action: 'creer' });
  });

  it('waits in the worklist when INSi said KO or nothing', async () => {
    for (const answer of ['KO', 'indisponible'] as const) {
      const { receive, worklist, patients } = office(answer);
      const { patientId = '' } = await receive();
      expect(patients.get(patientId)).toMatchObject({ status: 'provisoire' });
      expect(patients.get(patientId)).not.toHaveProperty('ins');
      expect(worklist.list()).toMatchObject([{ kind: 'identite-a-verifier', patientId, messageId: 'M1' }]);
    }
  });

  it('is created once when two messages about one person come at once', async () => {
    const { receive, patients } = office();
    await Promise.all([receive(), receive({ messageId: 'M2' })]);
    expect(patients.list()).toHaveLength(1);
  });

  it('is qualified by our repository, then loses its INS by an A47', async () => {
    const { receive, patients, asked } = office('OK', { role: 'esclave' });
    const identifier = { value: '42', authority: DOMAIN };
    expect(await receive({ identifier })).toMatchObject({ status: 'qualifiee' });
    expect(await receive({ identifier, kind: 'retrait-ins', reliability: 'PROV' })).toMatchObject({
      action: 'mettre-a-jour',
      status: 'provisoire',
    });
    expect(patients.get('P000001')).not.toHaveProperty('ins');
    expect(asked).toEqual([]);
  });

  it('is merged by our repository: the one that goes is no longer found', async () => {
    const { receive, patients } = office('OK', { role: 'esclave' });
    const [kept, gone] = ['42', '43'].map((value) => ({ value, authority: DOMAIN })) as [
      { value: string; authority: string },
      { value: string; authority: string },
    ];
    await receive({ identifier: kept, reliability: 'PROV' });
    await receive({ identifier: gone, traits: { ...PATIENT.traits, birthName: 'AUTRE' }, reliability: 'PROV' });
    await receive({ kind: 'fusion', identifier: kept, prior: gone });
    expect(patients.search({ identifier: gone }).map(({ id }) => id)).toEqual(['P000001']);
    expect(patients.get('P000002').mergedInto).toBe('P000001');
  });

  it('is not sent back to where it came from', async () => {
    const { receive, seen } = office();
    await receive();
    expect(seen.every(({ origin, propagate }) => origin === 'flux' && !propagate)).toBe(true);
  });

  it('is refused when a mandatory trait is missing', async () => {
    const { receive, patients } = office();
    expect(await receive({ traits: {} })).toMatchObject({ action: 'refuser', accepted: false });
    expect(patients.list()).toEqual([]);
  });
});
