import type { FolderMessage } from '../mailbox/folder.ts';
import type { FolderView } from '../mailbox/view.ts';
import { SyntaxProblem } from '../protocol/problems.ts';
import { setHolds, setWithin, takeSet, type NumberSet } from '../protocol/sets.ts';
import type { CommandCall } from './types.ts';

export interface ChosenMessage {
  readonly message: FolderMessage;
  readonly sequence: number;
}

/**
 * Reads the set of a command. Sequence numbers must be of messages that there are; UIDs need not (RFC 3501 §6.4.8).
 * @throws {SyntaxProblem}
 */
export function takeChosen(view: FolderView, { args, uid }: CommandCall): () => readonly ChosenMessage[] {
  const set = takeSet(args);
  if (!uid && !setWithin(set, view.messages.length)) throw new SyntaxProblem('No message has that sequence number');
  return () => chosen(view, set, uid);
}

export function chosen(view: FolderView, set: NumberSet, uid: boolean): readonly ChosenMessage[] {
  const last = uid ? (view.messages.at(-1)?.uid ?? 0) : view.messages.length;
  return view.messages.flatMap((message, index) =>
    setHolds(set, uid ? message.uid : index + 1, last) ? [{ message, sequence: index + 1 }] : [],
  );
}
