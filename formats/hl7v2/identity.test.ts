import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildAck,
  dateOfHl7,
  fieldText,
  hl7Date,
  hl7Time,
  isIns,
  placeOf,
  readAck,
  readEvn,
  readHl7,
  readMrg,
  readPid,
  readZbe,
  readZfd,
  repetitions,
  segment,
  type Hl7Message,
} from './index.ts';

const A47 = [
  'MSH|^~\\&|GAM|H|SGL|L|20260105100000+0100||ADT^A47^ADT_A30|M1|P|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR||2.11^IHE_FRANCE-2.11-PAM',
  'EVN|A47|20260105100000||||20260105090000',
  'PID|||42^^^HOP&1.2.3&ISO^PI~279035121518989^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS^^20200101||PAT-TROIS^DOMINIQUE^DOMINIQUE ZO\\XC3A9\\^^^^L~D\\T\\A^DOM^^^^^D||19790300|F|||1 RUE^^PARIS^^75001^^H~^^^^^^BDL^^51215|||||||V1^^^H|||||||||||20250101|Y||VALI~FICT|20260105',
  'MRG|297022A02077878^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS~7^^^HOP&1.2.3&ISO^PI',
  'ZBE|MV1^H|20260105090000||INSERT|N|A01|||HMS',
  'ZFD|||Y|N|INSI|20260104',
].join('\r');

function message(text: string): Hl7Message {
  const reading = readHl7(Buffer.from(text));
  if (!reading.ok) throw new Error(reading.fault.message);
  return reading.message;
}

describe('readPid', () => {
  const person = readPid(message(A47));

  it('gives identifiers with their authority, type and place', () => {
    expect(person?.identifiers).toEqual([
      { value: '42', authority: { name: 'HOP', oid: '1.2.3', kind: 'ISO' }, type: 'PI', repetition: 1 },
      {
        value: '279035121518989',
        authority: { name: 'ASIP-SANTE-INS-NIR', oid: '1.2.250.1.213.1.4.10', kind: 'ISO' },
        type: 'INS',
        repetition: 2,
      },
    ]);
    expect(person?.identifiers.map(isIns)).toEqual([false, true]);
  });

  it('gives names by type, first names once each, unescaped', () => {
    expect(person?.birthName).toMatchObject({ family: 'PAT-TROIS', given: 'DOMINIQUE', type: 'L' });
    expect(person?.birthName?.firstNames).toEqual(['DOMINIQUE', 'ZOé']);
    expect(person?.usedName).toMatchObject({ family: 'D&A', given: 'DOM', repetition: 2 });
  });

  it('gives the other traits', () => {
    expect(person).toMatchObject({
      birthDateText: '19790300',
      birthDate: '1979-03-00',
      sex: 'F',
      birthPlace: '51215',
      account: 'V1',
      deathText: '20250101',
      deceased: 'Y',
      reliability: ['VALI', 'FICT'],
      updatedText: '20260105',
    });
  });

  it('takes the first name without type as the birth name, and says nothing of what is absent', () => {
    const bare = readPid(message('MSH|^~\\&|\rPID|||||MARTIN^PAUL||pas une date'));
    expect(bare?.birthName?.family).toBe('MARTIN');
    expect(bare?.usedName).toBeUndefined();
    expect(bare).toMatchObject({ identifiers: [], birthDateText: 'pas une date', sex: '', reliability: [] });
    expect(bare?.birthDate).toBeUndefined();
    expect(bare?.birthPlace).toBeUndefined();
    expect(readPid(message('MSH|^~\\&|'))).toBeUndefined();
  });

  it('never throws, whatever the segment', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[|^~&\\A-Z0-9é-]{0,80}$/), (rest) => {
        const read = message(
          `MSH|^~\\&|\rPID|${rest}\rMRG|${rest}\rEVN|${rest}\rZBE|${rest}\rZFD|${rest}\rMSA|${rest}`,
        );
        expect(readPid(read)).toBeDefined();
        expect(readMrg(read)).toBeInstanceOf(Array);
        expect(readEvn(read) && readZbe(read) && readZfd(read) && readAck(read)).toBeDefined();
      }),
    );
  });
});

describe('the other segments', () => {
  const read = message(A47);

  it('are read by name', () => {
    expect(readMrg(read).map(({ value, type }) => [value, type])).toEqual([
      ['297022A02077878', 'INS'],
      ['7', 'PI'],
    ]);
    expect(readEvn(read)).toMatchObject({
      code: 'A47',
      recordedText: '20260105100000',
      occurredText: '20260105090000',
    });
    expect(readZbe(read)).toMatchObject({
      id: 'MV1',
      action: 'INSERT',
      historical: 'N',
      original: 'A01',
      nature: 'HMS',
    });
    expect(readZfd(read)).toMatchObject({ flag3: 'Y', flag4: 'N', acquisition: 'INSI', queriedText: '20260104' });
  });

  it('are absent when they are', () => {
    const none = message('MSH|^~\\&|');
    expect([readMrg(none), readEvn(none), readZbe(none), readZfd(none), readAck(none)]).toEqual([
      [],
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('have a place that a finding can name', () => {
    const pid = segment(read, 'PID');
    if (pid === undefined) throw new Error('no PID');
    expect(placeOf(pid, 3, { repetition: 2, component: 4, subcomponent: 2 })).toBe('PID-3(2).4.2 (segment 3)');
    expect(placeOf(pid)).toBe('PID (segment 3)');
  });
});

describe('readAck', () => {
  it('reads what buildAck writes', () => {
    const error = {
      code: '207',
      text: 'Application & co',
      location: 'PID^1^3',
      application: { code: '902', text: 'X' },
    };
    const bytes = buildAck(message(A47), { code: 'AE', controlId: 'A1', at: new Date(), error });
    expect(readAck(message(Buffer.from(bytes).toString()))).toEqual({
      code: 'AE',
      controlId: 'M1',
      error: { code: '207', text: 'Application & co', location: 'PID^1^3', application: '902', message: '' },
    });
  });

  it('places its error with the separators of the message', () => {
    const odd = message('MSH#*!?%#A#B#C#D#2026##ADT*A28#ID1#P#2.5');
    const ack = buildAck(odd, {
      code: 'AE',
      controlId: 'A1',
      at: new Date(),
      error: { code: '101', text: 'x', location: 'PID^1^3' },
    });
    expect(Buffer.from(ack).toString()).toContain('ERR##PID*1*3#101*x*messageErrorCondition#E');
  });
});

describe('dates', () => {
  it.each([
    ['19790328', '1979-03-28'],
    ['197903281530', '1979-03-28'],
    ['19790328153012.1234+0100', '1979-03-28'],
    ['197903', '1979-03-00'],
    ['1979', '1979-00-00'],
    ['19790300', '1979-03-00'],
    ['19790000', '1979-00-00'],
  ])('%s is %s', (text, date) => {
    expect(dateOfHl7(text)).toBe(date);
  });

  it.each(['', '79', '1979-03-28', '19791328', '19790332', '1979032', 'aujourd’hui', '""'])('%j is no date', (text) => {
    expect(dateOfHl7(text)).toBeUndefined();
  });

  it('are written as they are read', () => {
    expect(hl7Date('1979-03-00')).toBe('19790300');
    expect(hl7Time(new Date('2026-01-05T10:00:00.123Z'))).toBe('20260105100000+0000');
  });
});

describe('bounds', () => {
  it('refuse too many segments and too many fields before keeping them', () => {
    const segments = `MSH|^~\\&|\r${'NTE|1\r'.repeat(20_001)}`;
    expect(readHl7(Buffer.from(segments))).toMatchObject({ fault: { code: 'HL7_TOO_LARGE' } });
    const fields = `MSH|^~\\&|\rPID${'|'.repeat(2_000_000)}`;
    expect(readHl7(Buffer.from(fields))).toMatchObject({ fault: { code: 'HL7_TOO_LARGE' } });
    expect(readHl7(Buffer.from(`MSH|^~\\&|\r${'\r'.repeat(1_000_000)}`)).ok).toBe(true);
  });

  it('look at ten thousand repetitions, and at the components asked for', () => {
    const many = message(`MSH|^~\\&|\rPID|||${'~'.repeat(1_000_000)}|${'^'.repeat(1_000_000)}x`);
    const pid = segment(many, 'PID');
    if (pid === undefined) throw new Error('no PID');
    expect(repetitions(many, pid, 3)).toHaveLength(10_000);
    expect(readPid(many)?.identifiers).toHaveLength(10_000);
    expect(fieldText(many, pid, 4)).toHaveLength(1_000_001);
  });

  it('tell how segments end', () => {
    const ends = ['\r', '\n', '\r\n'].map((end) => message(`MSH|^~\\&|${end}PID|1${end}`).lineEnd);
    expect(ends).toEqual(['CR', 'LF', 'CRLF']);
    expect(message('MSH|^~\\&|\rPID|1\n').lineEnd).toBe('mixed');
    expect(message('MSH|^~\\&|').lineEnd).toBe('CR');
  });
});
