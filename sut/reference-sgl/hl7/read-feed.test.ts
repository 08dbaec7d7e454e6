import { describe, expect, it } from 'vitest';
import { readMessage, writeSegment } from './message.ts';
import { readFeed } from './read-feed.ts';

const INS = '279035121518989^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS';
const PI = '42^^^HOPITAL&1.2.250.1.999.7&ISO^PI';
const PID = writeSegment('PID', {
  3: `${PI}~${INS}`,
  5: 'PAT-TROIS^DOMINIQUE^DOMINIQUE MARIE-LOUISE^^^^L~BLANC^DOMI^^^^^D',
  7: '19790328',
  8: 'F',
  11: '1 RUE^^PARIS^^75001^FRA^H~^^^^^^BDL^^51215',
  32: 'VALI',
});

const message = (
  type: string,
  segments: string[],
  header = `SIH|HOPITAL|SGL|LABO|20260101||${type}|M1|P|2.5^FRA^2.11`,
) => readMessage([`MSH|^~\\&|${header}`, ...segments].join('\r'));
const read = (type: string, ...segments: string[]) => readFeed(message(type, segments));

describe('readFeed', () => {
  it('reads everything that an A28 says of a person', () => {
    expect(read('ADT^A28^ADT_A05', 'EVN||20260101', PID, 'PV1|1|N')).toEqual({
      kind: 'identite',
      messageId: 'M1',
      sender: 'SIH / HOPITAL',
      identifier: { value: '42', authority: '1.2.250.1.999.7' },
      traits: {
        birthName: 'PAT-TROIS',
        firstNames: ['DOMINIQUE', 'MARIE-LOUISE'],
        sex: 'F',
        birthDate: '1979-03-28',
        birthPlace: '51215',
        usedName: 'BLANC',
        usedFirstName: 'DOMI',
      },
      reliability: 'VALI',
      ins: { matricule: '279035121518989', oid: '1.2.250.1.213.1.4.10' },
    });
  });

  it('takes the local identifier whatever its place', () => {
    expect(read('ADT^A31', PID.replace(`${PI}~${INS}`, `${INS}~7^^^&1.2.3&ISO^NH~${PI}`)).identifier.value).toBe('42');
  });

  it.each([
    ['19790328101500', '1979-03-28'],
    ['197903', '1979-03-00'],
    ['1979', '1979-00-00'],
    ['""', undefined],
    ['', undefined],
  ])('reads the birth date %j', (written, birthDate) => {
    expect(read('ADT^A08', PID.replace('19790328', written)).traits.birthDate).toBe(birthDate);
  });

  it.each([
    ['JEAN PAUL^JEAN PAUL^', ['JEAN PAUL']],
    ['DOMINIQUE^MARIE ANNE^', ['DOMINIQUE', 'MARIE', 'ANNE']],
    ['JEAN PAUL^JEAN PAUL ANDRE^', ['JEAN PAUL', 'ANDRE']],
    ['^ANNE^', ['ANNE']],
  ])('reads the first names %j', (written, firstNames) => {
    const names = PID.replace('DOMINIQUE^DOMINIQUE MARIE-LOUISE^', written);
    expect(read('ADT^A04', names).traits.firstNames).toEqual(firstNames);
  });

  it('says which INS an A47 removes and which identity an A40 merges', () => {
    const removal = read('ADT^A47^ADT_A30', PID.replace(`~${INS}`, ''), `MRG|${INS}`);
    expect(removal).toMatchObject({ kind: 'retrait-ins', removedIns: { matricule: '279035121518989' } });
    expect(removal.ins).toBeUndefined();
    const merge = read('ADT^A40^ADT_A39', PID, 'MRG|43^^^&1.2.250.1.999.7&ISO^PI');
    expect(merge).toMatchObject({ kind: 'fusion', prior: { value: '43', authority: '1.2.250.1.999.7' } });
  });

  it('knows health data by its message', () => {
    expect(read('ORU^R01^ORU_R01', PID)).toMatchObject({ kind: 'identite', healthData: true });
    expect(read('ADT^A01', PID)).not.toHaveProperty('healthData');
  });

  it.each([
    ['another type', () => read('MFN^M02', PID), 'AR', '200'],
    ['another event', () => read('ADT^A99', PID), 'AR', '201'],
    ['another result', () => read('ORU^R30', PID), 'AR', '201'],
    ['no PID', () => read('ADT^A28'), 'AE', '100'],
    ['no local identifier', () => read('ADT^A28', PID.replace(`${PI}~`, '')), 'AE', '101'],
    ['an identifier without authority', () => read('ADT^A28', 'PID|||42^^^^PI||X^Y^^^^^L'), 'AE', '101'],
    ['an unreadable date', () => read('ADT^A28', PID.replace('19790328', '28/03/79')), 'AE', '102'],
    ['a merge of nobody', () => read('ADT^A40', PID), 'AE', '100'],
    ['a removal of nothing', () => read('ADT^A47', PID), 'AE', '100'],
    ['no identifier of message', () => readFeed(message('ADT^A28', [PID], 'A|B|C|D|T||ADT^A28||P|2.5')), 'AR', '101'],
    ['an unknown version', () => readFeed(message('ADT^A28', [PID], 'A|B|C|D|T||ADT^A28|1|P|9.9')), 'AR', '203'],
    ['an unknown processing', () => readFeed(message('ADT^A28', [PID], 'A|B|C|D|T||ADT^A28|1|Z|2.5')), 'AR', '202'],
  ])('refuses %s', (_name, reading, ack, code) => {
    expect(reading).toThrow(expect.objectContaining({ ack, code }) as Error);
  });
});
