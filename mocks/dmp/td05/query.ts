import { at, children, type XmlElement } from '#formats/xml/index.ts';
import { attributeOf, headerReason, idOf } from '../td02-message.ts';

/** What TD0.5 asks: traits, all as written; empty when the criterion is absent. */
export interface PatientQuery {
  readonly id: { readonly root: string; readonly extension: string };
  readonly queryId: { readonly root: string; readonly extension: string };
  readonly sender: { readonly root: string; readonly software: string };
  readonly family: string;
  readonly given: string;
  /** `yyyyMMdd`, or a beginning of it. */
  readonly birthTime: string;
  readonly sex: string;
}

export type PatientQueryReading =
  | { readonly ok: true; readonly query: PatientQuery }
  | { readonly ok: false; readonly reason: string };

/** Criteria of the standard that the DMP reads, with the `semanticsText` that goes with each. */
const CRITERIA = ['livingSubjectName', 'livingSubjectBirthTime', 'livingSubjectAdministrativeGender'] as const;

/**
 * Reads `PRPA_IN201305UV02`.
 * @returns the criteria, or a French reason when the message cannot be read as that query
 * Source: protocols.md §2.3 (PDQ), IHE PDQv3 ITI-47.
 */
export function readPatientQuery(message: XmlElement): PatientQueryReading {
  const header = headerReason(message);
  if (header !== undefined) return { ok: false, reason: header };
  const act = at(message, 'controlActProcess');
  if (attributeOf(act && at(act, 'code'), 'code') !== 'PRPA_TE201305UV02') {
    return { ok: false, reason: 'code PRPA_TE201305UV02 absent de controlActProcess' };
  }
  const query = act && at(act, 'queryByParameter');
  const list = query && at(query, 'parameterList');
  if (!query || !list) return { ok: false, reason: 'parameterList absent de la requête' };
  const queryId = idOf(at(query, 'queryId'));
  if (queryId.root === '') return { ok: false, reason: 'queryId absent de la requête' };
  const known: ReadonlySet<string> = new Set(CRITERIA);
  const other = list.children.find((node) => node.kind === 'element' && !known.has(node.name.local));
  if (other?.kind === 'element') return { ok: false, reason: `critère ${other.name.local.slice(0, 60)} non admis` };
  for (const name of CRITERIA) {
    const found = children(list, name);
    if (found.length > 1) return { ok: false, reason: `critère ${name} présent plusieurs fois` };
    if (found[0] && (at(found[0], 'semanticsText')?.text.trim() ?? '') === '') {
      return { ok: false, reason: `semanticsText absent de ${name}` };
    }
  }
  const value = (name: (typeof CRITERIA)[number]): XmlElement | undefined => at(list, name, 'value');
  const name = value('livingSubjectName');
  const device = at(message, 'sender', 'device');
  return {
    ok: true,
    query: {
      id: idOf(at(message, 'id')),
      queryId,
      sender: {
        root: attributeOf(device && at(device, 'id'), 'root'),
        software: (device && at(device, 'softwareName'))?.text.trim() ?? '',
      },
      family: (name && at(name, 'family'))?.text.trim() ?? '',
      given: (name && at(name, 'given'))?.text.trim() ?? '',
      birthTime: attributeOf(value('livingSubjectBirthTime'), 'value'),
      sex: attributeOf(value('livingSubjectAdministrativeGender'), 'code'),
    },
  };
}
