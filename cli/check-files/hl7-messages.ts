import { mllpReader } from '#formats/hl7v2/index.ts';

/** Most messages of one file that are judged. */
export const MAX_MESSAGES = 200_000;

/**
 * The HL7 v2 messages of a file: one alone, several one after the other (batch headers left out), or MLLP blocks.
 *
 * @returns the bytes of each message; of the whole file when no message begins in it, so that the reader says why
 */
export function splitMessages(bytes: Uint8Array): readonly Uint8Array[] {
  if (bytes[0] === 0x0b) {
    const { messages } = mllpReader().push(bytes);
    if (messages.length > 0) return messages;
  }
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts: number[] = [];
  for (let at = buffer.indexOf('MSH'); at >= 0 && starts.length <= MAX_MESSAGES; at = buffer.indexOf('MSH', at + 3)) {
    const before = at === 0 ? 0x0d : buffer[at - 1];
    const bom = at === 3 && buffer[0] === 0xef;
    if (before === 0x0d || before === 0x0a || bom) starts.push(at);
  }
  if (starts.length === 0) return [bytes];
  return starts.map((start, index) => withoutBatch(buffer.subarray(start, starts[index + 1] ?? buffer.length)));
}

/** Batch and file segments stand between messages: they belong to none. */
function withoutBatch(message: Buffer): Uint8Array {
  const cut = /[\r\n](?:BHS|BTS|FHS|FTS)\b/.exec(message.toString('latin1'));
  return cut === null ? message : message.subarray(0, cut.index + 1);
}
