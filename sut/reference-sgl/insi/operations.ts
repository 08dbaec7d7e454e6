import type { SglConfig } from '../model/index.ts';
import table from './operations.json' with { type: 'json' };
import type { InsiMode } from './types.ts';

export interface Operation {
  /** As the journal of calls shows it. */
  readonly name: string;
  /** wsa:Action, and the `action` parameter of the content type. */
  readonly action: string;
  readonly element: string;
  readonly namespace: string;
}

export const RESULT_NAMESPACE = table.resultNamespace;
export const VERIFICATION_NAMESPACE = table.verificationResultNamespace;

/** The operation of a mode, with the name that the configuration gives it when it gives one. */
export function operationOf(mode: InsiMode, names: SglConfig['insi']['operations'] = {}): Operation {
  const { name: usual, element, namespace } = table.operations[mode];
  const name = mode === 'traits' || mode === 'vitale' ? usual : (names[mode] ?? usual);
  return { name, action: `${table.prefix}${name}`, element, namespace };
}
