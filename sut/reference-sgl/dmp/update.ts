import { newOid, utcTime } from '../documents/index.ts';
import { hiddenFrom, NORMAL_CONFIDENTIALITY } from '../documents/index.ts';
import { spoilDmp } from '../faults/index.ts';
import type { Confidentiality } from '../model/index.ts';
import {
  association,
  type Classified,
  ENTRY,
  extrinsicObject,
  HAS_MEMBER,
  registryPackage,
  slot,
  specialty,
  SUBMISSION_SET,
  SUBMISSION_SET_ID,
  submitObjects,
  UPDATE_STATUS,
  xcn,
  xon,
} from '../xds/index.ts';
import { authority } from '../documents/index.ts';
import { readSubmissionAnswer, type Verdict } from './answers.ts';
import { attempt, callDmp, type DmpContext } from './call.ts';
import type { DmpEntry } from './entries.ts';

export const UPDATE_ACTION = 'urn:ihe:iti:2010:UpdateDocumentSet';

const STATUS = {
  Approved: 'urn:oasis:names:tc:ebxml-regrep:StatusType:Approved',
  Deprecated: 'urn:oasis:names:tc:ebxml-regrep:StatusType:Deprecated',
  Archived: 'urn:asip:ci-sis:2010:StatusType:Archived',
  Deleted: 'urn:asip:ci-sis:2010:StatusType:Deleted',
} as const;
export type EntryStatus = keyof typeof STATUS;

/** TD3.3c and TD3.3d: deletes, archives or takes back from the archives (ITI-57). Source: protocols.md §2.8. */
export function updateStatus(entry: DmpEntry, to: EntryStatus, context: DmpContext, at = new Date()): Promise<Verdict> {
  const { config, faults } = context;
  const by = faults.has('dmp-suppression-autre-structure')
    ? { ...context, config: { ...config, laboratory: { ...config.laboratory, id: ANOTHER_STRUCTURE } } }
    : context;
  return send(statusUpdate(entry, to, by, at), by);
}

/** A FINESS that no structure has. */
const ANOTHER_STRUCTURE = '10B0099999';

/** Body of TD3.3c and TD3.3d. */
export function statusUpdate(entry: DmpEntry, to: EntryStatus, context: DmpContext, at: Date): string {
  const { faults } = context;
  const status = faults.has('dmp-suppression-autre-etat') ? 'Archived' : (entry.status as EntryStatus);
  const target = faults.has('dmp-suppression-par-uniqueid') ? entry.uniqueId : entry.entryUuid;
  const change = association(
    'a1',
    UPDATE_STATUS,
    SUBMISSION_SET_ID,
    target,
    slot('OriginalStatus', STATUS[status] ?? STATUS.Approved),
    slot('NewStatus', STATUS[to]),
  );
  return body([submissionSet(context, at), change], context);
}

/**
 * TD3.3a and TD3.3b: the same metadata with other confidentiality codes, as the next version of the entry (ITI-57).
 * Everything else goes back as it came. Source: protocols.md §2.8.
 */
export function updateConfidentiality(
  entry: DmpEntry,
  wanted: Confidentiality,
  context: DmpContext,
  at = new Date(),
): Promise<Verdict> {
  return send(confidentialityUpdate(entry, wanted, context, at), context);
}

/** Body of TD3.3a and TD3.3b. */
export function confidentialityUpdate(entry: DmpEntry, wanted: Confidentiality, context: DmpContext, at: Date): string {
  const codes = [NORMAL_CONFIDENTIALITY, ...hiddenFrom(wanted)];
  const before = entry.classifications.findIndex(({ scheme }) => scheme === ENTRY.confidentialityCode);
  const others = entry.classifications.map(({ scheme, code, system, label, slots }): Classified =>
    scheme === ENTRY.author
      ? { scheme, slots: [...slots].map(([name, values]) => slot(name, ...values)) }
      : { scheme, value: { code, system, label } },
  );
  const kept = others.filter((one) => !('scheme' in one) || one.scheme !== ENTRY.confidentialityCode);
  const place = before === -1 ? kept.length : before;
  const object = extrinsicObject(entry.mimeType, {
    id: 'Document01',
    lid: entry.lid,
    slots: [...entry.slots].map(([name, values]) => slot(name, ...values)),
    title: entry.title,
    classifications: kept.toSpliced(
      place,
      0,
      ...codes.map((value): Classified => ({ scheme: ENTRY.confidentialityCode, value })),
    ),
    identifiers: entry.identifiers,
  });
  const member = association(
    'a1',
    HAS_MEMBER,
    SUBMISSION_SET_ID,
    'Document01',
    slot('SubmissionSetStatus', 'Original'),
    slot('PreviousVersion', entry.version),
  );
  return body([submissionSet(context, at), object, member], context);
}

function body(objects: readonly string[], { faults }: DmpContext): string {
  return spoilDmp('metadata', submitObjects(objects), faults);
}

function send(body: string, context: DmpContext): Promise<Verdict> {
  return attempt(async () =>
    readSubmissionAnswer(await callDmp({ service: 'registry', action: UPDATE_ACTION, body }, context), context.faults),
  );
}

/** A published test identity: nobody whom the laboratory takes in. */
const SOMEBODY_ELSE = '279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH';

function submissionSet({ author, patient, config, faults }: DmpContext, at: Date): string {
  const known = specialty(author);
  const of = faults.has('dmp-mise-a-jour-autre-patient') ? SOMEBODY_ELSE : patient;
  return registryPackage({
    id: SUBMISSION_SET_ID,
    slots: [slot('submissionTime', utcTime(at))],
    title: 'Mise à jour de document',
    classifications: [
      {
        scheme: SUBMISSION_SET.author,
        slots: [
          slot('authorPerson', xcn(author)),
          slot('authorInstitution', xon(config)),
          ...(known === undefined ? [] : [slot('authorSpecialty', known)]),
        ],
      },
      {
        scheme: SUBMISSION_SET.contentTypeCode,
        value: { code: '07', system: '1.2.250.1.213.2.2', label: 'Soins externes' },
      },
      { node: SUBMISSION_SET.node },
    ],
    identifiers: [
      [SUBMISSION_SET.patientId, 'XDSSubmissionSet.patientId', of],
      [SUBMISSION_SET.sourceId, 'XDSSubmissionSet.sourceId', authority(config.oidRoot, 'product')],
      [SUBMISSION_SET.uniqueId, 'XDSSubmissionSet.uniqueId', newOid(config.oidRoot, 'submissionSet')],
    ],
  });
}
