import { wireNstring, type Wire } from '../protocol/strings.ts';
import { wireAddresses } from './addresses.ts';
import { fieldsOf, firstValue, valueOf } from './fields.ts';

/**
 * Writes the ENVELOPE of the header that stands at `start…end` (RFC 3501 §7.4.2): Sender and Reply-To are From when they
 * are absent or empty.
 */
export function wireEnvelope(source: Buffer, start: number, end: number): Wire {
  const fields = fieldsOf(source, start, end);
  const value = (name: string): Wire => wireNstring(firstValue(source, fields, name));
  const addresses = (name: string): Wire => {
    const values = fields.filter((one) => one.name === name).map((one) => valueOf(source, one));
    return wireAddresses(values.length === 0 ? undefined : values.join(', '));
  };
  const from = addresses('from');
  const orFrom = (name: string): Wire => {
    const found = addresses(name);
    return found === 'NIL' ? from : found;
  };
  return `(${[
    value('date'),
    value('subject'),
    from,
    orFrom('sender'),
    orFrom('reply-to'),
    addresses('to'),
    addresses('cc'),
    addresses('bcc'),
    value('in-reply-to'),
    value('message-id'),
  ].join(' ')})`;
}
