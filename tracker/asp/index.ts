export { ADVANCE_SHARE, advanceOn, balanceAfter, type Requested } from './amounts.ts';
export { Claims } from './claims.ts';
export { ENTERED_STATUSES, enterRequest, type Entered, type EnteredInput, type EnteredStatus } from './entered.ts';
export { DEFAULT_LIMITS, type Limits } from './judge/index.ts';
export {
  LayoutError,
  readLayout,
  shownAt,
  type Layout,
  type LayoutFiles,
  type LayoutProblem,
  type SchemaFault,
} from './layout/index.ts';
export type { Note } from './notes.ts';
export type {
  Ceiling,
  CeilingAnswer,
  Completion,
  IdentifierKind,
  PieceReading,
  Regulation,
  RequestDeadline,
  WindowVerdict,
} from './ports.ts';
export { REASON_CODES, STATUS_WORDS, type Reason, type ReasonCode, type Refused } from './reasons/index.ts';
export { regulationOf, type RegulationInput } from './regulation.ts';
export {
  DRAFT_MARK,
  prepareRequests,
  requestId,
  type PieceBytes,
  type PreparationInput,
  type Prepared,
  type PreparedRequest,
  type Unjudged,
} from './request/index.ts';
export { mayBeRemade, moved, nextStatuses, requestStatus, STATUSES, statusOf } from './status.ts';
export type { Deposit, DepositStatus, PaymentRequest, RequestKind, StatusChange } from './types.ts';
export { checkZip, isSafeName, type AnnouncedPiece, type HeldPiece, type ZipProblem } from './zip/index.ts';
export { announcedPieces, checkDocument, type DocumentProblem } from './document/index.ts';
