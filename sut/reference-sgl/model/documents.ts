import type { BuiltDocument } from './types.ts';

/** Which of the documents of a report this is, the same from one version to the next. */
export function documentKey({ kind, audience }: Pick<BuiltDocument, 'kind' | 'audience'>): string {
  return audience === undefined ? kind : `${kind}:${audience}`;
}
