import { expect, it } from 'vitest';
import table from './hl7-fields.json' with { type: 'json' };
import { spoilHl7 } from './index.ts';

const INS = '279035121518989^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS';
const PI = 'IPP1^^^&1.2.250.1.999.1.1.5&ISO^PI';
const PID = `PID|||${PI}~${INS}||PAT-TROIS^DOMINIQUE^DOMINIQUE^^^^L~AUTRE^DOMINIQUE^^^^^D||19790328|F|||^^^^^^BDL^^51215|||||||||||||||||||||VALI|20260105`;
const HEAD = String.raw`MSH|^~\&|SGL|LABO|DPI|HOPITAL|20260105100000+0100||ADT^A31^ADT_A05|ID1|P|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR||2.11^IHE_FRANCE-2.11-PAM`;
const A31 = `${HEAD}\rEVN||20260105100000+0100\r${PID}\rPV1|1|N\r`;
const A47 = `${HEAD}\rEVN||20260105100000+0100\r${PID.replace(`~${INS}`, '')}\rMRG|${INS}\r`;

it('leaves a message alone without its faults', () => {
  expect(spoilHl7(A31, new Set())).toBe(A31);
  expect(spoilHl7(A31, new Set(['insi-soap-11']))).toBe(A31);
});

it.each(Object.keys(table.faults))('%s changes the message', (name) => {
  const message = name.startsWith('hl7-a47') ? A47 : A31;
  expect(spoilHl7(message, new Set([name]))).not.toBe(message);
});

it('counts the fields of MSH from its separator', () => {
  expect(spoilHl7(A31, new Set(['hl7-sans-pays']))).toBe(A31.replace('|FRA|UNI', '||UNI'));
  expect(spoilHl7(A31, new Set(['hl7-sans-lieu-de-naissance']))).toBe(A31.replace('^^^^^^BDL^^51215', ''));
});

it('puts back in PID-3 the number that an A47 takes away', () => {
  expect(spoilHl7(A47, new Set(['hl7-a47-garde-ins']))).toContain(`PID|||${PI}~${INS}||`);
});
