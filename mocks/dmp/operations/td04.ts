import { slotValues } from '#formats/ebrim/index.ts';
import authorisations from '../authorisations.json' with { type: 'json' };
import type { AnyCall, OpenTransaction } from '../call.ts';
import { timestamp } from '../hl7-answer.ts';
import { malformedReply } from '../replies.ts';
import { ACTIONS, PATIENTS } from '../vocabulary.ts';
import { field, OK, operationReply, readOrRefuse, refusedStatus } from './operation.ts';

const NAME = { name: 'patientList', namespace: PATIENTS, answerAction: ACTIONS.patientListAnswer } as const;
const PARAMETERS = [
  { name: 'startDate', required: true },
  { name: 'dateType', required: true },
] as const;
const INSTANT = /^\d{14}$/;

/** Dates of one record, `yyyyMMddHHmmss` UTC; empty when there is none. */
interface RecordDates {
  readonly lastAddDate: string;
  readonly lastUpdateDate: string;
  readonly lastAccessDate: string;
  readonly authorisation: string;
}

/**
 * TD0.4: the records that the professional may read, touched since a date. No patient in the VIHF is needed.
 * Source: protocols.md §2.4; dateType values besides LASTDOC are inferred (`authorisations.json`).
 */
export const PATIENT_LIST: OpenTransaction = {
  name: 'TD0.4',
  service: 'patients',
  withoutPatient: true,
  action: ACTIONS.patientList,
  payload: { local: 'patientList', namespace: PATIENTS },
  answer(call) {
    const read = readOrRefuse(call, PARAMETERS);
    if ('reply' in read) return read.reply;
    const startDate = read.values.get('startDate') ?? '';
    const dateType = read.values.get('dateType') ?? '';
    const type = authorisations.dateTypes.find(({ code }) => code === dateType);
    if (!INSTANT.test(startDate)) return malformedReply(call, `startDate « ${startDate.slice(0, 40)} » : 14 chiffres`);
    if (!type) return malformedReply(call, `dateType « ${dateType.slice(0, 60)} » inconnu`);
    const refused = refusedStatus(call, false);
    const rows = refused ? [] : listed(call, startDate, type.date);
    const said = `répondu ${OK.code} : ${rows.length} DMP`;
    return operationReply(call, NAME, refused ?? OK, { rows, withContext: refused !== undefined, said });
  },
};

function listed({ state, vihf }: AnyCall, startDate: string, dateType: string): string[] {
  const { registry, population } = state;
  return registry.patientsOf(vihf.nameId).flatMap((ins) => {
    const patient = population.byIns(ins);
    if (!patient || registry.status(ins) !== 'actif') return [];
    const dates = datesOf(ins, vihf.nameId, state);
    const date = { ...dates }[dateType as keyof RecordDates];
    if (date === '' || date < startDate) return [];
    const identifier = `<p:patientIdentifier>${field('nationalId', ins)}${field('nationalIdType', patient.oid)}</p:patientIdentifier>`;
    return [
      `<p:patientlistData>${identifier}` +
        field('lastName', patient.birthName) +
        field('firstName', patient.firstNames[0] ?? '') +
        field('dateOfBirth', patient.birthDate.replaceAll('-', '')) +
        field('MT', String(registry.treatingDoctor(ins) === vihf.nameId)) +
        field('message', 'false') +
        field('lastAccessDate', dates.lastAccessDate) +
        field('lastUpdateDate', dates.lastUpdateDate) +
        field('lastAddDate', dates.lastAddDate) +
        `</p:patientlistData>`,
    ];
  });
}

function datesOf(ins: string, nationalId: string, { registry, now }: AnyCall['state']): RecordDates {
  const own = registry.authorisations(ins).find((one) => one.nationalId === nationalId);
  const documents = registry.entries(ins).filter(({ isSignature }) => !isSignature);
  const latest = (times: readonly string[]): string => times.toSorted().at(-1) ?? '';
  return {
    lastAddDate: latest(documents.map(({ document }) => document.submissionTime)),
    lastUpdateDate: latest(registry.sets(ins).map(({ set }) => slotValues(set, 'submissionTime')[0] ?? '')),
    lastAccessDate: timestamp(own?.lastAction ?? now()),
    authorisation: timestamp(own?.since ?? now()),
  };
}
