import { createHash } from 'node:crypto';
import { instanceKey } from '#dsr/instance/index.ts';
import type { RequestKind } from '../types.ts';

const PLAIN = /^[A-Z0-9]+(?:-[A-Z0-9]+)*$/u;
const LONGEST = 40;

/** Mark of a file made with a layout that is only proposed. */
export const DRAFT_MARK = 'BROUILLON';

/**
 * A name as part of a file name: capitals, digits and dashes. What loses something on the way carries a digest of the
 * whole, so that two names never meet, even where files ignore case.
 */
function slug(name: string): string {
  if (PLAIN.test(name) && name.length <= LONGEST) return name;
  const plain = name
    .normalize('NFKD')
    .toUpperCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Z0-9]+/gu, '-')
    .slice(0, LONGEST)
    .replaceAll(/^-+|-+$/gu, '');
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return plain === '' ? digest : `${plain}-${digest}`;
}

/**
 * Id of a request, unique by kind, DSR, instance and rank.
 *
 * @example requestId('avance', 'SGL-VA1', 'INST-1', 1) // 'avance.SGL-VA1.INST-1'
 * @example requestId('avance', 'SGL-VA1', 'INST-1', 2) // 'avance.SGL-VA1.INST-1.avenant-2'
 */
export function requestId(kind: RequestKind, dsrCode: string, instance: string, rank: number): string {
  const base = `${kind}.${slug(dsrCode)}.${slug(instanceKey(instance))}`;
  return rank === 1 ? base : `${base}.avenant-${rank}`;
}

/** Names of both files of a request; a draft says so. */
export function fileNames(id: string, draft: boolean): { readonly json: string; readonly zip: string } {
  const base = draft ? `${id}.${DRAFT_MARK}` : id;
  return { json: `${base}.json`, zip: `${base}.pieces.zip` };
}
