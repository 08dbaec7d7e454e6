import data from './operations.json' with { type: 'json' };
import type { FaultName } from './faults.ts';

export type OperationKind = 'traits' | 'vitale' | 'unit' | 'bulk';

export interface InsiOperation {
  readonly kind: OperationKind;
  /** Name of the operation as the field says it; also the operation of the exchange. */
  readonly name: string;
  /** Value of wsa:Action and of the `action` parameter of the content type. */
  readonly action: string;
  readonly element: string;
  readonly namespace: string;
  /** Technical failure of this operation. */
  readonly failure: FaultName;
  /** False: no public source gives these names. */
  readonly confirmed: boolean;
}

/** Names inside the messages of verification; the real ones are not public. */
export type VerificationNames = Readonly<Record<Exclude<keyof typeof data.verification, 'confirmed'>, string>> & {
  readonly confirmed: boolean;
};

export interface InsiVocabulary {
  readonly operations: readonly InsiOperation[];
  readonly verification: VerificationNames;
}

/** What a vendor who holds the real WSDL may give instead of the names of the bench; the journal keeps its own names. */
export interface VocabularyOverrides {
  readonly operations?: Partial<
    Record<OperationKind, Partial<Pick<InsiOperation, 'action' | 'element' | 'namespace'>>>
  >;
  readonly verification?: Partial<Omit<VerificationNames, 'confirmed'>>;
}

const KINDS: readonly OperationKind[] = ['traits', 'vitale', 'unit', 'bulk'];

function plain(kind: OperationKind): InsiOperation {
  const { failure, ...names } = data.operations[kind];
  return { kind, ...names, failure: failure as FaultName };
}

/** Both searches, whose names are public. */
export const TRAITS_SEARCH: InsiOperation = plain('traits');
export const VITALE_SEARCH: InsiOperation = plain('vitale');
/** Both verifications, whose names are not. */
export const UNIT_VERIFICATION: InsiOperation = plain('unit');
export const BULK_VERIFICATION: InsiOperation = plain('bulk');

/** The operations and names in use: those of the data file, or those given. What is given counts as confirmed. */
export function vocabularyOf(overrides: VocabularyOverrides = {}): InsiVocabulary {
  const operations = KINDS.map((kind): InsiOperation => {
    const given = overrides.operations?.[kind];
    return given === undefined ? plain(kind) : { ...plain(kind), ...given, confirmed: true };
  });
  const { verification } = overrides;
  return {
    operations,
    verification: verification ? { ...data.verification, ...verification, confirmed: true } : data.verification,
  };
}
