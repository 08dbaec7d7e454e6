const VT = 0x0b;
const FS = 0x1c;

/** Most messages of one file that are judged. */
export const MAX_MESSAGES = 200_000;

/** The messages of a file, and what a reader of it should know of their framing. */
export interface SplitMessages {
  readonly messages: readonly Uint8Array[];
  /** Ranks, from 0, of the MLLP blocks that nothing ends but that stop after a whole segment: they can be judged. */
  readonly unended: readonly number[];
  /** Ranks of those that stop in the middle of a segment. */
  readonly cut: readonly number[];
  /** Whether there is something else than line ends between MLLP blocks. */
  readonly stray: boolean;
  /** Whether there are more messages than are judged. */
  readonly more: boolean;
}

/**
 * The HL7 v2 messages of a file: one alone, several one after the other (batch headers left out), or MLLP blocks, such as
 * those of a network capture, whatever lies between them.
 *
 * @returns the bytes of each message; of the whole file when no message begins in it, so that the reader says why
 */
export function splitMessages(bytes: Uint8Array): SplitMessages {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer[0] === VT || buffer.includes('\u{b}MSH', 0, 'latin1')
    ? blocksOf(buffer)
    : { ...plainOf(buffer), unended: [], cut: [], stray: false };
}

/** A block ends by <FS>, or where the next one begins. */
function blocksOf(buffer: Buffer): SplitMessages {
  const messages: Uint8Array[] = [];
  const unended: number[] = [];
  const cut: number[] = [];
  let stray = false;
  let at = 0;
  while (at < buffer.length && messages.length < MAX_MESSAGES) {
    const start = buffer.indexOf(VT, at);
    const between = buffer.subarray(at, start === -1 ? buffer.length : start);
    stray ||= /[^\s\0]/.test(between.toString('latin1'));
    if (start === -1) return { messages, unended, cut, stray, more: false };
    const [end, next] = [buffer.indexOf(FS, start + 1), buffer.indexOf(VT, start + 1)].map((one) =>
      one === -1 ? buffer.length : one,
    ) as [number, number];
    const stop = Math.min(end, next);
    if (stop !== end || end === buffer.length) {
      const last = buffer[stop - 1];
      (last === 0x0d || last === 0x0a ? unended : cut).push(messages.length);
    }
    messages.push(buffer.subarray(start + 1, stop));
    at = stop === end ? end + 1 : stop;
  }
  return { messages, unended, cut, stray, more: at < buffer.length };
}

function plainOf(buffer: Buffer): Pick<SplitMessages, 'messages' | 'more'> {
  const starts: number[] = [];
  for (let at = buffer.indexOf('MSH'); at >= 0 && starts.length <= MAX_MESSAGES; at = buffer.indexOf('MSH', at + 3)) {
    const before = at === 0 ? 0x0d : buffer[at - 1];
    const bom = at === 3 && buffer[0] === 0xef;
    if (before === 0x0d || before === 0x0a || bom) starts.push(at);
  }
  if (starts.length === 0) return { messages: [buffer], more: false };
  const messages = starts
    .slice(0, MAX_MESSAGES)
    .map((start, index) => withoutBatch(buffer.subarray(start, starts[index + 1] ?? buffer.length)));
  return { messages, more: starts.length > MAX_MESSAGES };
}

/** Batch and file segments stand between messages: they belong to none. */
function withoutBatch(message: Buffer): Uint8Array {
  const cut = /[\r\n](?:BHS|BTS|FHS|FTS)\b/.exec(message.toString('latin1'));
  return cut === null ? message : message.subarray(0, cut.index + 1);
}
