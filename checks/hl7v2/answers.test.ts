import { describe, expect, it } from 'vitest';
import { checkMessage } from './index.ts';

const HEADER = (type: string, version = '2.5') =>
  `MSH|^~\\&|PFI|CH|SGL|LABO|20260105110000+0100||${type}|M2|P|${version}|||||FRA|UNICODE UTF-8`;
const rules = (...lines: string[]): string[] => checkMessage(Buffer.from(lines.join('\r'))).map(({ rule }) => rule);

describe('technical acknowledgements', () => {
  const ack = (...more: string[]) => rules(HEADER('ACK^R01^ACK'), ...more);
  const err = (code: string, severity = 'E') => `ERR||PID^1^3|${code}^x^HL70357|${severity}`;

  it.each([[['MSA|AA|M1']], [['MSA|AE|M1', err('207')]], [['MSA|AR|M1', err('203')]], [['MSA|AA|M1', err('0', 'I')]]])(
    'lets %j pass',
    (lines) => {
      expect(ack(...lines)).toEqual([]);
    },
  );

  it.each([[['MSA|AE|M1']], [['MSA|AE|M1', err('999')]], [['MSA|AR|M1', err('0')]], [['MSA|AA|M1', err('101')]]])(
    'HL7-ACK-ERROR: %j',
    (lines) => {
      expect(ack(...lines)).toEqual(['HL7-ACK-ERROR']);
    },
  );
});

describe('business acknowledgements', () => {
  const line = (code: string, value = 'Y', about = 'M1') =>
    `OBX|1|CWE|${code}^Libellé^AckMetierZAM|${about}|${value}^^expandedYes-NoIndicator||||||F`;
  const full = 'ERR|||207^Application error^messageErrorCondition|E|422^Boîte pleine^SMTPERRORCODE';
  const zam = (event: string, ...lines: string[]) => rules(HEADER(`ZAM^${event}^ZAM_${event}`, '2.6'), ...lines);

  it('lets each event pass', () => {
    expect(zam('Z01', line('ACK_RECEPTION_DMP'))).toEqual([]);
    expect(zam('Z02', line('ACK_RECEPTION_MSS', 'N'), full)).toEqual([]);
    expect(zam('Z03', line('ACK_LECTURE_MSS'))).toEqual([]);
    const reader = line('LECTEUR_MSS', 'BLUE').replace('|CWE|', '|ST|');
    expect(zam('Z03', line('ACK_LECTURE_MSS'), reader)).toEqual([]);
  });

  it.each([
    ['HL7-ZAM-LINES', 'Z01', [line('ACK_RECEPTION_DMP').replace('AckMetierZAM', 'x')]],
    ['HL7-ZAM-LINES', 'Z02', [line('ACK_RECEPTION_MSS').replace('||||||F', '||||||P')]],
    ['HL7-ZAM-LINES', 'Z03', [line('ACK_LECTURE_MSS', 'O')]],
    ['HL7-ZAM-ABOUT', 'Z01', [line('ACK_RECEPTION_DMP', 'Y', '')]],
    ['HL7-ZAM-ABOUT', 'Z02', [line('ACK_RECEPTION_MSS'), line('ACK_RECEPTION_MSS', 'Y', 'M9')]],
    ['HL7-ZAM-ERROR', 'Z01', [line('ACK_RECEPTION_DMP', 'N')]],
    ['HL7-ZAM-ERROR', 'Z02', [line('ACK_RECEPTION_MSS', 'N'), full.replace('422', '999')]],
    ['HL7-ZAM-ERROR', 'Z02', [line('ACK_RECEPTION_MSS'), full]],
  ])('%s: %s %j', (rule, event, lines) => {
    expect(zam(event, ...lines)).toEqual([rule]);
  });

  it('says which line the event must have, and which event there is', () => {
    expect(zam('Z01', line('ACK_LECTURE_MSS'))).toEqual(['HL7-ZAM-LINES', 'HL7-ZAM-LINES']);
    expect(zam('Z09', line('ACK_RECEPTION_DMP'))).toContain('HL7-ZAM-LINES');
  });
});

describe('choices of the patient', () => {
  const PID =
    'PID|||42^^^LABO&1.2.250.1.999.1&ISO^PI||PAT-TROIS^DOMINIQUE^DOMINIQUE^^^^L||19790328|F||||||||||||||||||||||||PROV';
  const adt = HEADER('ADT^A31^ADT_A05', '2.5^FRA^2.11').replace(
    'UNICODE UTF-8',
    'UNICODE UTF-8|FR||2.11^IHE_FRANCE-2.11-PAM',
  );
  const said = (zfa: string) => rules(adt, 'EVN||20260105110000+0100', PID, zfa);

  it.each([
    'ZFA|ACTIF|20260101|||||||INO|20260105|IC|20260105',
    'ZFA|||||||||NA||NA',
    'ZFA|ACTIF',
    'ZFA|||||||||||INC|2026',
  ])('lets %s pass', (zfa) => {
    expect(said(zfa)).toEqual([]);
  });

  it.each([
    'ZFA|OUVERT',
    'ZFA|||||||||OUI|20260105',
    'ZFA|||||||||IO|',
    'ZFA|||||||||NA|20260105',
    'ZFA|||||||||||INC|hier',
  ])('HL7-ZFA: %s', (zfa) => {
    expect(said(zfa)).toEqual(['HL7-ZFA']);
  });
});
