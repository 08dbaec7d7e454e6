import { utcTime } from '../documents/index.ts';
import { spoilDmp } from '../faults/index.ts';
import type { Patient, SglConfig } from '../model/index.ts';
import { el, textEl } from '../xml/index.ts';
import { attempt, callDmp, type DmpContext, type DmpRequest } from './call.ts';
import { hl7Query } from './existence.ts';

const PATIENTS = 'urn:si-dmp-patients';
const HABILITATIONS = 'urn:si-dmp-habilitations';
const MONTH_MS = 30 * 86_400_000;

/** A call whose answer changes nothing here. */
interface Question extends DmpRequest {
  /** Its VIHF names no patient. */
  readonly ofNobody?: boolean;
}

type Ask = (patient: Patient, config: SglConfig, at: Date) => Question;

/** Asked by no requirement of a laboratory: each only leaves with a fault, which also makes it wrong (`dmp-fields.json`). */
const QUESTIONS: readonly (readonly [fault: string, ask: Ask])[] = [
  ['dmp-liste-dmp-jour-seul', listOfRecords],
  ['dmp-liste-professionnels-mode', listOfProfessionals],
  ['dmp-recherche-traits-sans-heure', searchByTraits],
  ['dmp-recherche-traits-date', searchByTraits],
];

/** The questions that the faults switched on add to an access test; none without them. */
export function questionsBesides(
  patient: Patient,
  config: SglConfig,
  faults: ReadonlySet<string>,
  at: Date,
): readonly Question[] {
  return QUESTIONS.filter(([fault]) => faults.has(fault)).map(([, ask]) => {
    const question = ask(patient, config, at);
    return { ...question, body: spoilDmp('question', question.body, faults) };
  });
}

/** Asks them. What is answered, or refused, is not looked at. */
export async function askBesides(patient: Patient, context: DmpContext, at = new Date()): Promise<void> {
  const { config, faults } = context;
  for (const { ofNobody = false, ...question } of questionsBesides(patient, config, faults, at)) {
    await attempt(async () => {
      await callDmp(question, ofNobody ? { ...context, patient: '' } : context, at);
      return { outcome: 'accepted', detail: '' };
    });
  }
}

/** TD0.4: the records that the user may read, touched for a month. Source: protocols.md §2.4. */
function listOfRecords(_patient: Patient, _config: SglConfig, at: Date): Question {
  const body = el(
    'patientList',
    { xmlns: PATIENTS },
    textEl('startDate', utcTime(new Date(at.getTime() - MONTH_MS))),
    textEl('dateType', 'LASTDOC'),
  );
  return { service: 'patients', action: `${PATIENTS}:PatientSpecificEndPoint:patientList`, body, ofNobody: true };
}

/** TD1.6: the professionals whom the patient authorised. Source: protocols.md §2.4. */
function listOfProfessionals(): Question {
  const body = el('listAuthorizationByPatient', { xmlns: HABILITATIONS }, textEl('mode', 'ACTIVE'));
  const action = `${HABILITATIONS}:HabilitationsEndPoint:listAuthorizationByPatient`;
  return { service: 'habilitations', action, body };
}

/** TD0.5: a patient by his traits, as if his INS were not known. Source: protocols.md §2.3; IHE PDQv3, ITI-47. */
function searchByTraits({ traits }: Patient, config: SglConfig, at: Date): Question {
  const interaction = 'PRPA_IN201305UV02';
  const criterion = (name: string, value: string): string =>
    el(`livingSubject${name}`, {}, value, textEl('semanticsText', `LivingSubject.${name}`));
  const names = [textEl('family', traits.birthName), textEl('given', traits.firstNames[0] ?? '')];
  const parameters = [
    criterion('AdministrativeGender', el('value', { code: traits.sex, codeSystem: '2.16.840.1.113883.5.1' })),
    criterion('BirthTime', el('value', { value: traits.birthDate.replaceAll('-', '') })),
    criterion('Name', el('value', {}, ...names)),
  ];
  const about = el('code', { code: 'PRPA_TE201305UV02', codeSystem: '2.16.840.1.113883.1.6' });
  const body = hl7Query({ interaction, about, parameters }, config, at);
  return { service: 'patients', action: `urn:hl7-org:v3:${interaction}`, body, ofNobody: true };
}
