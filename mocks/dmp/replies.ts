import { type DmpCall, type DmpReply, type DmpState, SOAP_MEDIA_TYPE } from './call.ts';
import { writeDmpAnswer, writeDmpFault, writeRegistryResponse } from './envelope.ts';
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
export function malformedReply(call: DmpCall, reason: string): DmpReply {
  const { state, message } = call;
  const subcode = state.settings.profile.subcodes.malformed;
  const fault: DmpFault = { side: 'Sender', subcode, text: `Requête invalide : ${reason}.` };
  return faultReply(state, fault, message.envelope.addressing.messageId);
}

/** A plain SOAP answer. */
export function soapReply(call: DmpCall, action: string, body: string, said: string): DmpReply {
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
export function failureReply(call: DmpCall, action: string, problems: readonly RegistryProblem[]): DmpReply {
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

/**
 * The fault of a caller who may not do what it asks: a situation says so, or (`reads`) the patient refuses its reading.
 * Source: protocols.md §2.10, steps 9 and 11.
 */
export function accessFault(call: DmpCall, reads: boolean): DmpReply | undefined {
  const { state, situation, vihf, subject, message } = call;
  const refusal = reads ? state.registry.refusal(subject.ins, vihf.nameId) : undefined;
  const found = FAULTS.get(situation?.situation ?? '') ?? (refusal && REFUSED_ACCESS[refusal]);
  if (!found) return undefined;
  const channel = found.channel === 'structure' ? 'structure' : 'rights';
  const fault: DmpFault = { side: 'Sender', subcode: state.settings.profile.subcodes[channel], text: found.text };
  return faultReply(state, fault, message.envelope.addressing.messageId);
}

/** The fault of a role that the transaction is not open to. */
export function rightsReply({ state, message }: DmpCall, text: string): DmpReply {
  const fault: DmpFault = { side: 'Sender', subcode: state.settings.profile.subcodes.rights, text };
  return faultReply(state, fault, message.envelope.addressing.messageId);
}

/** The warning of the situation `succes-partiel`. */
export const PARTIAL: RegistryProblem = {
  code: 'XDSRegistryError',
  context: 'La demande est exécutée, un traitement secondaire a échoué',
  location: '',
};
