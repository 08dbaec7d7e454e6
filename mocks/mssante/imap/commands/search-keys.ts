import { parseDay, type Day } from '../protocol/dates.ts';
import type { Arguments } from '../protocol/arguments.ts';
import { SyntaxProblem } from '../protocol/problems.ts';
import { acceptSet, setHolds, takeSet, type NumberSet } from '../protocol/sets.ts';
import { holds, type SearchCandidate } from './search-candidate.ts';

export type SearchTest = (candidate: SearchCandidate) => boolean;

/** What a search needs to know to read its keys. */
export interface SearchScope {
  /** Turns a string of the command into text, by the CHARSET given. */
  readonly decode: (bytes: string) => string;
  /** What `*` stands for. */
  readonly lastSequence: number;
  readonly lastUid: number;
  /** Keys that may still be read: a command must not be a program. */
  keysLeft: number;
}

const flag =
  (name: string, present: boolean): SearchTest =>
  ({ message }) =>
    message.flags.has(name) === present;

const PLAIN: Readonly<Record<string, SearchTest>> = {
  ALL: () => true,
  ANSWERED: flag('\\Answered', true),
  DELETED: flag('\\Deleted', true),
  DRAFT: flag('\\Draft', true),
  FLAGGED: flag('\\Flagged', true),
  SEEN: flag('\\Seen', true),
  UNANSWERED: flag('\\Answered', false),
  UNDELETED: flag('\\Deleted', false),
  UNDRAFT: flag('\\Draft', false),
  UNFLAGGED: flag('\\Flagged', false),
  UNSEEN: flag('\\Seen', false),
  RECENT: ({ recent }) => recent,
  OLD: ({ recent }) => !recent,
  NEW: ({ recent, message }) => recent && !message.flags.has('\\Seen'),
};

const BY_DAY: Readonly<Record<string, (candidate: SearchCandidate, day: Day) => boolean>> = {
  BEFORE: ({ internalDay }, day) => internalDay < day,
  ON: ({ internalDay }, day) => internalDay === day,
  SINCE: ({ internalDay }, day) => internalDay >= day,
  SENTBEFORE: ({ sentDay }, day) => sentDay < day,
  SENTON: ({ sentDay }, day) => sentDay === day,
  SENTSINCE: ({ sentDay }, day) => sentDay >= day,
};

const BY_TEXT: Readonly<Record<string, (candidate: SearchCandidate, text: string) => boolean>> = {
  BCC: (candidate, text) => fieldHolds(candidate, 'Bcc', text),
  CC: (candidate, text) => fieldHolds(candidate, 'Cc', text),
  FROM: (candidate, text) => fieldHolds(candidate, 'From', text),
  SUBJECT: (candidate, text) => fieldHolds(candidate, 'Subject', text),
  TO: (candidate, text) => fieldHolds(candidate, 'To', text),
  BODY: (candidate, text) => candidate.bodyHolds(text),
  TEXT: (candidate, text) => candidate.headerHolds(text) || candidate.bodyHolds(text),
};

/** Reads the keys of a search, all of which must hold (RFC 3501 §6.4.4). */
export function takeSearchKeys(args: Arguments, scope: SearchScope): SearchTest {
  const tests = [takeKey(args, scope)];
  while (args.accept(' ')) tests.push(takeKey(args, scope));
  return (candidate) => tests.every((test) => test(candidate));
}

function takeKey(args: Arguments, scope: SearchScope): SearchTest {
  scope.keysLeft -= 1;
  if (scope.keysLeft < 0) throw new SyntaxProblem('Too many search keys');
  if (args.startsWith('(')) {
    const tests = args.list(() => takeKey(args, scope));
    if (tests.length === 0) throw new SyntaxProblem('Expected a search key');
    return (candidate) => tests.every((test) => test(candidate));
  }
  const set = acceptSet(args);
  if (set !== undefined) return inSequence(set, scope);
  const name = args.atom().toUpperCase();
  const plain = PLAIN[name];
  if (plain !== undefined) return plain;
  args.space();
  return takeKeyWithArgument(name, args, scope);
}

function takeKeyWithArgument(name: string, args: Arguments, scope: SearchScope): SearchTest {
  const byDay = BY_DAY[name];
  if (byDay !== undefined) {
    const day = parseDay(args.astring());
    if (day === undefined) throw new SyntaxProblem('Expected a date such as 5-Jan-2026');
    return (candidate) => byDay(candidate, day);
  }
  const byText = BY_TEXT[name];
  if (byText !== undefined) {
    const text = scope.decode(args.astring());
    return (candidate) => byText(candidate, text);
  }
  switch (name) {
    case 'HEADER': {
      const field = args.astring();
      args.space();
      const text = scope.decode(args.astring());
      return (candidate) => fieldHolds(candidate, field, text);
    }
    case 'KEYWORD':
    case 'UNKEYWORD': {
      const keyword = args.atom().toLowerCase();
      const wanted = name === 'KEYWORD';
      return ({ message }) => [...message.flags].some((one) => one.toLowerCase() === keyword) === wanted;
    }
    case 'LARGER': {
      const size = args.number();
      return ({ message }) => message.source.size > size;
    }
    case 'SMALLER': {
      const size = args.number();
      return ({ message }) => message.source.size < size;
    }
    case 'NOT': {
      const test = takeKey(args, scope);
      return (candidate) => !test(candidate);
    }
    case 'OR': {
      const one = takeKey(args, scope);
      args.space();
      const other = takeKey(args, scope);
      return (candidate) => one(candidate) || other(candidate);
    }
    case 'UID': {
      const set = takeSet(args);
      return ({ message }) => setHolds(set, message.uid, scope.lastUid);
    }
    default:
      throw new SyntaxProblem(`Unknown search key ${name}`);
  }
}

function inSequence(set: NumberSet, scope: SearchScope): SearchTest {
  return ({ sequence }) => setHolds(set, sequence, scope.lastSequence);
}

/** An empty text asks only for the field to be there. */
function fieldHolds(candidate: SearchCandidate, name: string, text: string): boolean {
  return candidate.fields(name).some((value) => holds(value, text));
}
