import { component, fieldText, repetitions, segments } from './access.ts';
import type { Hl7Message, Hl7Segment } from './types.ts';

/** A PRT: who sends a document, who must receive it, who is answered. Texts are unescaped, empty when absent. */
export interface Hl7Participation {
  readonly segment: Hl7Segment;
  /** PRT-2. */
  readonly action: string;
  /** PRT-4.1 and PRT-4.3: `SB` sender, `RCT` recipient, `REPLY` return address; `participation`. */
  readonly role: string;
  readonly roleSystem: string;
  /** PRT-5. */
  readonly person: {
    readonly id: string;
    readonly familyName: string;
    readonly givenName: string;
    /** OID of the authority. */
    readonly authority: string;
    /** `IDNPS`, `RPPS`, `INS`. */
    readonly type: string;
  };
  /** PRT-8. */
  readonly organization: { readonly name: string; readonly type: string; readonly id: string };
  /** PRT-10.1: number of an application. */
  readonly device: string;
  /** PRT-15: each `^^X.400^address`. */
  readonly addresses: readonly { readonly kind: string; readonly address: string; readonly repetition: number }[];
}

/** The PRT of a message, in order. Source: protocols.md §7.2 (PRT of HL7 2.9, adopted ahead of time). */
export function readParticipations(message: Hl7Message): readonly Hl7Participation[] {
  return segments(message, 'PRT').map((prt) => {
    const first = (field: number): string => repetitions(message, prt, field)[0] ?? '';
    const part = (field: number, number: number, sub?: number): string => component(message, first(field), number, sub);
    return {
      segment: prt,
      action: fieldText(message, prt, 2),
      role: part(4, 1),
      roleSystem: part(4, 3),
      person: {
        id: part(5, 1),
        familyName: part(5, 2, 1),
        givenName: part(5, 3),
        authority: part(5, 9, 2),
        type: part(5, 13),
      },
      organization: { name: part(8, 1), type: part(8, 7), id: part(8, 10) },
      device: part(10, 1),
      addresses: repetitions(message, prt, 15).map((one, index) => ({
        kind: component(message, one, 3),
        address: component(message, one, 4),
        repetition: index + 1,
      })),
    };
  });
}
