import { makeN3, type CdaFixture } from '#formats/cda/cda.fixture.ts';

/** A conforming message that carries the CDA of a fictitious person, and ways to change one thing of it. */
export interface MessageFixture {
  readonly kind?: 'ORU' | 'OUL' | 'MDM';
  /** ORC-1, or the event of the MDM that goes with it. */
  readonly control?: 'NW' | 'RO' | 'CA';
  readonly cda?: string;
  readonly document?: CdaFixture;
  readonly metas?: Readonly<Record<string, string>>;
  /** Lines after the meta observations. */
  readonly participations?: readonly string[];
}

export const INS = '279035121518989';
export const ID = '1.2.250.1.999.1.3.1';
export const FORMER = '1.2.250.1.999.1.3.0';
export const MAILBOX = 'lena.med-test@medecin.mssante.test';
export const SENDER =
  'PRT||UC||SB^^participation|899900000011^BIO-TEST^EVA^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS|||LABORATOIRE DE TEST^^^^^^FINEG^^^10B0152872';
export const TO_DOCTOR = `PRT||UC||RCT^^participation|||||||||||^^X.400^${MAILBOX}`;
export const TO_PATIENT = `PRT||UC||RCT^^participation|||||||||||^^X.400^${INS}@patient.mssante.fr`;

/** Visible of everybody, for the DMP, the professional and the patient. */
export const METAS: Readonly<Record<string, string>> = {
  MASQUE_PS: 'N',
  INVISIBLE_PATIENT: 'N',
  INVISIBLE_REP_LEGAUX: 'N',
  CONNEXION_SECRETE: 'N',
  MODIF_CONF_CODE: 'N',
  DESTDMP: 'Y',
  DESTMSSANTEPS: 'Y',
  DESTMSSANTEPAT: 'Y',
  ACK_RECEPTION: 'N',
  ACK_LECTURE_MSS: 'N',
};

const EVENTS = { NW: 'T02', RO: 'T10', CA: 'T04' } as const;
const TYPES = { ORU: 'ORU^R01^ORU_R01', OUL: 'OUL^R22^OUL_R22' } as const;

export function makeMessage(options: MessageFixture = {}): string {
  const { kind = 'ORU', control = 'NW', metas = METAS, participations = [SENDER, TO_DOCTOR, TO_PATIENT] } = options;
  const replaces = control === 'RO' ? { replaces: FORMER, version: 2 } : {};
  const cda = options.cda ?? makeN3({ ...replaces, ...options.document });
  const mdm = kind === 'MDM';
  const type = mdm ? `MDM^${EVENTS[control]}^MDM_T02` : TYPES[kind];
  const meta = mdm ? 'CWE' : 'CE';
  const orc = `ORC|${control}||D1`;
  const obr = `OBR|1||D1|11502-2^CR d'examens biologiques^LN|||20260105083000+0100`;
  return [
    `MSH|^~\\&|SGL|LABO|PFI|CH|20260105110000+0100||${type}|M1|P|${mdm ? '2.6' : '2.5'}|||||FRA|UNICODE UTF-8|||2.1^CISIS_CDA_HL7_V2`,
    ...(mdm ? ['EVN||20260105110000+0100'] : []),
    `PID|||${INS}^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS~42^^^LABO&1.2.250.1.999.1&ISO^PI||PAT-TROIS^DOMINIQUE^DOMINIQUE MARIE-LOUISE^^^^L||19790328|F|||^^^^^^BDL^^51215|||||||||||||||||||||VALI`,
    'PV1|1|N',
    ...(kind === 'OUL' ? [obr, orc] : [orc, obr]),
    ...(mdm
      ? [
          `TXA|1|11502-2^CR d'examens biologiques^LN||20260105110000+0100||||||||${ID}|${control === 'RO' ? FORMER : ''}||||LA|||||899900000011^BIO-TEST^EVA`,
        ]
      : []),
    `OBX|1|ED|11502-2^CR d'examens biologiques^LN||^TEXT^XML^Base64^${Buffer.from(cda).toString('base64')}||||||F`,
    ...Object.entries(metas).map(
      ([code, value], index) =>
        `OBX|${index + 2}|${meta}|${code}^Libellé^MetaDMPMSS||${value}^^expandedYes-NoIndicator||||||F`,
    ),
    ...participations,
    '',
  ].join('\r');
}
