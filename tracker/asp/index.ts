export { ADVANCE_SHARE, advanceOn, BALANCE_SHARE, balanceAfter, type Requested } from './amounts.ts';
export type { Ceiling, IdentifierKind, PieceReading, Regulation, RequestDeadline, WindowVerdict } from './ports.ts';
export { REASON_CODES, STATUS_WORDS, type Reason, type ReasonCode, type Refused } from './reasons/index.ts';
export { mayBeRemade, moved, nextStatuses, prepared, remade, requestStatus, STATUSES, statusOf } from './status.ts';
export type { Deposit, DepositStatus, PaymentRequest, RequestKind, StatusChange } from './types.ts';
