import { createHash } from 'node:crypto';
import type { TestPatient, TestProfessional } from '../../../population/types.ts';
import { OID, type DocumentKind } from './data.ts';

/** A document of a correspondent, before it is written. */
export interface IncomingDocument {
  readonly uniqueId: string;
  readonly setId: string;
  readonly version: number;
  /** Document that it takes the place of. */
  readonly replaces?: string;
  readonly kind: DocumentKind;
  readonly patient: TestPatient;
  readonly author: TestProfessional;
  /** Mailbox that the document is sent to. */
  readonly recipient: string;
  readonly at: Date;
  /** False: only the local identifier of the correspondent designates the patient. */
  readonly withIns: boolean;
  /** True: a CDA N3, with coded results; otherwise a CDA N1 around the PDF. */
  readonly structured: boolean;
}

/** A document written: its CDA, the PDF that the CDA holds, the name of each. */
export interface WrittenDocument extends IncomingDocument {
  readonly pdf: Uint8Array;
  readonly cda: Uint8Array;
  /** 8.3, in the archive. */
  readonly entryName: string;
  /** Of the PDF beside the archive (ECO.2.1.6). */
  readonly pdfName: string;
}

/**
 * OID of a document of a mail, always the same: a later mail that names the first by its Message-ID names its documents.
 * @param rank from 0
 */
export function documentOid(messageId: string, rank: number): string {
  const hex = createHash('sha256').update(`${messageId}/${rank}`).digest('hex').slice(0, 32);
  return `2.25.${BigInt(`0x${hex}`)}`;
}

/** `yyyyMMddHHmmss`, UTC. */
export function compactTime(at: Date): string {
  return at.toISOString().replaceAll(/\D/gu, '').slice(0, 14);
}

/** HL7 CX of the patient, as METADATA.XML writes it. */
export function patientCx({ patient, withIns }: Pick<IncomingDocument, 'patient' | 'withIns'>): string {
  return withIns ? `${patient.ins}^^^&${patient.oid}&ISO^NH` : `${localId(patient)}^^^&${OID.localPatient}&ISO^PI`;
}

export const localId = ({ key }: TestPatient): string => `COR-${key}`;

/** Names as ECO.2.1.3 wants them in a subject: no accents. */
export function unaccented(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .replaceAll('’', "'");
}

export function pdfNameOf({ kind, patient, at }: IncomingDocument, rank: number): string {
  const parts = [
    compactTime(at).slice(0, 8),
    unaccented(kind.type.label),
    unaccented(patient.birthName).toUpperCase(),
    unaccented(patient.firstNames[0] ?? ''),
    ...(rank === 0 ? [] : [String(rank + 1)]),
  ];
  return `${parts.map((part) => part.replaceAll(/[\\/:*?"<>|_]/gu, '-')).join('_')}.pdf`;
}
