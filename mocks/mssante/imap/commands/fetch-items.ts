import type { Section } from '../message/section.ts';
import type { Arguments } from '../protocol/arguments.ts';
import { SyntaxProblem } from '../protocol/problems.ts';
import { wireAstring } from '../protocol/strings.ts';

export type SimpleItem = 'FLAGS' | 'UID' | 'INTERNALDATE' | 'RFC822.SIZE' | 'ENVELOPE' | 'BODY' | 'BODYSTRUCTURE';

export type FetchItem =
  | { readonly kind: 'simple'; readonly name: SimpleItem }
  | {
      readonly kind: 'section';
      /** Name in the reply: `BODY[1]<0>`. */
      readonly label: string;
      readonly section: Section;
      readonly partial: { readonly offset: number; readonly length: number } | undefined;
      /** Leaves `\Seen` as it is. */
      readonly peek: boolean;
    };

const simple = (name: SimpleItem): FetchItem => ({ kind: 'simple', name });
const whole = (label: string, text: Section['text'], peek: boolean): FetchItem => ({
  kind: 'section',
  label,
  section: { path: [], text, fields: [] },
  partial: undefined,
  peek,
});

const FAST: readonly FetchItem[] = [simple('FLAGS'), simple('INTERNALDATE'), simple('RFC822.SIZE')];
const MACROS: Readonly<Record<string, readonly FetchItem[]>> = {
  FAST,
  ALL: [...FAST, simple('ENVELOPE')],
  FULL: [...FAST, simple('ENVELOPE'), simple('BODY')],
};
const NAMED: Readonly<Record<string, FetchItem>> = {
  FLAGS: simple('FLAGS'),
  UID: simple('UID'),
  INTERNALDATE: simple('INTERNALDATE'),
  'RFC822.SIZE': simple('RFC822.SIZE'),
  ENVELOPE: simple('ENVELOPE'),
  BODY: simple('BODY'),
  BODYSTRUCTURE: simple('BODYSTRUCTURE'),
  RFC822: whole('RFC822', 'whole', false),
  'RFC822.HEADER': whole('RFC822.HEADER', 'header', true),
  'RFC822.TEXT': whole('RFC822.TEXT', 'text', false),
};
const MAX_LEVELS = 40;

/** Reads what a FETCH asks for: a macro, one item, or a list of items (RFC 3501 §6.4.5). */
export function takeFetchItems(args: Arguments): readonly FetchItem[] {
  if (args.startsWith('(')) return args.list(() => takeItem(args));
  const macro = args.match(/(?:ALL|FAST|FULL)(?![A-Za-z0-9.[])/iy);
  return macro === undefined ? [takeItem(args)] : (MACROS[macro.toUpperCase()] ?? []);
}

function takeItem(args: Arguments): FetchItem {
  const name = (args.match(/[A-Za-z0-9.]+/y) ?? '').toUpperCase();
  if ((name === 'BODY' || name === 'BODY.PEEK') && args.accept('[')) return takeSection(args, name === 'BODY.PEEK');
  const item = NAMED[name];
  if (item === undefined) throw new SyntaxProblem(`Unknown FETCH item ${name}`);
  return item;
}

function takeSection(args: Arguments, peek: boolean): FetchItem {
  const numbers = args.match(/[1-9]\d{0,8}(?:\.[1-9]\d{0,8})*/y);
  const path = numbers?.split('.').map(Number) ?? [];
  if (path.length > MAX_LEVELS) throw new SyntaxProblem('Part number too deep');
  const named = numbers === undefined || args.accept('.');
  const { text, fields, shown } = named ? takeText(args, path.length > 0) : WHOLE;
  args.expect(']');
  const partial = takePartial(args);
  const dot = numbers !== undefined && shown !== '' ? '.' : '';
  const origin = partial === undefined ? '' : `<${partial.offset}>`;
  return {
    kind: 'section',
    label: `BODY[${numbers ?? ''}${dot}${shown}]${origin}`,
    section: { path, text, fields },
    partial,
    peek,
  };
}

const WHOLE = { text: 'whole', fields: [], shown: '' } as const;

function takeText(
  args: Arguments,
  ofPart: boolean,
): { readonly text: Section['text']; readonly fields: readonly string[]; readonly shown: string } {
  const name = (args.match(/[A-Za-z.]+/y) ?? '').toUpperCase();
  if (name === 'HEADER.FIELDS' || name === 'HEADER.FIELDS.NOT') {
    args.space();
    const fields = args.list(() => args.astring());
    if (fields.length === 0) throw new SyntaxProblem('Expected a field name');
    return {
      text: name === 'HEADER.FIELDS' ? 'fields' : 'fields-not',
      fields: fields.map((field) => field.toLowerCase()),
      shown: `${name} (${fields.map(wireAstring).join(' ')})`,
    };
  }
  if (name === 'HEADER') return { text: 'header', fields: [], shown: name };
  if (name === 'TEXT') return { text: 'text', fields: [], shown: name };
  if (name === 'MIME' && ofPart) return { text: 'mime', fields: [], shown: name };
  if (name === '' && !ofPart) return WHOLE;
  throw new SyntaxProblem(`Unknown section ${name}`);
}

function takePartial(args: Arguments): { readonly offset: number; readonly length: number } | undefined {
  if (!args.accept('<')) return undefined;
  const offset = args.number();
  args.expect('.');
  const length = args.number();
  args.expect('>');
  if (length === 0) throw new SyntaxProblem('A partial fetch takes at least one byte');
  return { offset, length };
}
