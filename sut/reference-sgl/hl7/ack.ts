import { randomBytes } from 'node:crypto';
import { decodeMessage } from './bytes.ts';
import { components, escapeText, readMessage, writeMessage, writeSegment, type Hl7Message } from './message.ts';
import type { Hl7Refusal } from './types.ts';
import { timestamp } from './write.ts';

/** An identifier of message that nobody used: HL7 2.5 holds it in 20 characters. */
export function newControlId(): string {
  return randomBytes(10).toString('hex').toUpperCase();
}

/**
 * Acknowledges a message: AA, or the refusal with its ERR segment.
 *
 * @param message undefined when its header could not be read
 */
export function writeAck(
  message: Hl7Message | undefined,
  refusal: Hl7Refusal | undefined,
  controlId: string,
  at: Date,
): string {
  const header = message?.segment('MSH');
  const echo = (field: number, component?: number): string => escapeText(header?.text(field, component) ?? '');
  return writeMessage([
    writeSegment('MSH', {
      3: echo(5),
      4: echo(6),
      5: echo(3),
      6: echo(4),
      7: timestamp(at),
      9: header ? components('ACK', header.text(9, 2), 'ACK') : 'ACK',
      10: controlId,
      11: echo(11) || 'P',
      12: header ? components(header.text(12), header.text(12, 2), header.text(12, 3)) || '2.5' : '2.5',
      17: 'FRA',
      18: 'UNICODE UTF-8',
    }),
    writeSegment('MSA', { 1: refusal?.ack ?? 'AA', 2: echo(10) }),
    ...(refusal
      ? [
          writeSegment('ERR', {
            2: refusal.location,
            3: components(refusal.code, refusal.message, 'messageErrorCondition'),
            4: 'E',
            8: escapeText(refusal.message),
          }),
        ]
      : []),
  ]);
}

export interface Ack {
  code: 'AA' | 'AE' | 'AR';
  /** French sentence when it is not AA. */
  detail: string;
}

/**
 * Reads the acknowledgement of the message `controlId`.
 *
 * @returns undefined when it is not one, or acknowledges something else
 */
export function readAck(bytes: Uint8Array, controlId: string): Ack | undefined {
  try {
    const message = readMessage(decodeMessage(bytes));
    const answer = message.segment('MSA');
    // CA, CE and CR of the enhanced mode mean the same to us.
    const code = `A${(answer?.text(1) ?? '').slice(1)}`;
    if (!answer || answer.text(2) !== controlId || (code !== 'AA' && code !== 'AE' && code !== 'AR')) return undefined;
    const error = message.segment('ERR');
    const said = [error?.text(3, 1), error?.text(8) || error?.text(3, 2) || answer.text(3)].filter(Boolean).join(' ');
    return { code, detail: code === 'AA' ? '' : (said || 'sans motif').slice(0, 300) };
  } catch {
    return undefined;
  }
}
