/** A record of a CSV file. */
export interface CsvRecord {
  /** 1-based line on which it begins. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvFault {
  readonly line: number;
  readonly message: string;
}

const MAX_RECORD = 64 * 1024;

/**
 * Reads CSV as it comes (RFC 4180; separators comma, semicolon, tab or bar, the one that the first line has most of).
 * A record is bounded: one that never ends is a fault, and the reading stops there.
 *
 * @param chunks bytes in UTF-8, with or without a mark
 * @throws {TypeError} `ERR_ENCODING_INVALID_ENCODED_DATA` for bytes of another encoding: what they say is not known
 */
export async function* readCsv(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRecord | CsvFault> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let line = 1;
  let separator: string | undefined;
  const take = function* (final: boolean): Generator<CsvRecord | CsvFault> {
    while (rest !== '') {
      const end = endOfRecord(rest, final);
      if (end === undefined) {
        if (rest.length > MAX_RECORD || final) {
          const why = final
            ? 'des guillemets ouverts ne sont pas refermés'
            : `la ligne dépasse ${MAX_RECORD} caractères`;
          yield { line, message: why };
          rest = '';
        }
        return;
      }
      const record = rest.slice(0, end.text);
      rest = rest.slice(end.next);
      separator ??= separatorOf(record);
      if (record.trim() !== '') yield { line, cells: cellsOf(record, separator) };
      line += record.split(/\r\n|\r|\n/).length;
    }
  };
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    for (const one of take(false)) {
      yield one;
      if ('message' in one) return;
    }
  }
  rest += decoder.decode();
  yield* take(true);
}

/** Where the first record ends, and where the next begins; undefined when it may go on in the next chunk. */
function endOfRecord(text: string, final: boolean): { readonly text: number; readonly next: number } | undefined {
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '\n' || character === '\r')) {
      // A CR at the very end may be followed by its LF.
      if (character === '\r' && at + 1 === text.length && !final) return undefined;
      return { text: at, next: character === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1 };
    }
    if (at > MAX_RECORD) return undefined;
  }
  return final && !quoted ? { text: text.length, next: text.length } : undefined;
}

function separatorOf(record: string): string {
  const counts = [',', ';', '\t', '|'].map((one) => [one, record.split(one).length] as const);
  return counts.toSorted(([, left], [, right]) => right - left)[0]?.[0] ?? ',';
}

function cellsOf(record: string, separator: string): readonly string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < record.length; at += 1) {
    const character = record[at] ?? '';
    if (character === '"') {
      if (quoted && record[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = !quoted;
    } else if (character === separator && !quoted) {
      cells.push(cell);
      cell = '';
    } else cell += character;
  }
  return [...cells, cell];
}
