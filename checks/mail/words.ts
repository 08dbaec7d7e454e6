/** Longest text compared; what is beyond is left out on both sides. */
const MAX_TEXT = 512 * 1024;
/** Elements that end a word: two cells or two paragraphs are not one word. */
const BLOCK =
  /^(?:address|article|aside|blockquote|body|br|caption|center|dd|div|dl|dt|figure|footer|form|h[1-6]|header|hr|html|img|li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul)$/;
/** Elements whose text nobody reads. */
const UNSEEN = /^(?:head|style|script|title|template|noscript)$/;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  eacute: 'é',
  egrave: 'è',
  ecirc: 'ê',
  euml: 'ë',
  agrave: 'à',
  acirc: 'â',
  ccedil: 'ç',
  ugrave: 'ù',
  ucirc: 'û',
  icirc: 'î',
  iuml: 'ï',
  ocirc: 'ô',
  oelig: 'œ',
  Eacute: 'É',
  Egrave: 'È',
  Ecirc: 'Ê',
  Agrave: 'À',
  Ccedil: 'Ç',
  Ocirc: 'Ô',
  OElig: 'Œ',
  rsquo: '’',
  lsquo: '‘',
  laquo: '«',
  raquo: '»',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  euro: '€',
  deg: '°',
  micro: 'µ',
  middot: '·',
};

/** Words of a text, in order: letters and digits, whatever separates them. */
export function wordsOf(text: string): readonly string[] {
  return (
    text
      .slice(0, MAX_TEXT)
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** Words that a reader of an HTML body sees, in order. One pass, whatever the markup: nothing here goes back. */
export function wordsOfHtml(html: string): readonly string[] {
  const source = html.slice(0, MAX_TEXT);
  let text = '';
  for (let at = 0; at < source.length;) {
    const open = source.indexOf('<', at);
    text += decode(source.slice(at, open === -1 ? source.length : open));
    if (open === -1) break;
    if (source.startsWith('<!--', open)) {
      at = after(source, '-->', open);
      continue;
    }
    const tag = /^<(\/?)([A-Za-z][A-Za-z0-9]{0,30})/.exec(source.slice(open, open + 40));
    if (!tag && !/^<[!?/]/.test(source.slice(open, open + 2))) {
      text += '<';
      at = open + 1;
      continue;
    }
    at = after(source, '>', open);
    const name = tag?.[2]?.toLowerCase() ?? '';
    if (BLOCK.test(name)) text += ' ';
    if (tag?.[1] === '' && UNSEEN.test(name)) at = afterEnd(source, name, at);
  }
  return wordsOf(text);
}

/** Where two lists of words part, in French; undefined when they say the same. */
export function firstDifference(one: readonly string[], other: readonly string[]): string | undefined {
  const length = Math.max(one.length, other.length);
  for (let index = 0; index < length; index += 1) {
    if (one[index] !== other[index]) return `${around(one, index)} / ${around(other, index)}`;
  }
  return undefined;
}

function around(words: readonly string[], index: number): string {
  return index < words.length ? `« ${words.slice(index, index + 6).join(' ')} »` : '(fin du texte)';
}

function after(source: string, end: string, from: number): number {
  const found = source.indexOf(end, from);
  return found === -1 ? source.length : found + end.length;
}

function afterEnd(source: string, name: string, from: number): number {
  const end = new RegExp(`</${name}\\s{0,20}>`, 'gi');
  end.lastIndex = from;
  const found = end.exec(source);
  // Without its end, the rest of the text belongs to it.
  return found === null ? source.length : found.index + found[0].length;
}

function decode(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,8}));/g, (whole, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(String(hex), 16) : undefined;
    if (code !== undefined) return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
    return NAMED[String(name)] ?? whole;
  });
}
