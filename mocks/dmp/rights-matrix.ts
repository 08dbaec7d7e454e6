import type { Vihf } from './vihf/read.ts';
import official from './rights-matrix.json' with { type: 'json' };

/**
 * Who a row is about: any profession of the list (`professionnel`), one of them (`G15_10`), a user without a profession
 * (`structure`), the patient or who speaks for them (`patient`).
 */
export type Selector = string;

/** `own`: documents of the caller's structure only. */
export type ReadingRight = 'all' | 'own' | 'none';

export interface TransactionRight {
  readonly transaction: string;
  readonly who: readonly Selector[];
  /** Access modes (purposeofuse) that open it; absent: any. */
  readonly purposes?: readonly string[];
  /** Authentication modes that it is made for; another is accepted and noted. Absent: any. */
  readonly expectedModes?: readonly string[];
  readonly confirmed: boolean;
}

export interface DocumentRight {
  readonly who: readonly Selector[];
  /** typeCodes; `*` is any. */
  readonly types: readonly string[];
  readonly read: string;
  readonly write: boolean;
  readonly confirmed: boolean;
}

/** The rights matrix of the DMP, as data. Source: `rights-matrix.json`. */
export interface RightsMatrix {
  readonly professionSystem: string;
  readonly otherSystem: string;
  /** G15 codes and their labels. */
  readonly professions: Readonly<Record<string, string>>;
  /** Roles of the other system that stand for the patient. */
  readonly patientRoles: readonly string[];
  /** Access modes that need no authorisation of the patient, unless opposed to. */
  readonly urgentPurposes: readonly string[];
  readonly transactions: readonly TransactionRight[];
  /** The first row that speaks of the caller and of the type holds. */
  readonly documents: readonly DocumentRight[];
  /** What a professional whom the patient did not authorise may still read. */
  readonly withoutAuthorisation: { readonly read: string; readonly confirmed: boolean };
}

export const RIGHTS: RightsMatrix = official;

/** What a caller is for the matrix, most precise first; empty: nobody that the matrix knows. */
export function selectorsOf({ roles }: Pick<Vihf, 'roles'>, matrix: RightsMatrix): readonly Selector[] {
  const [role] = roles;
  if (role?.system === matrix.professionSystem) {
    return Object.hasOwn(matrix.professions, role.code) ? [`G15_${role.code}`, 'professionnel'] : [];
  }
  if (role?.system !== matrix.otherSystem) return [];
  return [matrix.patientRoles.includes(role.code) ? 'patient' : 'structure'];
}

export type TransactionJudgement =
  | { readonly ok: true; readonly warning?: string }
  | { readonly ok: false; readonly text: string };

/**
 * Whether the matrix opens a transaction to the caller.
 * @returns a French sentence when it does not, or when it does in a mode that it is not made for
 * Source: protocols.md §2.2, §2.10 step 11.
 */
export function judgeTransaction(
  vihf: Pick<Vihf, 'roles' | 'mode' | 'purpose'>,
  transaction: string,
  matrix: RightsMatrix,
): TransactionJudgement {
  const selectors = selectorsOf(vihf, matrix);
  const [role] = vihf.roles;
  if (selectors.length === 0) {
    return { ok: false, text: `Droits insuffisants : le rôle « ${(role?.code ?? '').slice(0, 40)} » n'est pas admis.` };
  }
  const rows = matrix.transactions.filter(
    (row) => row.transaction === transaction && row.who.some((one) => selectors.includes(one)),
  );
  if (rows.length === 0) {
    return { ok: false, text: `Droits insuffisants : ${transaction} n'est pas ouverte à ${shown(selectors, role)}.` };
  }
  const row = rows.find(({ purposes }) => purposes?.includes(vihf.purpose) ?? true);
  if (!row) {
    const modes = [...new Set(rows.flatMap(({ purposes }) => purposes ?? []))].join(', ');
    return { ok: false, text: `Droits insuffisants : ${transaction} demande le mode d'accès ${modes}.` };
  }
  if (row.expectedModes?.includes(vihf.mode) ?? true) return { ok: true };
  const expected = row.expectedModes?.join(' ou ') ?? '';
  return { ok: true, warning: `${transaction} en mode ${vihf.mode} : ${expected} est attendu pour consulter` };
}

function shown(selectors: readonly Selector[], role: { readonly code: string } | undefined): string {
  if (selectors.includes('patient')) return 'ce rôle de patient';
  return selectors.includes('structure')
    ? 'une structure sans professionnel identifié'
    : `la profession ${role?.code ?? ''}`;
}

/** What the caller may do with documents of a type; nothing when no row speaks of it. */
export function documentRight(
  vihf: Pick<Vihf, 'roles'>,
  typeCode: string,
  matrix: RightsMatrix,
): { readonly read: ReadingRight; readonly write: boolean } {
  const selectors = selectorsOf(vihf, matrix);
  const row = matrix.documents.find(
    ({ who, types }) => who.some((one) => selectors.includes(one)) && (types.includes('*') || types.includes(typeCode)),
  );
  return { read: readingRight(row?.read), write: row?.write ?? false };
}

/** What a professional reads without an authorisation of the patient. */
export function readingWithoutAuthorisation(matrix: RightsMatrix): ReadingRight {
  return readingRight(matrix.withoutAuthorisation.read);
}

function readingRight(value: string | undefined): ReadingRight {
  return value === 'all' || value === 'own' ? value : 'none';
}
