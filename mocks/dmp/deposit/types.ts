import type { TestPatient, TestProfessional } from '../../population/types.ts';

/** A document that another actor of care put in the record before the product comes to read it. */
export interface Deposit {
  readonly patient: Pick<TestPatient, 'ins' | 'oid' | 'birthName' | 'firstNames' | 'sex' | 'birthDate'>;
  /** Who wrote it; the structure of this person put it there. */
  readonly author: TestProfessional;
  /** OID of the document; its lot is under `.1` of it. */
  readonly uniqueId: string;
  readonly title: string;
  readonly kind: DepositKind;
  readonly actAt: Date;
  readonly createdAt: Date;
  readonly submittedAt: Date;
  /** What its text says. */
  readonly text: string;
  /** Codes added to `N`. */
  readonly confidentiality?: readonly ('MASQUE_PS' | 'INVISIBLE_PATIENT' | 'INVISIBLE_REPRESENTANTS_LEGAUX')[];
}

/** Of `kinds.json`. */
export type DepositKind = 'biologie' | 'lettre-de-sortie' | 'imagerie' | 'prescription';
