import { type AnyCall, type DmpCall, type DmpReply, type DmpState, SOAP_MEDIA_TYPE } from './call.ts';
import { writeDmpAnswer, writeDmpFault, writeRegistryResponse } from './envelope.ts';
import { judgeTransaction } from './rights-matrix.ts';
import scripted from './scripted.json' with { type: 'json' };
import type { DmpFault, RegistryProblem } from './types.ts';

/** A SOAP fault. Source: protocols.md §2.9. */
export function faultReply(
  state: DmpState,
  fault: DmpFault,
  relatesTo: string | undefined,
): DmpReply & { readonly body: string } {
  return {
    status: state.settings.profile.faultStatus,
    contentType: SOAP_MEDIA_TYPE,
    body: writeDmpFault(fault, relatesTo),
    said: `refusé (fault ${fault.subcode ?? fault.side}) : ${fault.text}`,
  };
}

/** A message whose body cannot be read as the transaction it claims to be. */
export function malformedReply(call: AnyCall, reason: string): DmpReply {
  const { state, message } = call;
  const subcode = state.settings.profile.subcodes.malformed;
  const fault: DmpFault = { side: 'Sender', subcode, text: `Requête invalide : ${reason}.` };
  return faultReply(state, fault, message.envelope.addressing.messageId);
}

/** A plain SOAP answer. */
export function soapReply(call: AnyCall, action: string, body: string, said: string): DmpReply {
  const { state, message } = call;
  return {
    status: 200,
    contentType: SOAP_MEDIA_TYPE,
    body: writeDmpAnswer({
      action,
      relatesTo: message.envelope.addressing.messageId,
      messageId: state.uuid(),
      body,
      turn: state.settings.profile.varyPrefixes ? state.turn() : 0,
    }),
    said,
  };
}

/** `RegistryResponse` Failure with every problem, HTTP 200. */
export function failureReply(call: AnyCall, action: string, problems: readonly RegistryProblem[]): DmpReply {
  return soapReply(call, action, writeRegistryResponse('Failure', problems), saidOf(problems));
}

/** French sentence of a refusal, for the journal. */
export function saidOf(problems: readonly RegistryProblem[]): string {
  const shown = problems
    .slice(0, 5)
    .map(({ code, context, location }) => `${code} ${location.slice(0, 80)} : ${context.slice(0, 200)}`);
  const more = problems.length > shown.length ? ` ; et ${problems.length - shown.length} autres` : '';
  return `refusé : ${shown.join(' ; ')}${more}`;
}

const SCRIPTED: ReadonlyMap<string, { readonly code: string; readonly context: string }> = new Map(
  Object.entries(scripted.problems),
);

/** Refusal that a situation of the record or of the registry asks for, in a document transaction. */
export function scriptedProblem(call: DmpCall): RegistryProblem | undefined {
  const { situation, state, subject } = call;
  const name = situation?.situation ?? '';
  const found = SCRIPTED.get(name);
  if (found) return { ...found, location: '' };
  return recordProblem(call, name === 'ferme' ? 'ferme' : state.registry.status(subject.ins));
}

function recordProblem(call: DmpCall, status: string): RegistryProblem | undefined {
  if (status === 'inexistant' || (call.patient && call.patient.oid !== call.subject.oid)) {
    return { code: 'XDSUnknownPatientId', context: "Aucun DMP pour l'INS transmis", location: '' };
  }
  if (status === 'ferme') {
    const code = call.state.settings.profile.closedRecordCode;
    return { code, context: 'Le DMP du patient est fermé', location: '' };
  }
  return undefined;
}

const REFUSED_ACCESS = { bloque: scripted.faults['acces-refuse'], oppose: scripted.faults.opposition } as const;
const FAULTS: ReadonlyMap<string, { readonly channel: string; readonly text: string }> = new Map(
  Object.entries(scripted.faults),
);

function playedFault(situation: AnyCall['situation']): { readonly channel: string; readonly text: string } | undefined {
  return FAULTS.get(situation?.situation ?? '');
}

/** Why a caller may not do what it asks, and through which channel it is told. */
export interface Breach {
  readonly channel: 'structure' | 'rights';
  readonly text: string;
}

/**
 * The caller, after the VIHF: link with the structure, then rights. A transaction whose body names a patient compares it
 * between the two (`accessRefusal`).
 * @param transaction as the matrix names it
 * Source: protocols.md §2.10, steps 9 and 11.
 */
export function accessBreach(
  call: AnyCall,
  reads: boolean,
  transaction: string = call.transaction,
): Breach | undefined {
  return linkBreach(call) ?? rightsBreach(call, reads, transaction);
}

/** Whether the DMP knows the professional in that structure. Source: protocols.md §2.10, step 9. */
function linkBreach({ state, situation, vihf }: AnyCall): Breach | undefined {
  const played = playedFault(situation);
  const unlinked = !state.registry.linked(vihf.nameId, vihf.structure);
  const link = unlinked
    ? scripted.faults['ps-structure-non-lies']
    : played?.channel === 'structure'
      ? played
      : undefined;
  return link && { channel: 'structure', text: link.text };
}

/** The rights matrix, then (`reads`) what the patient refuses. Source: protocols.md §2.10, step 11. */
function rightsBreach(call: AnyCall, reads: boolean, transaction: string): Breach | undefined {
  const { state, situation, vihf } = call;
  const played = playedFault(situation);
  const judged = judgeTransaction(vihf, transaction, state.rights);
  if (!judged.ok) return { channel: 'rights', text: judged.text };
  if (judged.warning !== undefined) call.warn(judged.warning);
  const ins = vihf.patient?.ins ?? '';
  const refusal = reads ? state.registry.refusal(ins, vihf.nameId) : undefined;
  const found = played ?? (refusal && REFUSED_ACCESS[refusal]);
  if (found) return { channel: 'rights', text: found.text };
  if (reads && isUrgent(call) && state.registry.urgencyOpposed(ins)) {
    return { channel: 'rights', text: scripted.faults['opposition-urgence'].text };
  }
  return undefined;
}

/** Reads in an access mode that needs no authorisation. */
export function isUrgent({ vihf, state }: AnyCall): boolean {
  return state.rights.urgentPurposes.includes(vihf.purpose);
}

/**
 * The refusal of a caller who may not do what it asks, in a document transaction: link with the structure, patient of the
 * body, rights.
 * @param stranger the answer to a body about another patient than that of the VIHF; undefined when it is the same
 * Source: protocols.md §2.10, steps 9 to 11. Annex B.2 compares the patient after all the checks of the VIHF: the finer
 * list is followed, for every transaction alike.
 */
export function accessRefusal(
  call: DmpCall,
  reads: boolean,
  stranger: () => DmpReply | undefined = () => undefined,
): DmpReply | undefined {
  const fault = (breach: Breach | undefined): DmpReply | undefined => {
    if (!breach) return undefined;
    const { state, message } = call;
    const subcode = state.settings.profile.subcodes[breach.channel];
    const answered: DmpFault = { side: 'Sender', subcode, text: breach.text };
    return faultReply(state, answered, message.envelope.addressing.messageId);
  };
  return fault(linkBreach(call)) ?? stranger() ?? fault(rightsBreach(call, reads, call.transaction));
}

/** The fault of a reading that is not open to the caller. */
export function rightsReply({ state, message }: AnyCall, text: string): DmpReply {
  const fault: DmpFault = { side: 'Sender', subcode: state.settings.profile.subcodes.rights, text };
  return faultReply(state, fault, message.envelope.addressing.messageId);
}

/** The warning of the situation `succes-partiel`. */
export const PARTIAL: RegistryProblem = {
  code: 'XDSRegistryError',
  context: 'La demande est exécutée, un traitement secondaire a échoué',
  location: '',
};
