import type { CdaId } from './types.ts';

/**
 * Every way in which the number of a document is written in one field: `root` alone, or with its extension
 * (`root^extension` as XDS writes it, `root.extension` as an OID, the extension alone where the root is said elsewhere).
 */
export function writtenIds({ root, extension }: Pick<CdaId, 'root' | 'extension'>): readonly string[] {
  return extension === undefined ? [root] : [`${root}^${extension}`, `${root}.${extension}`, extension];
}
