import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHl7 } from '#formats/hl7v2/index.ts';
import {
  checkControlIds,
  checkIdentityMessage,
  checkPid,
  checkPidSegment,
  checkPropagation,
  readMessageIdentity,
  type Hl7Options,
  type PropagationCase,
} from './index.ts';

const INS = '279035121518989';
const REPETITION = `${INS}^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS`;
const PID = `PID|1||42^^^LABO&1.2.250.1.999.1&ISO^PI~${REPETITION}||PAT-TROIS^DOMINIQUE^DOMINIQUE MARIE^^^^L~USAGE^DOMINIQUE^^^^^D||19790328|F|||^^^^^^BDL^^63220|||||||||||||||||||||VALI`;
const HEADER =
  'MSH|^~\\&|SIL|LABO|DPI|HOPITAL|20260105100000+0100||ADT^A31^ADT_A05|M1|P|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR||2.11^IHE_FRANCE-2.11-PAM';
const EVN = 'EVN||20260105100000+0100';
const A31 = [HEADER, EVN, PID, 'PV1||N'].join('\r');
const header = (event: string, structure: string): string => HEADER.replace('A31^ADT_A05', `${event}^${structure}`);
const PROV = PID.replace(`~${REPETITION}`, '').replace('|VALI', '|PROV');
const A47 = [header('A47', 'ADT_A30'), EVN, PROV, `MRG|${REPETITION}`].join('\r');
const A40 = [header('A40', 'ADT_A39'), EVN, PID, 'MRG|41^^^LABO&1.2.250.1.999.1&ISO^PI'].join('\r');
const ZBE = 'ZBE|MVT1^LABO|20260105100000||INSERT|N|';
const A01 = [header('A01', 'ADT_A01'), EVN, PID, 'PV1||I', ZBE].join('\r');

const ACK = [header('A47', 'ADT_A30').replace('ADT^A47^ADT_A30', 'ACK^A47^ACK'), 'MSA|AA|M1'].join('\r');
const ORU = [
  HEADER.replace('ADT^A31^ADT_A05', 'ORU^R01^ORU_R01')
    .replace('2.5^FRA^2.11', '2.5')
    .replace(/\|FR\|\|2\.11.*$/, ''),
  PID,
].join('\r');

const judge = (text: string, options?: Hl7Options): string[] =>
  checkIdentityMessage(Buffer.from(text), options).map(({ rule }) => rule);
const change = (from: string, to: string, text = A31): string => {
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`Nothing changed by ${from}`);
  return changed;
};
const EXPECTED = {
  traits: {
    birthName: 'PAT-TROIS',
    firstNames: ['DOMINIQUE', 'MARIE'],
    sex: 'F',
    birthDate: '1979-03-28',
    birthPlace: '63220',
    usedName: 'USAGE',
  },
  ins: INS,
  oid: '1.2.250.1.213.1.4.10',
};

describe('checkIdentityMessage', () => {
  it.each([
    ['A31', A31, { expected: EXPECTED, qualified: true }],
    ['A31 of an identity that is not qualified', change(PID, PROV), { qualified: false }],
    ['A47', A47, {}],
    ['A40', A40, {}],
    ['A01', A01, {}],
    ['acknowledgement', ACK, {}],
    ['wave 1, PAM 2.10', A31.replaceAll('2.11', '2.10'), {}],
    ['production', change('1.4.10', '1.4.8'), { allowTestOids: false }],
    ['8859/15', change('UNICODE UTF-8', '8859/15'), {}],
    ['NIA', change('NIR&1.2.250.1.213.1.4.10', 'NIA&1.2.250.1.213.1.4.9'), {}],
    ['segments ended by CRLF', A31.replaceAll('\r', '\r\n'), {}],
  ] as const)('has nothing to say about a conforming message: %s', (_, text, options) => {
    expect(checkIdentityMessage(Buffer.from(text), options)).toEqual([]);
  });

  it.each([
    ['HL7-READABLE', 'PID|1', {}],
    ['HL7-MSH-TIME', change('|20260105100000+0100||ADT', '|hier||ADT'), {}],
    ['HL7-MSH-TYPE', change('^ADT_A05', ''), {}],
    ['HL7-MSH-TYPE', change('^ADT_A05', '^ADT_A01'), {}],
    ['HL7-MSH-CONTROL-ID', change('|M1|', '||'), {}],
    ['HL7-MSH-CONTROL-ID', change('|M1|', `|${'9'.repeat(21)}|`), {}],
    ['HL7-MSH-PROCESSING', change('|P|', '||'), {}],
    ['HL7-MSH-VERSION', change('2.5^FRA^2.11', '2.5'), {}],
    ['HL7-MSH-COUNTRY', change('|FRA|UNI', '|FR|UNI'), {}],
    ['HL7-MSH-CHARSET', change('|UNICODE UTF-8|', '||'), {}],
    ['HL7-MSH-LANGUAGE', change('|FR||', '|||'), {}],
    ['HL7-MSH-PROFILE', change('2.11^IHE_FRANCE-2.11-PAM', ''), {}],
    ['HL7-MSH-PROFILE', ORU, {}],
    ['HL7-ACK', change('|M1', '', ACK.replace('|M1|P', '|M2|P')), {}],
    ['HL7-ACK', change('\rMSA|AA|M1', '', ACK), {}],
    ['HL7-EVN', change(`${EVN}\r`, ''), {}],
    ['HL7-EVN', change('EVN||20260105100000+0100', 'EVN|A31|'), {}],
    ['HL7-EVN', change('EVN||', 'EVN|A28|'), {}],
    ['HL7-PID', change(`${PID}\r`, ''), {}],
    ['HL7-PID3-LOCAL', change('42^^^LABO&1.2.250.1.999.1&ISO^PI~', ''), {}],
    ['HL7-PID3-LOCAL', change('LABO&1.2.250.1.999.1&ISO', 'LABO'), {}],
    [
      'HL7-PID3-LOCAL',
      change(
        `42^^^LABO&1.2.250.1.999.1&ISO^PI~${REPETITION}`,
        '',
        change(PID, PROV.replace('PROV', 'VALI'), A31).replace(
          '42^^^LABO&1.2.250.1.999.1&ISO^PI',
          `42^^^LABO&1.2.250.1.999.1&ISO^PI~${REPETITION}`,
        ),
      ),
      {},
    ],
    ['HL7-PID3-INS', change(INS, INS.slice(0, 13)), {}],
    ['HL7-PID3-INS', change('INS-NIR&', 'INS-NIA&'), {}],
    ['HL7-PID3-INS', change('4.10&ISO^INS', '4.10^INS'), {}],
    ['HL7-PID3-INS', change('ISO^INS', 'ISO^NH'), {}],
    ['HL7-PID3-INS-KEY', change(INS, '279035121518988'), {}],
    ['HL7-PID3-INS-OID', change('1.4.10', '1.4.2'), {}],
    ['HL7-PID3-INS-OID', A31, { allowTestOids: false }],
    ['HL7-PID3-INS-ONCE', change(REPETITION, `${REPETITION}~${REPETITION}`), {}],
    ['HL7-PID3-INS-VALI', change('|VALI', '|PROV'), {}],
    ['HL7-PID3-INS-VALI', A31, { qualified: false }],
    ['HL7-PID3-INS-VALI', change(`~${REPETITION}`, ''), { qualified: true }],
    ['HL7-PID5-BIRTH', change('^DOMINIQUE MARIE^^^^L', '^MARIE DOMINIQUE^^^^L'), {}],
    ['HL7-PID5-BIRTH', change('PAT-TROIS^', '^'), {}],
    ['HL7-PID5-CHARACTERS', change('PAT-TROIS', 'PÂT-TROIS'), {}],
    ['HL7-PID5-USED', change('^^^^^D', '^^^^^N'), {}],
    ['HL7-PID5-USED', change('~USAGE^DOMINIQUE^^^^^D', ''), { expected: EXPECTED }],
    ['HL7-PID7', change('|19790328|', '|28/03/1979|'), {}],
    ['HL7-PID8', change('|19790328|F|', '|19790328|U|'), {}],
    ['HL7-PID11-BIRTH-PLACE', change('^^^^^^BDL^^63220', ''), {}],
    ['HL7-PID11-BIRTH-PLACE', change('BDL^^63220', 'BDL^^'), {}],
    ['HL7-PID32', change('|PROV', '', change(PID, PROV)), {}],
    ['HL7-PID32', change('|PROV', '|AUTRE', change(PID, PROV)), {}],
    ['HL7-PID-EXPECTED', change('|19790328|', '|19790329|'), { expected: EXPECTED }],
    ['HL7-PID-EXPECTED', A31, { expected: { ...EXPECTED, oid: '1.2.250.1.213.1.4.8' } }],
    [
      'HL7-A47-PID',
      change('|42^^^LABO&1.2.250.1.999.1&ISO^PI|', `|42^^^LABO&1.2.250.1.999.1&ISO^PI~${REPETITION}|`, A47),
      {},
    ],
    ['HL7-A47-MRG', change(`\rMRG|${REPETITION}`, '', A47), {}],
    ['HL7-A47-MRG', change(`MRG|${REPETITION}`, `MRG|${INS}`, A47), {}],
    ['HL7-A40-MRG', change('\rMRG|41^^^LABO&1.2.250.1.999.1&ISO^PI', '', A40), {}],
    ['HL7-A40-MRG', change('MRG|41', 'MRG|42', A40), {}],
    ['HL7-ZBE', change(`\r${ZBE}`, '', A01), {}],
    ['HL7-ZBE', change('INSERT', 'AJOUT', A01), {}],
    ['HL7-ZBE', `${A31}\r${ZBE}`, {}],
  ] as readonly (readonly [string, string, Hl7Options])[])('%s (%#)', (rule, text, options) => {
    expect([...new Set(judge(text, options))]).toEqual([rule]);
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.nat({ max: A31.length }), (noise, at) => {
        expect(judge(`${A31.slice(0, at)}${noise}${A31.slice(at)}`)).toBeInstanceOf(Array);
      }),
    );
  });
});

describe('a PID by itself', () => {
  it('is judged without its message', () => {
    expect(checkPidSegment(`${PID}\r\n`)).toEqual([]);
    expect(checkPidSegment(change(INS, '279035121518988', PID)).map(({ rule }) => rule)).toEqual(['HL7-PID3-INS-KEY']);
    expect(checkPidSegment('').map(({ rule }) => rule)).toEqual(['HL7-PID']);
    expect(checkPidSegment('pas un segment').map(({ rule }) => rule)).toEqual(['HL7-READABLE']);
  });

  it('is read from any message', () => {
    const reading = readHl7(Buffer.from(A31));
    if (!reading.ok) throw new Error(reading.fault.message);
    expect(checkPid(reading.message, { expected: EXPECTED })).toEqual([]);
    expect(readMessageIdentity(reading.message)).toMatchObject({
      domain: '1.2.250.1.999.1',
      messageId: 'M1',
      ins: INS,
      oid: '1.2.250.1.213.1.4.10',
      reliability: 'VALI',
      traits: { ...EXPECTED.traits, usedFirstName: 'DOMINIQUE' },
    });
  });
});

describe('several messages', () => {
  const named = (label: string, text: string) => ({ label, bytes: Buffer.from(text) });
  it('HL7-CONTROL-ID-UNIQUE', () => {
    expect(checkControlIds([named('1', A31), named('2', change('|M1|', '|M2|')), named('3', A31)])).toEqual([]);
    const findings = checkControlIds([named('1', A31), named('2', A01)]);
    expect(findings.map(({ rule }) => rule)).toEqual(['HL7-CONTROL-ID-UNIQUE']);
  });

  const AFTER = { traits: EXPECTED.traits };
  const NEW = change(PID, PROV);
  const OLD = change('PAT-TROIS', 'AVANT');
  const BEFORE = { ...EXPECTED, traits: { ...EXPECTED.traits, birthName: 'AVANT' } };
  const rulesOf = (messages: readonly string[], story: Omit<PropagationCase, 'messages'>): string[] => {
    const findings = checkPropagation({
      ...story,
      messages: messages.map((text, index) => named(String(index), text)),
    });
    return [...new Set(findings.map(({ rule }) => rule))];
  };

  it('HL7-PROPAGATION-UPDATE and HL7-PROPAGATION-REMOVAL', () => {
    const lost = { after: AFTER, status: 'validee', lostIns: INS } as const;
    expect(rulesOf([A31], { after: EXPECTED, status: 'qualifiee' })).toEqual([]);
    expect(rulesOf([NEW, A47], lost)).toEqual([]);
    expect(rulesOf([A47, NEW], lost)).toEqual([]);
    expect(rulesOf([A47], lost)).toEqual([]);
    expect(rulesOf([change('PAT-TROIS', 'AUTRE', A47)], lost)).toEqual(['HL7-PROPAGATION-UPDATE']);
    expect(rulesOf([A47], { after: AFTER, status: 'provisoire' })).toEqual(['HL7-PROPAGATION-UPDATE']);
    expect(rulesOf([NEW], lost)).toEqual(['HL7-PROPAGATION-REMOVAL']);
    expect(rulesOf([NEW, A47], { ...lost, lostIns: '109076322083489' })).toEqual(['HL7-PROPAGATION-REMOVAL']);
    expect(rulesOf([], lost)).toEqual(['HL7-PROPAGATION-UPDATE', 'HL7-PROPAGATION-REMOVAL']);
  });

  it('HL7-PROPAGATION-UPDATE, for a birth place: only owed when it is what changed', () => {
    const story = { after: AFTER, status: 'provisoire' } as const;
    const without = change('^^^^^^BDL^^63220', '', NEW);
    const moved = { traits: { ...EXPECTED.traits, birthPlace: '01004' } };
    expect(rulesOf([without], { ...story, before: BEFORE })).toEqual([]);
    expect(rulesOf([NEW], { ...story, before: moved })).toEqual([]);
    expect(rulesOf([without], { ...story, before: moved })).toEqual(['HL7-PROPAGATION-UPDATE']);
    expect(rulesOf([NEW], { ...story, after: moved, before: AFTER })).toEqual(['HL7-PROPAGATION-UPDATE']);
  });

  it('HL7-PROPAGATION-STATE, for an identity that lost its INS', () => {
    const lost = { before: BEFORE, after: AFTER, status: 'validee', lostIns: INS } as const;
    const down = { before: BEFORE, after: AFTER, status: 'provisoire' } as const;
    expect(rulesOf([A47, change('|PROV', '|VALI', NEW)], lost)).toEqual([]);
    expect(rulesOf([A47, A31], lost)).toEqual(['HL7-PROPAGATION-STATE']);
    expect(rulesOf([A31, A47], lost)).toEqual(['HL7-PROPAGATION-STATE']);
    expect(rulesOf([OLD, A47, NEW], lost), 'written before the change').toEqual([]);
    expect(rulesOf([A47, NEW, OLD], lost), 'comes back after it').toEqual(['HL7-PROPAGATION-STATE']);
    expect(rulesOf([NEW], down)).toEqual([]);
    expect(rulesOf([change('|PROV', '|VALI', NEW)], down)).toEqual(['HL7-PROPAGATION-STATE']);
    expect(rulesOf([A31], down)).toEqual(['HL7-PROPAGATION-STATE']);
  });

  it('HL7-PROPAGATION-STATE, for an identity that keeps its INS', () => {
    const kept = {
      before: { traits: { ...EXPECTED.traits, usedName: 'AVANT' } },
      after: EXPECTED,
      status: 'qualifiee',
    } as const;
    expect(rulesOf([A31], kept)).toEqual([]);
    expect(rulesOf([change('~USAGE', '~AVANT', NEW), A31], kept), 'written before the change').toEqual([]);
    expect(rulesOf([NEW], kept)).toEqual(['HL7-PROPAGATION-STATE']);
    expect(rulesOf([change('|VALI', '|PROV')], kept)).toEqual(['HL7-PROPAGATION-STATE']);
    expect(rulesOf([A47, A31], kept)).toEqual(['HL7-PROPAGATION-STATE']);
    expect(rulesOf([A31], { ...kept, status: 'recuperee' })).toEqual(['HL7-PROPAGATION-STATE']);
    const { traits } = EXPECTED;
    expect(rulesOf([NEW], { ...kept, after: { traits }, status: 'recuperee' })).toEqual([]);
  });
});
