import { createHash, randomInt } from 'node:crypto';
import { SglError } from '../model/index.ts';

/** Longest OID that XDS takes (IHE ITI TF-3, 4.2.3.2.26). */
const MAX_OID = 64;

/** What the laboratory numbers under its root; one arc each, so that two kinds never meet. */
const ARCS = {
  document: 1,
  patient: 2,
  order: 3,
  submissionSet: 4,
  product: 5,
  message: 6,
  setId: 7,
  object: 8,
} as const;

export type Numbered = keyof typeof ARCS;

/** The authority OID of one kind of identifier, e.g. the authority of the local patient identifiers. */
export function authority(root: string, kind: Numbered): string {
  return `${root}.${ARCS[kind]}`;
}

/**
 * A new OID under the laboratory's root, never given twice: arc of the kind, milliseconds of the clock, random.
 * @throws {SglError} `OID_TROP_LONG` when the root is so long that the OID would pass 64 characters, which the DMP refuses
 */
export function newOid(root: string, kind: Numbered): string {
  return bounded(`${authority(root, kind)}.${Date.now()}.${randomInt(1, 1_000_000_000)}`);
}

/**
 * The setId of all versions of one document of a report. N3 and N1 are two documents: a consumer that finds the same
 * setId and the same version twice refuses the second (protocols §8.6), so each has its own.
 */
export function setIdOid(root: string, reportSetId: string, level: 1 | 3): string {
  const set = createHash('sha256').update(reportSetId).digest().readBigUInt64BE(0);
  return bounded(`${authority(root, 'setId')}.${set}.${level}`);
}

function bounded(oid: string): string {
  if (oid.length > MAX_OID) {
    throw new SglError(
      'OID_TROP_LONG',
      `L'identifiant de document ${oid} dépasse ${MAX_OID} caractères.`,
      'Raccourcissez la racine OID de la configuration (oidRoot).',
    );
  }
  return oid;
}
