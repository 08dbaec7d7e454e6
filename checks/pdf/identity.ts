import type { CdaDocument } from '#formats/cda/index.ts';

/** What the pages must say of the patient. */
export interface PrintedIdentity {
  /** Whether the product says so: only then may the INS be printed, and must it be (rules 28 and 32). */
  readonly qualified: boolean;
  readonly ins?: string;
  readonly oid?: string;
  readonly birthName?: string;
  readonly firstNames?: readonly string[];
  readonly sex?: string;
  /** `AAAA-MM-JJ`. */
  readonly birthDate?: string;
  /** Code of the COG. */
  readonly birthPlace?: string;
}

/** The identity that a CDA says: qualified when it carries an INS, since none may be sent otherwise (rule 28). */
export function identityOfCda({ patient }: CdaDocument): PrintedIdentity {
  const { ins, birthName, firstNames, firstFirstName, sex, birthDate, birthPlace } = patient;
  const first = firstFirstName ?? firstNames?.split(' ')[0];
  // A first given name may be made of several words; those that follow it are not told apart.
  const rest =
    first !== undefined && firstNames?.startsWith(`${first} `) ? firstNames.slice(first.length).trim() : undefined;
  const given = first === undefined ? undefined : [first, ...(rest?.split(/\s+/) ?? [])];
  const date = /^(\d{4})(\d{2})(\d{2})/.exec(birthDate ?? '');
  return {
    qualified: ins !== undefined,
    ...(ins === undefined ? {} : { ins: ins.extension ?? '', oid: ins.root }),
    ...(birthName === undefined ? {} : { birthName }),
    ...(given === undefined ? {} : { firstNames: given }),
    ...(sex === undefined ? {} : { sex }),
    ...(date ? { birthDate: date.slice(1).join('-') } : {}),
    ...(birthPlace === undefined ? {} : { birthPlace }),
  };
}
