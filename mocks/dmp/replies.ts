import { type DmpCall, type DmpReply, type DmpState, SOAP_MEDIA_TYPE } from './call.ts';
import { writeDmpAnswer, writeDmpFault, writeRegistryResponse } from './envelope.ts';
import type { DmpFault, RegistryProblem } from './types.ts';

/** A SOAP fault. Source: protocols.md §2.9. */
export function faultReply(state: DmpState, fault: DmpFault, relatesTo: string | undefined): DmpReply {
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

/** Refusal that a situation of the record or of the registry asks for, in a document transaction. */
export function scriptedProblem(call: DmpCall): RegistryProblem | undefined {
  const { situation, state, subject } = call;
  switch (situation?.situation) {
    case 'inexistant':
    case 'XDSUnknownPatientId':
      return { code: 'XDSUnknownPatientId', context: "Aucun DMP pour l'INS transmis", location: '' };
    case 'ferme':
      return { code: state.settings.profile.closedRecordCode, context: 'Le DMP du patient est fermé', location: '' };
    case 'structure-inconnue':
      return { code: 'XDSRegistryMetadataError', context: 'Structure introuvable ou Inactive', location: '' };
    case 'XDSRegistryNotAvailable':
      return { code: 'XDSRegistryNotAvailable', context: 'Le registre du DMP est indisponible', location: '' };
    default:
      return recordProblem(call, state.registry.status(subject.ins));
  }
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
