import {
  classification,
  classifications,
  codeOf,
  DOCUMENT_ENTRY,
  externalIdentifier,
  parseCx,
  parseXon,
  type RegistryPackage,
  slotValues,
  SUBMISSION_SET,
} from '#formats/ebrim/index.ts';
import type { RegistryProblem } from '../types.ts';
import type { Vihf } from '../vihf/read.ts';
import { ASSOCIATIONS } from '../vocabulary.ts';
import type { CodeRules } from './code-sets.ts';
import { insFault, oidFault, specialtyFault, timeFault, xcnFault, xonFault } from './fields.ts';
import rules from './metadata.json' with { type: 'json' };
import type { Submission } from './submission.ts';

const METADATA = 'XDSRegistryMetadataError';

/**
 * The submission set and its associations: complete, well written, about the patient of the VIHF, written by its
 * structure. Source: protocols.md §2.5 (submission set), annex B.2 steps 3 and 4.
 */
export function judgeLot(submission: Submission, vihf: Vihf, codes: CodeRules): readonly RegistryProblem[] {
  const { set, documents } = submission;
  if (!set) return [{ code: METADATA, context: 'Aucun lot de soumission (RegistryPackage classé)', location: '' }];
  const problems = [...judgeSet(set, vihf, codes), ...judgeMembers(submission, set)];
  if (documents.filter(({ isSignature }) => !isSignature).length === 0) {
    problems.push({ code: METADATA, context: 'Le lot ne contient aucun document', location: set.id });
  }
  return problems;
}

/** The submission set of a feeding or of an update of metadata. */
export function judgeSet(set: RegistryPackage, vihf: Vihf, codes: CodeRules): RegistryProblem[] {
  const problems: RegistryProblem[] = [];
  const blame = (context: string | undefined): void => {
    if (context !== undefined) problems.push({ code: METADATA, context, location: set.id });
  };
  const required = (name: string, value: string | undefined, fault: (value: string) => string | undefined): void => {
    const reason = value === undefined || value === '' ? 'absent' : fault(value);
    if (reason !== undefined) blame(`${name} : ${reason}`);
  };
  required('submissionTime', slotValues(set, 'submissionTime')[0], (value) => timeFault(value));
  required('sourceId', externalIdentifier(set, SUBMISSION_SET.sourceId)?.value, oidFault);
  required('uniqueId', externalIdentifier(set, SUBMISSION_SET.uniqueId)?.value, oidFault);
  required('patientId', externalIdentifier(set, SUBMISSION_SET.patientId)?.value, insFault);
  const contentType = classification(set, SUBMISSION_SET.contentTypeCode);
  if (contentType) judgeContentType(codeOf(contentType), codes, blame);
  else blame('contentTypeCode : absent');
  const authors = classifications(set, SUBMISSION_SET.author);
  const [author] = authors;
  if (!author || authors.length > 1) {
    blame(`author : un seul auteur attendu, ${authors.length} reçus`);
    return problems;
  }
  required('authorPerson', slotValues(author, 'authorPerson')[0], xcnFault);
  required('authorInstitution', slotValues(author, 'authorInstitution')[0], xonFault);
  for (const specialty of slotValues(author, 'authorSpecialty')) blame(specialtyFault(specialty));
  const structures = slotValues(author, 'authorInstitution').map((value) => parseXon(value).id);
  if (structures.length > 0 && !structures.includes(vihf.structure)) {
    blame("Aucun AuthorInstitution ne correspond à l'utilisateur du VIHF");
  }
  return problems;
}

function judgeContentType(
  { code, system }: ReturnType<typeof codeOf>,
  codes: CodeRules,
  blame: (context: string | undefined) => void,
): void {
  const known = codes.systems('contentTypeCode') ?? [rules.contentTypeSystem];
  if (code === '' || system === '' || (known.length > 0 && !known.includes(system)))
    blame(`contentTypeCode : code ou système faux (${code}, ${system})`);
  blame(codes.fault('contentTypeCode', code, system));
}

/** Each entry is a member of the lot, once; no association of a kind that feeding does not know. */
function judgeMembers({ associations, documents }: Submission, set: RegistryPackage): RegistryProblem[] {
  const members = associations.filter(({ associationType }) => associationType === ASSOCIATIONS.hasMember);
  const problems: RegistryProblem[] = documents
    .filter(({ entry }) => !members.some((one) => one.sourceObject === set.id && one.targetObject === entry.id))
    .map(({ entry }) => ({
      code: METADATA,
      context: `Aucune association HasMember du lot vers ${entry.id}`,
      location: entry.id,
    }));
  for (const member of members) {
    const known = documents.some(({ entry }) => entry.id === member.targetObject);
    if (!known || slotValues(member, 'SubmissionSetStatus')[0] !== 'Original') {
      const context = known
        ? 'HasMember sans SubmissionSetStatus=Original'
        : `HasMember vers ${member.targetObject ?? ''}, absent du lot`;
      problems.push({ code: METADATA, context, location: member.id });
    }
  }
  const known: ReadonlySet<string> = new Set([ASSOCIATIONS.hasMember, ASSOCIATIONS.signs, ASSOCIATIONS.replaces]);
  for (const { associationType, id } of associations) {
    if (!known.has(associationType ?? '')) {
      problems.push({ code: METADATA, context: `Association ${associationType ?? ''} non admise`, location: id });
    }
  }
  return problems;
}

/** The lot and the entries that name another patient than the VIHF does. Source: protocols.md §2.10, step 10. */
export function otherPatients(
  { set, documents }: Pick<Submission, 'set' | 'documents'>,
  vihf: Vihf,
): readonly RegistryProblem[] {
  const judge = (what: string, location: string, value: string | undefined): readonly RegistryProblem[] =>
    value === undefined || isPatient(value, vihf)
      ? []
      : [
          {
            code: 'XDSPatientIdDoesNotMatch',
            context: `patientId ${what} différent de l'INS du VIHF (resource-id)`,
            location,
          },
        ];
  return [
    ...(set ? judge('du lot', set.id, externalIdentifier(set, SUBMISSION_SET.patientId)?.value) : []),
    ...documents.flatMap(({ entry }) =>
      judge('du document', entry.id, externalIdentifier(entry, DOCUMENT_ENTRY.patientId)?.value),
    ),
  ];
}

/** Whether a CX names the patient of the VIHF, number and authority. */
function isPatient(cx: string, vihf: Vihf): boolean {
  const { id, authority } = parseCx(cx);
  return id === vihf.patient?.ins && authority.universalId === vihf.patient.oid;
}
