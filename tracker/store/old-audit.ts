import { lineHash, type AuditLine } from './audit.ts';

/** A line that a Jalon before the chain wrote. */
export type OldLine = AuditLine & { readonly id: number };

/** What is read of such lines: the columns of the first schema. */
export const OLD_LINES = 'SELECT id, at, actor, action, subject, detail FROM audit ORDER BY id';

/** Hashes of lines that earlier versions wrote, in their order: the chain begins with the first one. */
export function hashesOf(lines: readonly OldLine[]): readonly { readonly id: number; readonly hash: string }[] {
  let hash = '';
  return lines.map(({ id, ...line }) => {
    hash = lineHash(hash, line);
    return { id, hash };
  });
}
