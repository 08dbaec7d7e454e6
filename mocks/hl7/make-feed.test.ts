import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fieldText,
  isIns,
  readEvn,
  readHl7,
  readMrg,
  readPid,
  readZbe,
  readZfd,
  segment,
  type Hl7Message,
} from '#formats/hl7v2/index.ts';
import { createPopulation, type TestPatient } from '../population/index.ts';
import { HL7_DOMAINS, type FeedOrder } from './index.ts';
import { writeFeed } from './make-feed.ts';

const population = createPopulation();
const STAMP = { at: new Date('2026-01-05T10:00:00Z'), controlId: 'CTRL1' };
const patient = one('nominal-01');

function one(key: string): TestPatient {
  const found = population.byKey(key);
  if (found === undefined) throw new Error(`${key} is missing`);
  return found;
}

function feed(order: Partial<FeedOrder> = {}): Hl7Message {
  const identity = { reliability: 'VALI', withIns: true };
  const bytes = writeFeed(
    { event: 'A28', patient, domain: HL7_DOMAINS.hopital, localId: 'H-42', identity, ...order },
    STAMP,
  );
  const reading = readHl7(bytes);
  if (!reading.ok) throw new Error(reading.fault.message);
  return reading.message;
}

const names = (message: Hl7Message) => message.segments.map(({ name }) => name).join(' ');

describe('an identity feed', () => {
  it.each([
    ['A01', 'ADT_A01', 'MSH EVN PID PV1 ZBE ZFA ZFD'],
    ['A03', 'ADT_A03', 'MSH EVN PID PV1 ZBE ZFA ZFD'],
    ['A04', 'ADT_A01', 'MSH EVN PID PV1 ZBE ZFA ZFD'],
    ['A08', 'ADT_A01', 'MSH EVN PID PV1 ZFA ZFD'],
    ['A28', 'ADT_A05', 'MSH EVN PID PV1 ZFA ZFD'],
    ['A31', 'ADT_A05', 'MSH EVN PID PV1 ZFA ZFD'],
    ['A40', 'ADT_A39', 'MSH EVN PID MRG'],
    ['A47', 'ADT_A30', 'MSH EVN PID MRG'],
  ] as const)('%s has the structure %s', (event, structure, segments) => {
    const message = feed({ event, merge: { localId: 'H-43' } });
    expect(message.type).toEqual({ code: 'ADT', event, structure });
    expect(names(message)).toBe(segments);
    expect(message.lineEnd).toBe('CR');
  });

  it('has the header of PAM France', () => {
    const msh = segment(feed(), 'MSH');
    expect([12, 17, 18, 19, 21].map((field) => msh?.fields[field])).toEqual([
      '2.5^FRA^2.11',
      'FRA',
      'UNICODE UTF-8',
      'FR',
      '2.11^IHE_FRANCE-2.11-PAM',
    ]);
    expect([3, 4, 10, 11].map((field) => msh?.fields[field])).toEqual(['DPI TEST', 'HOPITAL TEST', 'CTRL1', 'P']);
  });

  it('says the same person back, for every patient of the population', () => {
    fc.assert(
      fc.property(fc.constantFrom(...population.patients), fc.boolean(), (someone, withIns) => {
        const person = readPid(feed({ patient: someone, identity: { reliability: 'VALI', withIns } }));
        const held = withIns ? { ...someone, ...someone.insiTraits } : someone;
        expect(person?.birthName).toMatchObject({ family: held.birthName, firstNames: held.firstNames });
        expect(person).toMatchObject({ birthDate: held.birthDate, sex: held.sex, birthPlace: held.birthPlace });
        expect(person?.reliability).toEqual(['VALI']);
        const [local, national, ...rest] = person?.identifiers ?? [];
        expect(local).toMatchObject({ value: 'H-42', type: 'PI', authority: { oid: HL7_DOMAINS.hopital.oid } });
        expect(rest).toEqual([]);
        expect(national?.value).toBe(withIns ? someone.ins : undefined);
        if (national === undefined) return;
        expect(isIns(national)).toBe(true);
        expect(national.authority.oid).toBe(someone.oid);
        expect(national.authority.name).toMatch(/^ASIP-SANTE-INS-NI[RA]$/);
      }),
    );
  });

  it('names the authority of a waiting number', () => {
    const person = readPid(feed({ patient: one('nia-01') }));
    expect(person?.identifiers[1]?.authority).toEqual({
      name: 'ASIP-SANTE-INS-NIA',
      oid: '1.2.250.1.213.1.4.11',
      kind: 'ISO',
    });
  });

  it('removes by default the INS of the patient (A47), and wants to know what an A40 merges', () => {
    const removed = readMrg(feed({ event: 'A47', identity: { reliability: 'PROV', withIns: false } }));
    expect(removed).toMatchObject([{ value: patient.ins, type: 'INS', authority: { oid: patient.oid } }]);
    expect(readMrg(feed({ event: 'A40', merge: { localId: 'H-43' } }))).toMatchObject([{ value: 'H-43', type: 'PI' }]);
    expect(() => feed({ event: 'A40' })).toThrow(RangeError);
  });

  it('dates its events, its movement and its query of INSi', () => {
    const stay = feed({ event: 'A01' });
    expect(readEvn(stay)).toMatchObject({ recordedText: '20260105100000+0000', occurredText: '20260105100000+0000' });
    expect(readZbe(stay)).toMatchObject({ action: 'INSERT', historical: 'N', startText: '20260105100000+0000' });
    expect(readZfd(stay)).toMatchObject({ acquisition: 'INSI', queriedText: '20260105' });
    expect(readZfd(feed({ identity: { reliability: 'PROV', withIns: false } }))).toBeUndefined();
  });

  it('tells the state of the DMP and the death', () => {
    expect(segment(feed({ patient: one('dmp-ferme-01') }), 'ZFA')?.fields[1]).toBe('FERME');
    expect(segment(feed({ patient: one('dmp-inexistant-01') }), 'ZFA')?.fields[1]).toBe('INEXISTANT');
    const dead = one('decede-01');
    expect(readPid(feed({ patient: dead }))).toMatchObject({
      deceased: 'Y',
      deathText: dead.deathDate?.replaceAll('-', ''),
    });
  });

  it('takes several reliabilities, or none', () => {
    expect(readPid(feed({ identity: { reliability: ['VALI', 'HOMO'], withIns: true } }))?.reliability).toEqual([
      'VALI',
      'HOMO',
    ]);
    const without = feed({ identity: { reliability: '', withIns: false } });
    expect(readPid(without)).toMatchObject({ reliability: [], updatedText: '' });
  });
});

describe('overrides', () => {
  it('change traits, the INS, the control id and the receiver', () => {
    const message = feed({
      overrides: {
        traits: { birthName: "O'ESSAI^&|~\\", usedName: 'USAGE', sex: '', birthPlace: '' },
        ins: { value: '123', oid: '1.2.3' },
        controlId: 'CTRL1',
        receiver: { name: 'PRODUIT', facility: 'SITE' },
      },
    });
    const person = readPid(message);
    expect(person?.birthName?.family).toBe("O'ESSAI^&|~\\");
    expect(person?.usedName).toMatchObject({ family: 'USAGE', given: patient.firstNames[0] });
    expect([person?.sex, person?.birthPlace]).toEqual(['', undefined]);
    expect(person?.identifiers[1]).toMatchObject({ value: '123', authority: { oid: '1.2.3' } });
    expect(fieldText(message, segment(message, 'MSH'), 5)).toBe('PRODUIT');
  });

  it('write any field as it is, and leave segments out', () => {
    const message = feed({ overrides: { fields: { 'PID-32': 'VALI~XX', 'MSH-12': '2.3' }, without: ['ZFD', 'PV1'] } });
    expect(readPid(message)?.reliability).toEqual(['VALI', 'XX']);
    expect(segment(message, 'MSH')?.fields[12]).toBe('2.3');
    expect(names(message)).toBe('MSH EVN PID ZFA');
  });

  it.each(['PID32', 'pid-32', 'NK1-1', ''])('refuse the field %j', (place) => {
    expect(() => feed({ overrides: { fields: { [place]: 'x' } } })).toThrow(RangeError);
  });
});
