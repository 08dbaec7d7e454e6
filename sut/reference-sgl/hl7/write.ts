import { shareableIns } from '../identity/index.ts';
import type { Ins, Patient, Professional, Result } from '../model/index.ts';
import { components, escapeText, writeMessage, writeSegment } from './message.ts';

/** Who speaks to whom. */
export interface Parties {
  application: string;
  facility: string;
  partnerApplication: string;
  partnerFacility: string;
  /** OID of our identification domain. */
  domain: string;
}

export interface Envelope extends Parties {
  controlId: string;
  at: Date;
}

/** Ways in which a message can be made wrong on purpose. */
export interface WriteFaults {
  /** The INS leaves whatever the status. */
  sendsAnyIns: boolean;
  omitsReliability: boolean;
  wrongKey: boolean;
  wrongVersion: boolean;
}

export type SentEvent = 'A28' | 'A31' | 'A47';

const STRUCTURE: Readonly<Record<SentEvent, string>> = { A28: 'ADT_A05', A31: 'ADT_A05', A47: 'ADT_A30' };
const PAM = '2.11';

/**
 * An identity message of PAM France. The INS is in PID-3 only when the identity is qualified (rule 28), with PID-32
 * VALI; an INS that must go is in MRG-1 of an A47.
 *
 * Source: protocols.md §7.2 (PID) and §7.6 (MSH-12, MSH-19, MSH-21).
 *
 * @param removed the INS that an A47 takes away
 */
export function writeAdt(
  event: SentEvent,
  patient: Patient,
  removed: Ins | undefined,
  envelope: Envelope,
  faults: WriteFaults,
): string {
  return writeMessage([
    writeHeader(`ADT^${event}^${STRUCTURE[event]}`, envelope, {
      12: faults.wrongVersion ? '2.3' : `2.5^FRA^${PAM}`,
      19: 'FR',
      21: `${PAM}^IHE_FRANCE-${PAM}-PAM`,
    }),
    writeSegment('EVN', { 2: timestamp(envelope.at) }),
    writePid(patient, envelope, faults),
    ...(removed ? [writeSegment('MRG', { 1: insIdentifier(removed, faults) })] : []),
    // The structure of A28 and A31 wants a visit, even where there is none.
    ...(event === 'A47' ? [] : [writeSegment('PV1', { 1: '1', 2: 'N' })]),
  ]);
}

/** What an ORU carries. */
export interface ReportToSend {
  number: string;
  title: string;
  results: readonly Result[];
  sampledAt: Date;
  biologist: Professional;
}

/** Results of a patient, as structured observations; the INS in PID-3 only when the identity is qualified. */
export function writeOru(patient: Patient, report: ReportToSend, envelope: Envelope, faults: WriteFaults): string {
  const { number, title, results, sampledAt, biologist } = report;
  const requester = components(biologist.nationalId, biologist.lastName, biologist.firstName);
  return writeMessage([
    writeHeader('ORU^R01^ORU_R01', envelope, { 12: faults.wrongVersion ? '2.3' : '2.5' }),
    writePid(patient, envelope, faults),
    writeSegment('PV1', { 1: '1', 2: 'N' }),
    writeSegment('ORC', { 1: 'NW', 3: escapeText(number) }),
    writeSegment('OBR', {
      1: '1',
      3: escapeText(number),
      4: components('11502-2', title, 'LN'),
      7: timestamp(sampledAt),
      22: timestamp(envelope.at),
      // O: the order is here, no result yet.
      25: results.length > 0 ? 'F' : 'O',
      32: requester,
    }),
    ...results.map(({ loinc, label, value, unit, low, high }, index) =>
      writeSegment('OBX', {
        1: String(index + 1),
        2: 'NM',
        3: components(loinc, label, 'LN'),
        5: String(value),
        6: components(unit, unit, 'UCUM'),
        7: low === undefined && high === undefined ? '' : `${low ?? ''}-${high ?? ''}`,
        11: 'F',
        14: timestamp(sampledAt),
      }),
    ),
  ]);
}

export function writeHeader(type: string, envelope: Envelope, more: Readonly<Record<number, string>>): string {
  return writeSegment('MSH', {
    3: escapeText(envelope.application),
    4: escapeText(envelope.facility),
    5: escapeText(envelope.partnerApplication),
    6: escapeText(envelope.partnerFacility),
    7: timestamp(envelope.at),
    9: type,
    10: escapeText(envelope.controlId),
    11: 'P',
    17: 'FRA',
    18: 'UNICODE UTF-8',
    ...more,
  });
}

export function writePid(patient: Patient, envelope: Envelope, faults: WriteFaults): string {
  const { traits, status } = patient;
  const ins = faults.sendsAnyIns ? patient.ins : shareableIns(patient);
  const [first = '', ...others] = traits.firstNames;
  const used = traits.usedName !== undefined || traits.usedFirstName !== undefined;
  const birthName = components(traits.birthName, first, [first, ...others].join(' '), '', '', '', 'L');
  const usedName = components(traits.usedName ?? traits.birthName, traits.usedFirstName ?? first, '', '', '', '', 'D');
  return writeSegment('PID', {
    3: [localIdentifier(patient.localId, envelope), ...(ins ? [insIdentifier(ins, faults)] : [])].join('~'),
    5: [birthName, ...(used ? [usedName] : [])].join('~'),
    7: traits.birthDate.replaceAll('-', ''),
    8: traits.sex,
    11: traits.birthPlace === undefined ? '' : components('', '', '', '', '', '', 'BDL', '', traits.birthPlace),
    ...(faults.omitsReliability ? {} : { 32: RELIABILITY[status], 33: timestamp(envelope.at) }),
  });
}

/** PID-32: VALI for an identity checked against a document; with the INS beside it, it is qualified. */
const RELIABILITY: Readonly<Record<Patient['status'], string>> = {
  provisoire: 'PROV',
  recuperee: 'RECUP',
  validee: 'VALI',
  qualifiee: 'VALI',
};

function localIdentifier(localId: string, { facility, domain }: Envelope): string {
  // HD-1 holds 20 characters.
  return `${escapeText(localId)}^^^${escapeText(facility.slice(0, 20).trim())}&${escapeText(domain)}&ISO^PI`;
}

/** Names of the authorities that number INS, by OID. Source: protocols.md §7.2. */
const AUTHORITY: Readonly<Record<string, string>> = {
  '1.2.250.1.213.1.4.8': 'ASIP-SANTE-INS-NIR',
  '1.2.250.1.213.1.4.10': 'ASIP-SANTE-INS-NIR',
  '1.2.250.1.213.1.4.9': 'ASIP-SANTE-INS-NIA',
  '1.2.250.1.213.1.4.11': 'ASIP-SANTE-INS-NIA',
};

function insIdentifier({ matricule, oid }: Ins, faults: WriteFaults): string {
  const key = Number(matricule.slice(13));
  const written = faults.wrongKey ? matricule.slice(0, 13) + String((key % 97) + 1).padStart(2, '0') : matricule;
  return `${escapeText(written)}^^^${AUTHORITY[oid] ?? ''}&${escapeText(oid)}&ISO^INS`;
}

/** Local time of the laboratory with its offset. */
export function timestamp(at: Date): string {
  const parts = new Map(PARIS.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? '';
  const offset = part('timeZoneName').replace('GMT', '').replace(':', '') || '+0000';
  return `${part('year')}${part('month')}${part('day')}${part('hour')}${part('minute')}${part('second')}${offset}`;
}

const PARIS = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Paris',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'longOffset',
});

/** Whether a message that we wrote carries an INS. */
export function carriesIns(text: string): boolean {
  return /&ISO\^INS(~|\||\r|$)/.test(text);
}
