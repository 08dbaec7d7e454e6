import pieces from '../pieces.json' with { type: 'json' };
import type { AttachmentKind } from '../../orders/types.ts';
import { PIECE_WORDS, type Reason } from '../reasons/index.ts';
import type { RequestKind } from '../types.ts';
import { about, type Case, type Limits } from './case.ts';

interface RequiredPiece {
  readonly anyOf: readonly AttachmentKind[];
  readonly signed: boolean;
  /** The one of the two that the acceptance is. */
  readonly asAcceptance?: boolean;
}

interface PieceList {
  readonly carried: readonly AttachmentKind[];
  readonly required: readonly RequiredPiece[];
}

const LISTS = { avance: pieces.avance as PieceList, solde: pieces.solde as PieceList } as const;

/** Sizes that hold when the layout gives none. */
export const DEFAULT_LIMITS: Limits = pieces.limits;

/** Whether a piece goes with that kind of request. */
export function isCarried(kind: RequestKind, piece: AttachmentKind): boolean {
  return LISTS[kind].carried.includes(piece);
}

/** Every piece that the request needs is there, signed, and can be read. */
export function judgePieces(given: Case): readonly Reason[] {
  return [...judgeRequired(given), ...judgeFiles(given)];
}

function judgeRequired(given: Case): readonly Reason[] {
  const { kind, order } = given;
  const reasons: Reason[] = [];
  for (const { anyOf, signed, asAcceptance } of LISTS[kind].required) {
    const acceptance = order.acceptance?.kind.toLowerCase();
    const wanted =
      asAcceptance === true ? anyOf.filter((one) => acceptance === undefined || one === acceptance) : anyOf;
    const found = [...order.attachments.entries()].filter(([, piece]) => wanted.includes(piece.kind));
    const [first] = found;
    if (first === undefined) {
      const piece = wanted.map((one) => PIECE_WORDS[one]).join(' ou ');
      reasons.push(about(given, 'ASP_PIECE_ABSENT', `attachments.${wanted[0] ?? ''}`, { piece }));
    } else if (signed && !found.some(([, piece]) => piece.signed)) {
      const [index, { kind: piece, path }] = first;
      reasons.push(
        about(given, 'ASP_PIECE_UNSIGNED', `attachments[${index}].signed`, { piece: PIECE_WORDS[piece], path }),
      );
    }
  }
  return reasons;
}

function judgeFiles(given: Case): readonly Reason[] {
  const { limits } = given;
  const reasons: Reason[] = [];
  let total = 0;
  for (const { index, attachment, reading } of given.pieces) {
    const where = `attachments[${index}].path`;
    const { path } = attachment;
    if (!reading.ok) {
      reasons.push(
        reading.outside === true
          ? about(given, 'ASP_PIECE_OUTSIDE', where, { path })
          : about(given, 'ASP_PIECE_UNREADABLE', where, { path, detail: reading.detail }),
      );
      continue;
    }
    total += reading.bytes;
    if (reading.bytes === 0) reasons.push(about(given, 'ASP_PIECE_EMPTY', where, { path }));
    if (reading.bytes > limits.pieceBytes) {
      const facts = { path, size: String(reading.bytes), limit: String(limits.pieceBytes) };
      reasons.push(about(given, 'ASP_PIECE_TOO_LARGE', where, facts));
    }
  }
  if (total > limits.totalBytes) {
    const facts = { size: String(total), limit: String(limits.totalBytes) };
    reasons.push(about(given, 'ASP_ZIP_TOO_LARGE', 'attachments', facts));
  }
  return reasons;
}
