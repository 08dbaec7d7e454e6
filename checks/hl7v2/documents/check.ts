import type { Finding, Rule } from '#dsr/verdict/index.ts';
import { placeOf, type Hl7Message } from '#formats/hl7v2/index.ts';
import { checkCdaFile } from '../../cda/index.ts';
import { applyRules } from '../../rule/index.ts';
import { CONTENT_RULES } from './content-rules.ts';
import { META_RULES } from './meta-rules.ts';
import { PARTICIPATION_RULES } from './participation-rules.ts';
import { STRUCTURE_RULES } from './structure-rules.ts';
import { subjectOf } from './subject.ts';
import type { DocumentOptions, DocumentRule } from './types.ts';

const ALL: readonly DocumentRule[] = [...STRUCTURE_RULES, ...CONTENT_RULES, ...META_RULES, ...PARTICIPATION_RULES];

/** Rules on one message that carries documents; those of the CDA inside are of `checks/cda`. */
export const DOCUMENT_RULES: readonly Rule[] = ALL;

/**
 * Judges a message that carries documents (ORU, OUL, MDM): its structure, what it says of them, who sends and receives
 * them, and each CDA that it carries, by the rules of `checks/cda`, whose findings name the OBX.
 * Source: protocols.md §7.1 to §7.4, §7.7. The header and the PID are judged elsewhere.
 */
export function checkDocuments(message: Hl7Message, options: DocumentOptions = {}): readonly Finding[] {
  const subject = subjectOf(message, options);
  const without = options.without ?? [];
  const carried = subject.documents.flatMap(({ segment, bytes, cda }) =>
    // One that cannot be read has already been told.
    bytes === undefined || cda === undefined
      ? []
      : checkCdaFile(bytes, { ...options.cda, without: [...(options.cda?.without ?? []), ...without] }).map(
          (finding) => ({
            ...finding,
            where: `CDA de ${placeOf(segment)}, ${finding.where}`,
          }),
        ),
  );
  return [...applyRules(ALL, subject, { without }), ...carried];
}
