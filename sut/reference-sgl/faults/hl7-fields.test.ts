import { expect, it } from 'vitest';
import table from './hl7-fields.json' with { type: 'json' };
import { spoilHl7 } from './index.ts';

const INS = '279035121518989^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS';
const PI = 'IPP1^^^&1.2.250.1.999.1.1.5&ISO^PI';
const PID = `PID|||${PI}~${INS}||PAT-TROIS^DOMINIQUE^DOMINIQUE^^^^L~AUTRE^DOMINIQUE^^^^^D||19790328|F|||^^^^^^BDL^^51215|||||||||||||||||||||VALI|20260105`;
const HEAD = String.raw`MSH|^~\&|SGL|LABO|DPI|HOPITAL|20260105100000+0100||ADT^A31^ADT_A05|ID1|P|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR||2.11^IHE_FRANCE-2.11-PAM`;
const A31 = `${HEAD}\rEVN||20260105100000+0100\r${PID}\rPV1|1|N\r`;
const A47 = `${HEAD}\rEVN||20260105100000+0100\r${PID.replace(`~${INS}`, '')}\rMRG|${INS}\r`;

const DOCUMENTS = (['ORU', 'RO', 'MDM'] as const).map((kind) =>
  [
    HEAD,
    PID,
    'PV1|1|N',
    `ORC|${kind === 'RO' ? 'RO' : 'NW'}||X`,
    'OBR|1||X|11502-2^CR^LN',
    ...(kind === 'MDM' ? ['TXA|1|11502-2^CR^LN||20260105||||||||1.2.3|||||LA|||||899^BLUE'] : []),
    `OBX|1|ED|11502-2^CR^LN||^TEXT^XML^Base64^${'QUFB'.repeat(20)}||||||F`,
    ...['MASQUE_PS', 'INVISIBLE_PATIENT', 'INVISIBLE_REP_LEGAUX', 'CONNEXION_SECRETE', 'DESTDMP', 'DESTMSSANTEPAT'].map(
      (code, index) =>
        `OBX|${index + 2}|CE|${code}^x^MetaDMPMSS||${code === 'DESTMSSANTEPAT' ? 'N' : 'Y'}^^expandedYes-NoIndicator||||||F`,
    ),
    'PRT||UC||SB^^participation|899^BLUE^EVA^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS|||LABO',
    'PRT||UC||RCT^^participation|||||||||||^^X.400^lena@medecin.test',
    'PRT||UC||RCT^^participation|||||||||||^^X.400^279035121518989@patient.mssante.fr',
    '',
  ].join('\r'),
);

const RESULTS = [
  HEAD,
  PID,
  'ORC|NW||X',
  'OBR|1||X|11502-2^CR^LN|||20260105|||||||||||||||20260105|||F',
  'OBX|1|NM|2345-7^Glucose^LN||0.92|g/L||||F',
  'OBX|2|NM|718-7^Hémoglobine^LN||13.4|g/dL|||||F',
  '',
].join('\r');

it('leaves a message alone without its faults', () => {
  expect(spoilHl7(A31, new Set())).toBe(A31);
  expect(spoilHl7(A31, new Set(['insi-soap-11']))).toBe(A31);
});

it.each(Object.keys(table.faults))('%s changes a message', (name) => {
  const messages = name.startsWith('hl7-a47') ? [A47] : [A31, ...DOCUMENTS, RESULTS];
  expect(messages.some((message) => spoilHl7(message, new Set([name])) !== message)).toBe(true);
});

it('spoils a document where it says, and leaves the rest', () => {
  const [oru = '', replacement = '', mdm = ''] = DOCUMENTS;
  const spoilt = (name: string, message = oru) => spoilHl7(message, new Set([name]));
  expect(spoilt('hl7-document-tronque').length).toBe(oru.length - 41);
  expect(spoilt('hl7-remplacement-nouveau', replacement)).toContain('\rORC|NW');
  expect(spoilt('hl7-mdm-deux-documents', mdm).match(/OBX\|1\|ED/g)).toHaveLength(2);
  expect(spoilt('hl7-mdm-deux-documents')).toBe(oru);
  expect(spoilt('hl7-pid-autre-date')).toContain('|19000102|F|');
  expect(spoilt('hl7-pid-autre-date', A31)).toBe(A31);
  expect(spoilt('hl7-type-de-document-autre')).toContain('\rOBR|1||X|34133-9^CR');
  expect(spoilt('hl7-mdm-autre-identifiant', mdm)).toContain('||1.2.250.1.999.9|');
  expect(spoilt('hl7-adresse-patient-autre')).toContain('^X279035121518989@patient');
  expect(spoilt('hl7-destinataire-de-trop').match(/RCT/g)).toHaveLength(3);
  expect(spoilt('hl7-professionnel-oublie').match(/RCT/g)).toHaveLength(1);
});

it('counts the fields of MSH from its separator', () => {
  expect(spoilHl7(A31, new Set(['hl7-sans-pays']))).toBe(A31.replace('|FRA|UNI', '||UNI'));
  expect(spoilHl7(A31, new Set(['hl7-sans-lieu-de-naissance']))).toBe(A31.replace('^^^^^^BDL^^51215', ''));
});

it('puts back in PID-3 the number that an A47 takes away', () => {
  expect(spoilHl7(A47, new Set(['hl7-a47-garde-ins']))).toContain(`PID|||${PI}~${INS}||`);
});
