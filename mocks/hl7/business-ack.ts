import { components, hl7Time, rawField, writeHl7, type Hl7SegmentParts } from '#formats/hl7v2/index.ts';
import type { Hl7Domain } from './feed-types.ts';
import data from './business-acks.json' with { type: 'json' };

/** What a platform tells of a document that the product gave it. */
export interface BusinessAckOrder {
  /** Z01 receipt of the DMP, Z02 receipt of MSSanté, Z03 reading of the mail. */
  readonly event: 'Z01' | 'Z02' | 'Z03';
  /** MSH-10 of the message that carried the document. */
  readonly about: string;
  readonly domain: Hl7Domain;
  /** Absent: it went well. */
  readonly error?: { readonly code: string; readonly text: string };
  /** Mailbox that the mail went to, or that of who read it (Z02, Z03). */
  readonly mailbox?: string;
  /** MSH-5 and MSH-6. */
  readonly receiver?: { readonly name: string; readonly facility: string };
}

/**
 * Writes a business acknowledgement (ZAM, HL7 2.6): what became of a document in the DMP or in secure mail.
 * Source: protocols.md §7.5.
 *
 * @returns bytes without MLLP framing, UTF-8, segments ended by CR
 */
export function writeBusinessAck(
  { event, about, domain, error, mailbox, receiver }: BusinessAckOrder,
  { at, controlId }: { readonly at: Date; readonly controlId: string },
): Uint8Array {
  const { acknowledges, mailbox: named } = data.events[event];
  const line = (
    rank: number,
    type: string,
    code: string,
    value: Hl7SegmentParts['fields'][number],
  ): Hl7SegmentParts => ({
    name: 'OBX',
    fields: {
      1: String(rank),
      2: type,
      3: components(code, data.labels[code as keyof typeof data.labels], data.system),
      4: about,
      5: value,
      11: 'F',
    },
  });
  return writeHl7([
    {
      name: 'MSH',
      fields: {
        3: domain.name,
        4: domain.facility,
        5: receiver?.name ?? 'SGL',
        6: receiver?.facility ?? 'LABORATOIRE DE BIOLOGIE TEST',
        7: hl7Time(at),
        9: components('ZAM', event, `ZAM_${event}`),
        10: controlId,
        11: 'P',
        12: data.version,
        17: 'FRA',
        18: 'UNICODE UTF-8',
      },
    },
    line(1, 'CWE', acknowledges, components(error === undefined ? 'Y' : 'N', '', data.yesNoTable)),
    ...(mailbox === undefined || named === '' ? [] : [line(2, 'ST', named, mailbox)]),
    ...(error === undefined
      ? []
      : [
          {
            name: 'ERR',
            fields: {
              3: rawField('207^Application error^messageErrorCondition'),
              4: 'E',
              5: components(error.code, error.text, data.errorTables[event]),
            },
          },
        ]),
  ]);
}
