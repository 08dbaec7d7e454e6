import type { Folder } from '../mailbox/folder.ts';
import type { Arguments } from '../protocol/arguments.ts';
import { Refusal } from '../protocol/problems.ts';
import { wireAstring, type Wire } from '../protocol/strings.ts';
import { decodeUtf7, encodeUtf7 } from '../protocol/utf7.ts';

/** Reads a mailbox name. @throws {Refusal} `CANNOT` when it is not modified UTF-7 */
export function takeName(args: Arguments): string {
  return readName(args.astring());
}

export function readName(wire: string): string {
  const name = decodeUtf7(wire);
  if (name === undefined) throw new Refusal('Mailbox name is not valid modified UTF-7', 'CANNOT');
  return name;
}

export function wireName(folder: Folder): Wire {
  return wireAstring(encodeUtf7(folder.name));
}
