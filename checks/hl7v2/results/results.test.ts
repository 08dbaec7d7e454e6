import { describe, expect, it } from 'vitest';
import { readHl7 } from '#formats/hl7v2/index.ts';
import { checkMessage } from '../index.ts';
import { carriesResults, checkResults, type ResultOptions } from './index.ts';

const ORU = [
  'MSH|^~\\&|SGL|LABO|DPI|CH|20260105110000+0100||ORU^R01^ORU_R01|M1|P|2.5.1|||||FRA|UNICODE UTF-8',
  'PID|||42^^^LABO&1.2.250.1.999.1&ISO^PI||PAT-TROIS^DOMINIQUE^DOMINIQUE^^^^L||19790328|F',
  'ORC|RE||D1',
  "OBR|1||D1|11502-2^CR d'examens^LN|||20260105083000+0100||||||||||||||||||F",
  'OBX|1|NM|2345-7^Glucose^LN||0.92|g/L^g/L^UCUM|0.7-1.1||||F',
  'OBX|2|ST|718-7^Hémoglobine^LN||voir commentaire||||||F',
  'NTE|1||Hémolyse',
  'OBX|3|SN|LAB-1^TSH^99LABO^3016-3^TSH^LN||<^0.01|m[IU]/L|||||F',
  '',
].join('\r');
const change = (from: string, to: string, text = ORU): string => {
  if (!text.includes(from)) throw new Error(from);
  return text.replace(from, to);
};
const message = (text: string) => {
  const reading = readHl7(Buffer.from(text));
  if (!reading.ok) throw new Error(reading.fault.message);
  return reading.message;
};
const judge = (text: string, options?: ResultOptions) =>
  checkResults(message(text), options).map(({ rule, where }) => `${rule} ${where}`);
const GLUCOSE = { code: '2345-7', value: 0.92, unit: 'g/L' };

describe('a flow of results', () => {
  it.each([
    ['a good one', ORU],
    [
      'OUL, observations of the specimen first',
      change(
        '\rORC|RE||D1',
        '\rSPM|1|||BLD^Sang^HL70487\rOBX|1|ST|30954-2^Hémolyse^LN||non||||||F',
        change('ORU^R01^ORU_R01', 'OUL^R22^OUL_R22'),
      ),
    ],
    ['a result that is not there yet', change('0.92|g/L^g/L^UCUM|0.7-1.1||||F', '||||||I')],
    ['two values in one', change('||0.92|', '||0.92~0.93|')],
  ])('%s: nothing to say', (_, text) => {
    expect(judge(text, { validated: [] })).toEqual([]);
    expect(checkMessage(Buffer.from(text)).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each([
    ['HL7-RES-SEGMENTS PID', ORU.replace(/\rPID[^\r]*/, '')],
    ['HL7-RES-SEGMENTS OBR', ORU.replace(/\rOBR[^\r]*/, '')],
    ['HL7-RES-SEGMENTS OBR (segment 4)', ORU.replace(/\rOBX[^\r]*/g, '')],
    ['HL7-RES-ORDER OBR-4 (segment 4)', change("11502-2^CR d'examens^LN", "CR d'examens")],
    ['HL7-RES-ORDER OBR-25 (segment 4)', change('||F\rOBX|1', '||Z9\rOBX|1')],
    ['HL7-RES-OBX OBX-3 (segment 5)', change('2345-7^Glucose^LN', 'Glucose')],
    ['HL7-RES-OBX OBX-2 (segment 5)', change('OBX|1|NM|', 'OBX|1||')],
    ['HL7-RES-OBX OBX-5 (segment 5)', change('|0.92|', '|0,92|')],
    ['HL7-RES-OBX OBX-11 (segment 5)', change('|0.7-1.1||||F', '|0.7-1.1||||')],
  ])('%s', (expected, text) => {
    expect(judge(text)).toEqual([expected]);
    expect(checkMessage(Buffer.from(text)).map(({ rule }) => rule)).toContain(expected.split(' ')[0]);
  });

  it('holds each analysis that was validated, with its value and its unit', () => {
    expect(judge(ORU, { validated: [GLUCOSE, { ...GLUCOSE, value: 0.92 }] })).toEqual([]);
    expect(judge(change('|0.92|', '|0.920|'), { validated: [GLUCOSE] })).toEqual([]);
    expect(judge(change('g/L^g/L^UCUM', 'g par l^^LOCAL^g/L^g/L^UCUM'), { validated: [GLUCOSE] })).toEqual([]);
    expect(judge(change('|0.92|', '|9.2|'), { validated: [GLUCOSE] })).toEqual(['HL7-RES-VALIDATED OBX-5 (segment 5)']);
    expect(judge(change('g/L^g/L^UCUM', 'mmol/L'), { validated: [GLUCOSE] })).toEqual([
      'HL7-RES-VALIDATED OBX-5 (segment 5)',
    ]);
    expect(judge(change('2345-7^Glucose^LN', '2345-7^Glucose^99LABO'), { validated: [GLUCOSE] })).toEqual([
      'HL7-RES-VALIDATED OBX',
    ]);
  });

  it('is not a message with a document, nor an identity', () => {
    expect(carriesResults(message(ORU))).toBe(true);
    expect(carriesResults(message(change('|FRA|UNICODE UTF-8', '|FRA|UNICODE UTF-8|||2.1^CISIS_CDA_HL7_V2')))).toBe(
      false,
    );
    const other = change('ORU^R01^ORU_R01', 'ADT^A31^ADT_A05').replace(/\rOBR[^\r]*/, '');
    expect(judge(other)).toEqual([]);
  });
});
