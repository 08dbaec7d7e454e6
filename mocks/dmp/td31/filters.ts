import {
  classifications,
  codeOf,
  DOCUMENT_ENTRY,
  parseCx,
  type RegistryObject,
  slotValues,
  SUBMISSION_SET,
} from '#formats/ebrim/index.ts';
import type { RegistryEntry, StoredSet } from '../registry.ts';
import { STATUSES } from '../vocabulary.ts';
import { DOCUMENT_FILTERS, type FilterRule, valuesOf } from './parameters.ts';
import type { StoredQuery } from './query.ts';

const REFERENCES = 'urn:ihe:iti:xds:2013:referenceIdList';
const SCHEMES: Readonly<Record<string, string>> = DOCUMENT_ENTRY;

/** Whether an entry passes the status and every filter of a FindDocuments. */
export function passesDocument(query: StoredQuery, { entry, document }: RegistryEntry): boolean {
  return (
    valuesOf(query, '$XDSDocumentEntryStatus').includes(STATUSES[document.status]) &&
    [...DOCUMENT_FILTERS].every(([parameter, rule]) => {
      const slots = query.parameters.get(parameter) ?? [];
      // Several slots of one name are ANDed where the standard says so, together otherwise.
      const lists = rule.anded === true ? slots : [slots.flat()];
      return lists.every((values) => values.length === 0 || passes(rule, values, entry));
    })
  );
}

/** Whether an entry carries the references asked for: each slot must be met by one of its values. */
export function passesReferences(query: StoredQuery, { entry }: RegistryEntry): boolean {
  const held = slotValues(entry, REFERENCES).map(referenceOf);
  return (query.parameters.get('$XDSDocumentEntryReferenceIdList') ?? []).every((values) =>
    values.some((value) => {
      const wanted = referenceOf(value);
      return held.some(
        (one) =>
          one.id === wanted.id &&
          (wanted.authority === '' || one.authority === wanted.authority) &&
          (wanted.type === '' || one.type === wanted.type),
      );
    }),
  );
}

function referenceOf(value: string): { id: string; authority: string; type: string } {
  const { id, authority, identifierType } = parseCx(value);
  return { id, authority: authority.universalId, type: identifierType };
}

/** Whether a submission set passes every filter of a FindSubmissionSets. */
export function passesSet(query: StoredQuery, { set }: StoredSet): boolean {
  const time = slotValues(set, 'submissionTime')[0];
  const sources = valuesOf(query, '$XDSSubmissionSetSourceId');
  const authors = valuesOf(query, '$XDSSubmissionSetAuthorPerson');
  const types = valuesOf(query, '$XDSSubmissionSetContentType');
  const [from] = valuesOf(query, '$XDSSubmissionSetSubmissionTimeFrom');
  const [to] = valuesOf(query, '$XDSSubmissionSetSubmissionTimeTo');
  return (
    // A submission set is never anything else than approved.
    valuesOf(query, '$XDSSubmissionSetStatus').includes(STATUSES.Approved) &&
    (from === undefined || (time !== undefined && complete(time) >= complete(from))) &&
    (to === undefined || (time !== undefined && complete(time) < complete(to))) &&
    (sources.length === 0 ||
      set.externalIdentifiers.some(
        ({ scheme, value }) => scheme === SUBMISSION_SET.sourceId && sources.includes(value),
      )) &&
    (authors.length === 0 || hasAuthor(set, SUBMISSION_SET.author, authors)) &&
    (types.length === 0 || hasCode(set, SUBMISSION_SET.contentTypeCode, types))
  );
}

function passes({ kind, of }: FilterRule, values: readonly string[], entry: RegistryObject): boolean {
  switch (kind) {
    case 'code':
      return hasCode(entry, SCHEMES[of] ?? '', values);
    case 'author':
      return hasAuthor(entry, DOCUMENT_ENTRY.author, values);
    default: {
      const held = slotValues(entry, of)[0];
      const bound = complete(values[0] ?? '');
      // From is included, To is not (ITI TF-2a 3.18.4.1.2.3.7.1).
      return held !== undefined && (kind === 'from' ? complete(held) >= bound : complete(held) < bound);
    }
  }
}

function hasCode(object: RegistryObject, scheme: string, values: readonly string[]): boolean {
  const held = classifications(object, scheme).map(codeOf);
  return values.some((value) => {
    const [code, , system = ''] = value.split('^');
    return held.some((one) => one.code === code && (system === '' || one.system === system));
  });
}

function hasAuthor(object: RegistryObject, scheme: string, patterns: readonly string[]): boolean {
  const held = classifications(object, scheme).flatMap((author) => slotValues(author, 'authorPerson'));
  return patterns.some((pattern) => held.some((person) => isLike(person, pattern)));
}

/**
 * LIKE of SQL-92: `%` any characters, `_` one. Without wildcard, the value or its identifier must be equal.
 * Written without regular expression: a hostile pattern costs at most the product of the lengths.
 */
export function isLike(value: string, pattern: string): boolean {
  if (!/[%_]/.test(pattern)) return value === pattern || value.split('^')[0] === pattern;
  let at = 0;
  let from = 0;
  let star = -1;
  let mark = 0;
  while (at < value.length) {
    if (pattern[from] === '%') {
      star = from;
      from += 1;
      mark = at;
    } else if (from < pattern.length && (pattern[from] === '_' || pattern[from] === value[at])) {
      at += 1;
      from += 1;
    } else if (star !== -1) {
      from = star + 1;
      mark += 1;
      at = mark;
    } else return false;
  }
  while (pattern[from] === '%') from += 1;
  return from === pattern.length;
}

/** Times may be short: the missing right part counts as the beginning of the period. */
function complete(time: string): string {
  return time + '00000101000000'.slice(time.length);
}
