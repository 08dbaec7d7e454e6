export { inOrder, REASON_CODES, reasonOf, type Reason, type ReasonCode, type Refused } from './reason.ts';
export {
  AMENDMENT_WORDS,
  dayInFrench,
  deadlineInFrench,
  KIND_WORDS,
  PIECE_WORDS,
  rateInFrench,
  STATUS_WORDS,
} from './words.ts';
