import { SOAP_12, WSA } from '#formats/soap/index.ts';
import { RESULTAT, SIRAM } from '../vocabulary.ts';

/** Which namespace an element is in; `body` is SOAP too, but may be bound to another prefix. */
export type Space = 'soap' | 'body' | 'wsa' | 'result' | 'siram';

/** An element to write, whatever prefixes and layout it will have. */
export interface Part {
  readonly space: Space;
  readonly name: string;
  /** Without namespace, except `xml:lang`. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Text, elements, or a name with its namespace (`soap:Sender`). */
  readonly content: string | readonly Part[] | QualifiedName;
}

export interface QualifiedName {
  readonly space: Space;
  readonly local: string;
}

/** Namespace of each space; that of results depends on the operation. */
export function namespacesOf(result: string = RESULTAT): Readonly<Record<Space, string>> {
  return { soap: SOAP_12, body: SOAP_12, wsa: WSA, result, siram: SIRAM };
}
