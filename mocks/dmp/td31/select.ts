import { parseCx } from '#formats/ebrim/index.ts';
import type { RegistryEntry, RegistryStore, StoredAssociation, StoredSet } from '../registry.ts';
import { maySee, type Reader } from '../rights.ts';
import type { DmpProfile } from '../settings.ts';
import type { RegistryProblem } from '../types.ts';
import type { Vihf } from '../vihf/read.ts';
import visibility from '../visibility.json' with { type: 'json' };
import { passesDocument, passesReferences, passesSet } from './filters.ts';
import { judgeParameters, type QueryName, queryName, valuesOf } from './parameters.ts';
import type { StoredQuery } from './query.ts';

/** What a query found; one of the three lists is filled. */
export interface Found {
  readonly entries: readonly RegistryEntry[];
  readonly sets: readonly StoredSet[];
  readonly associations: readonly StoredAssociation[];
}

export type Selection =
  | { readonly ok: true; readonly found: Found }
  | { readonly ok: false; readonly problem: RegistryProblem };

const NOTHING: Found = { entries: [], sets: [], associations: [] };

/**
 * What a stored query finds, as far as the caller may see it.
 * Source: protocols.md §2.6, rights of §2.2.
 */
export function select(query: StoredQuery, who: Omit<Reader, 'masked'>, profile: DmpProfile): Selection {
  const name = queryName(query);
  if (!name) return refuse('XDSUnknownStoredQuery', `Requête stockée ${query.id.slice(0, 100)} non servie`);
  if (query.returnType !== 'LeafClass' && query.returnType !== 'ObjectRef') {
    return refuse('XDSRegistryError', `returnType « ${query.returnType.slice(0, 100)} » non servi`);
  }
  const problem = judgeParameters(query, name, profile);
  if (problem) return { ok: false, problem };
  const found = find(query, name, who, profile);
  const count = found.entries.length + found.sets.length + found.associations.length;
  if (query.returnType === 'LeafClass' && count > profile.maxResults) {
    const context = `${count} objets trouvés, ${profile.maxResults} au plus : préciser les critères`;
    return refuse('XDSTooManyResults', context);
  }
  return { ok: true, found };
}

/** A search about another patient than that of the VIHF. Source: protocols.md §2.10, step 10. */
export function patientProblem(query: StoredQuery, vihf: Vihf): RegistryProblem | undefined {
  for (const parameter of ['$XDSDocumentEntryPatientId', '$XDSSubmissionSetPatientId']) {
    const [patientId] = valuesOf(query, parameter);
    if (patientId === undefined) continue;
    const { id, authority } = parseCx(patientId);
    if (id !== vihf.patient?.ins || authority.universalId !== vihf.patient.oid) {
      return {
        code: 'XDSPatientIdDoesNotMatch',
        context: `${parameter} : le patient cherché n'est pas celui du VIHF`,
        location: '',
      };
    }
  }
  return undefined;
}

function find(query: StoredQuery, name: QueryName, who: Omit<Reader, 'masked'>, profile: DmpProfile): Found {
  const { vihf, registry } = who;
  const asked = valuesOf(query, '$XDSDocumentEntryConfidentialityCode').map((value) => value.split('^')[0]);
  const reader: Reader = {
    ...who,
    masked: !profile.maskedOnlyWhenAsked || name === 'getDocuments' || asked.includes(visibility.maskedCode),
  };
  const ins = vihf.patient?.ins ?? '';
  const seen = registry.entries(ins).filter((entry) => maySee(entry, reader));
  // Former versions of metadata are shown to who asks for them (`$MetadataLevel` 2, IHE metadata update).
  const allVersions = valuesOf(query, '$MetadataLevel').includes('2');
  const current = seen.filter((entry) => allVersions || registry.isCurrent(entry));
  switch (name) {
    case 'findDocuments':
      return { ...NOTHING, entries: current.filter((entry) => passesDocument(query, entry)) };
    case 'findDocumentsByReferenceId':
      return {
        ...NOTHING,
        entries: current.filter((entry) => passesDocument(query, entry) && passesReferences(query, entry)),
      };
    case 'getDocuments': {
      const uuids = valuesOf(query, '$XDSDocumentEntryEntryUUID');
      const ids = valuesOf(query, '$XDSDocumentEntryUniqueId');
      const lids = valuesOf(query, '$XDSDocumentEntryLogicalID');
      // An entryUUID names one version of metadata, current or not.
      const entries = seen.filter(
        (entry) =>
          uuids.includes(entry.document.entryUUID) ||
          ((allVersions || registry.isCurrent(entry)) &&
            (ids.includes(entry.document.uniqueId) || lids.includes(entry.document.lid))),
      );
      return { ...NOTHING, entries };
    }
    case 'findSubmissionSets': {
      const members = shownMembers(ins, seen, registry);
      const sets = registry.sets(ins).filter((set) => members.has(set.uuid) && passesSet(query, set));
      return { ...NOTHING, sets };
    }
    case 'getAssociations': {
      const uuids = new Set(valuesOf(query, '$uuid'));
      const shown = new Set(seen.map(({ document }) => document.entryUUID));
      const sets = shownMembers(ins, seen, registry);
      const known = (uuid: string): boolean => shown.has(uuid) || sets.has(uuid);
      const associations = registry
        .associations(ins)
        .filter(({ source, target }) => (uuids.has(source) || uuids.has(target)) && known(source) && known(target));
      return { ...NOTHING, associations };
    }
  }
}

/** Submission sets of which the caller may see at least one document. */
function shownMembers(ins: string, seen: readonly RegistryEntry[], registry: RegistryStore): ReadonlySet<string> {
  const uuids = new Set(seen.map(({ document }) => document.entryUUID));
  return new Set(
    registry
      .associations(ins)
      .filter(({ target }) => uuids.has(target))
      .map(({ source }) => source),
  );
}

function refuse(code: string, context: string): Selection {
  return { ok: false, problem: { code, context, location: '' } };
}
