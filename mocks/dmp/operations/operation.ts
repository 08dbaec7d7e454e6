import { escapeXml } from '#formats/xml/index.ts';
import type { XmlElement } from '#formats/xml/index.ts';
import type { AnyCall, DmpCall, DmpReply } from '../call.ts';
import { accessBreach, malformedReply, soapReply } from '../replies.ts';
import statuses from './statuses.json' with { type: 'json' };

/** Outcome of a proprietary operation: `status`, and a free text. */
export interface OperationStatus {
  readonly code: string;
  readonly context: string;
}

export const OK: OperationStatus = { code: statuses.ok.code, context: '' };

const STRUCTURE = 'Structure introuvable ou Inactive';

/** One parameter of a proprietary operation. */
export interface Parameter {
  readonly name: string;
  readonly required: boolean;
}

export type OperationReading =
  | { readonly ok: true; readonly values: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly reason: string };

/**
 * Reads the children of an operation, which are in its namespace; each parameter comes once at most and nothing else does.
 * @returns the values by name, or a French reason
 * Source: protocols.md §2.4.
 */
export function readOperation(payload: XmlElement, parameters: readonly Parameter[]): OperationReading {
  const values = new Map<string, string>();
  for (const node of payload.children) {
    if (node.kind !== 'element') continue;
    const { local, namespace } = node.name;
    if (namespace !== payload.name.namespace || !parameters.some(({ name }) => name === local)) {
      return { ok: false, reason: `élément ${local.slice(0, 60)} inattendu dans ${payload.name.local}` };
    }
    if (values.has(local)) return { ok: false, reason: `élément ${local} présent deux fois` };
    values.set(local, node.text.trim());
  }
  const missing = parameters.find(({ name, required }) => required && (values.get(name) ?? '') === '');
  return missing ? { ok: false, reason: `élément ${missing.name} absent ou vide` } : { ok: true, values };
}

/**
 * Refuses a caller, then a record, in the status of a proprietary operation.
 * @param reads whether the refusals of the patient count
 */
export function refusedStatus(call: AnyCall, reads: boolean): OperationStatus | undefined {
  if (call.situation?.situation === 'structure-inconnue') return { code: statuses.structure.code, context: STRUCTURE };
  const breach = accessBreach(call, reads);
  return breach && { code: statuses.denied.code, context: breach.text };
}

/** Refuses a record that does not exist or is closed. */
export function recordStatus(call: DmpCall): OperationStatus | undefined {
  const { situation, state, subject, patient } = call;
  const played = situation?.situation;
  const known = patient?.oid === subject.oid ? state.registry.status(subject.ins) : 'inexistant';
  const status = played === 'inexistant' || played === 'ferme' ? played : known;
  if (status === 'inexistant') return { code: statuses.noRecord.code, context: "Aucun DMP pour l'INS transmis" };
  return status === 'ferme' ? { code: statuses.closed.code, context: 'Le DMP du patient est fermé' } : undefined;
}

/** Which operation is answered, and where its children come. */
export interface OperationName {
  readonly name: string;
  readonly namespace: string;
  readonly answerAction: string;
}

/** One element and its text, in the namespace of the operation. */
export function field(name: string, value: string): string {
  return `<p:${name}>${escapeXml(value)}</p:${name}>`;
}

/**
 * `<name>Response/output`, children in the namespace of the operation.
 * @param rows XML of the lines that come before the status, made of `field`
 * @param withContext whether the schema of the answer has a `context`
 */
export function operationReply(
  call: AnyCall,
  { name, namespace, answerAction }: OperationName,
  status: OperationStatus,
  { rows = [], withContext = true, said }: { rows?: readonly string[]; withContext?: boolean; said: string },
): DmpReply {
  const context = withContext ? field('context', status.context) : '';
  const body =
    `<p:${name}Response xmlns:p="${namespace}"><p:output>${rows.join('')}${field('status', status.code)}` +
    `${context}</p:output></p:${name}Response>`;
  const refused = status.code !== statuses.ok.code;
  return soapReply(call, answerAction, body, refused ? `refusé ${status.code} : ${status.context}` : said);
}

/** Reads the operation or answers its fault. */
export function readOrRefuse(
  call: AnyCall,
  parameters: readonly Parameter[],
): { readonly values: ReadonlyMap<string, string> } | { readonly reply: DmpReply } {
  const { payload } = call.message.envelope;
  const reading = payload ? readOperation(payload, parameters) : ({ ok: false, reason: 'corps vide' } as const);
  return reading.ok ? { values: reading.values } : { reply: malformedReply(call, reading.reason) };
}
