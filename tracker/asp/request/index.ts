export { DRAFT_MARK, fileNames, requestId } from './names.ts';
export {
  prepareRequests,
  type PieceBytes,
  type PreparationInput,
  type Prepared,
  type PreparedRequest,
  type Unjudged,
} from './prepare.ts';
