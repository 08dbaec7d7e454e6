import { readFields } from './fields.ts';
import { leaves, readMail } from './read.ts';
import type { Mail, MailHeader, MailPart, MailReading } from './types.ts';

/** The machine-readable part of a report on a mail, group of fields by group of fields. */
export interface MailReport {
  readonly kind: 'disposition-notification' | 'delivery-status';
  /** `report-type` of the multipart/report, lower case; undefined when the report is not in one. */
  readonly declared: string | undefined;
  readonly part: MailPart;
  /** RFC 8098 has one group; RFC 3464 has one for the message, then one a recipient. */
  readonly groups: readonly (readonly MailHeader[])[];
  /** The mail reported on, or its header, when the report gives it back. */
  readonly returned: MailPart | undefined;
}

const MAX_GROUPS = 100;
const MAX_FIELDS = 200;
const KINDS = new Map([
  ['message/disposition-notification', 'disposition-notification'],
  ['message/global-disposition-notification', 'disposition-notification'],
  ['message/delivery-status', 'delivery-status'],
  ['message/global-delivery-status', 'delivery-status'],
] as const satisfies readonly (readonly [string, MailReport['kind']])[]);
const RETURNED = /^(?:message\/(?:rfc822|global|global-headers)|text\/rfc822-headers)$/;

/**
 * Reads the report that a mail carries (RFC 6522): read report (RFC 8098) or delivery report (RFC 3464).
 * @returns undefined when no part is one
 */
export function readReport(mail: Mail): MailReport | undefined {
  const all = leaves(mail.root);
  for (const part of all) {
    const kind = (KINDS as ReadonlyMap<string, MailReport['kind']>).get(part.contentType?.type ?? '');
    if (kind === undefined) continue;
    const { root } = mail;
    const whole = root.contentType?.type === 'multipart/report';
    return {
      kind,
      declared: whole ? (root.contentType?.parameters['report-type']?.toLowerCase() ?? '') : undefined,
      part,
      groups: groupsOf(part.content),
      returned: all.find((one) => RETURNED.test(one.contentType?.type ?? '')),
    };
  }
  return undefined;
}

/** Reads the mail inside a message/rfc822 part, or its header alone; the bounds of `readMail` hold for it too. */
export function readReturned(part: MailPart): MailReading {
  return readMail(part.content);
}

/** First value of a field of the report, by name without case. */
export function reportField(report: MailReport, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return report.groups.flat().find((one) => one.name.toLowerCase() === wanted)?.value;
}

function groupsOf(content: Uint8Array): MailHeader[][] {
  const groups: MailHeader[][] = [];
  for (let at = 0, line = 1; at < content.length && groups.length < MAX_GROUPS;) {
    const block = readFields(content, at, content.length, line, MAX_FIELDS, []);
    if (block.headers.length > 0) groups.push([...block.headers]);
    at = block.end;
    line = block.line;
  }
  return groups;
}
