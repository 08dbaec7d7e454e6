import { wireBodyStructure } from '../message/body-structure.ts';
import { wireEnvelope } from '../message/envelope.ts';
import { MessageReader } from '../message/message-reader.ts';
import { formatDateTime } from '../protocol/dates.ts';
import { takeChosen, type ChosenMessage } from './chosen.ts';
import { takeFetchItems, type FetchItem, type SimpleItem } from './fetch-items.ts';
import type { CommandHandler, OpenedSession } from './types.ts';

const FLAGS: FetchItem = { kind: 'simple', name: 'FLAGS' };
const UID: FetchItem = { kind: 'simple', name: 'UID' };

/** FETCH and UID FETCH (RFC 3501 §6.4.5, §6.4.8). Reading a body without PEEK sets `\Seen`, and says so. */
export const fetch: CommandHandler = async (session, call) => {
  const { view } = session;
  const { args, uid } = call;
  args.space();
  const messages = takeChosen(view, call);
  args.space();
  const asked = takeFetchItems(args);
  args.end();
  const has = (name: SimpleItem): boolean => asked.some((item) => item.kind === 'simple' && item.name === name);
  const items = uid && !has('UID') ? [UID, ...asked] : asked;
  const marks = !view.readOnly && items.some((item) => item.kind === 'section' && !item.peek);
  const found = messages();
  for (const { message, sequence } of found) {
    const marked = marks && view.folder.setFlags(message, new Set([...message.flags, '\\Seen']));
    const all = marked && !has('FLAGS') ? [...items, FLAGS] : items;
    for (const line of view.tellKeywords()) session.reply(line);
    session.write(`* ${sequence} FETCH (`);
    const reader = new MessageReader(message.source);
    for (const [index, item] of all.entries()) {
      if (index > 0) session.write(' ');
      if (item.kind === 'section') await writeSection(session, { message, sequence }, reader, item);
      else session.write(`${item.name} ${simpleValue(session, { message, sequence }, reader, item.name)}`);
    }
    session.reply(')');
    if (marked || has('FLAGS')) view.flagsTold(message);
    await session.drained();
  }
  return { text: `${uid ? 'UID ' : ''}FETCH completed`, note: `${found.length} réponse(s)` };
};

function simpleValue(
  { view }: OpenedSession,
  { message }: ChosenMessage,
  reader: MessageReader,
  name: SimpleItem,
): string {
  switch (name) {
    case 'FLAGS':
      return `(${view.flagsOf(message)})`;
    case 'UID':
      return String(message.uid);
    case 'INTERNALDATE':
      return `"${formatDateTime(message.internalDate)}"`;
    case 'RFC822.SIZE':
      return String(message.source.size);
    case 'ENVELOPE': {
      const header = reader.header();
      return wireEnvelope(header, 0, header.length);
    }
    case 'BODY':
      return wireBodyStructure(reader.whole(), reader.structure(), false);
    case 'BODYSTRUCTURE':
      return wireBodyStructure(reader.whole(), reader.structure(), true);
  }
}

async function writeSection(
  session: OpenedSession,
  { message }: ChosenMessage,
  reader: MessageReader,
  { label, section, partial }: Extract<FetchItem, { kind: 'section' }>,
): Promise<void> {
  const found = reader.section(section);
  if (found === undefined) {
    session.write(`${label} NIL`);
    return;
  }
  const [from, to] = 'bytes' in found ? [0, found.bytes.length] : [found.start, found.end];
  const start = Math.min(from + (partial?.offset ?? 0), to);
  const end = partial === undefined ? to : Math.min(start + partial.length, to);
  session.write(`${label} {${end - start}}\r\n`);
  if ('bytes' in found) session.write(found.bytes.toString('latin1', start, end));
  else await session.writeSource(message.source, start, end);
}
