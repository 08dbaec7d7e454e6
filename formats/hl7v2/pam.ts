import { component, fieldText, segment } from './access.ts';
import type { Hl7Message, Hl7Segment } from './types.ts';

/** EVN, as sent. */
export interface Hl7Event {
  readonly segment: Hl7Segment;
  /** EVN-1: kept for old receivers, MSH-9.2 is what counts. */
  readonly code: string;
  /** EVN-2. */
  readonly recordedText: string;
  /** EVN-6. */
  readonly occurredText: string;
}

/** ZBE, the movement. Source: IHE PAM, ITI TF-2 §3.31. */
export interface Hl7Movement {
  readonly segment: Hl7Segment;
  /** ZBE-1.1. */
  readonly id: string;
  /** ZBE-2. */
  readonly startText: string;
  /** ZBE-4: `INSERT`, `UPDATE`, `CANCEL`. */
  readonly action: string;
  /** ZBE-5: `Y` for a movement of the past. */
  readonly historical: string;
  /** ZBE-6: the event that an update or a cancel is about. */
  readonly original: string;
  /** ZBE-9. */
  readonly nature: string;
}

/** ZFD, French complements of the identity. Source: protocols.md §7.6: only samples were read. */
export interface Hl7IdentityComplement {
  readonly segment: Hl7Segment;
  /** ZFD-3 and ZFD-4: `Y` or `N`; their meaning is not confirmed. */
  readonly flag3: string;
  readonly flag4: string;
  /** ZFD-5: how the identity was got, `INSI`. */
  readonly acquisition: string;
  /** ZFD-6: when INSi was asked. */
  readonly queriedText: string;
}

/** ZFA, the DMP of the patient and his choices, as sent. Source: protocols.md §7.6. */
export interface Hl7Consent {
  readonly segment: Hl7Segment;
  /** ZFA-1: `ACTIF`… and ZFA-2, its date. */
  readonly status: string;
  readonly statusText: string;
  /** ZFA-9: `INO` no opposition to the feeding, `IO` opposed, `NA` not asked; ZFA-10, its date. */
  readonly feeding: string;
  readonly feedingText: string;
  /** ZFA-11: `IC` consents to the consultation, `INC` refuses, `NA` not asked; ZFA-12, its date. */
  readonly consultation: string;
  readonly consultationText: string;
}

export function readZfa(message: Hl7Message): Hl7Consent | undefined {
  const zfa = segment(message, 'ZFA');
  const text = (field: number): string => component(message, zfa?.fields[field] ?? '', 1);
  return (
    zfa && {
      segment: zfa,
      status: text(1),
      statusText: text(2),
      feeding: text(9),
      feedingText: text(10),
      consultation: text(11),
      consultationText: text(12),
    }
  );
}

export function readEvn(message: Hl7Message): Hl7Event | undefined {
  const evn = segment(message, 'EVN');
  return (
    evn && {
      segment: evn,
      code: fieldText(message, evn, 1),
      recordedText: fieldText(message, evn, 2),
      occurredText: fieldText(message, evn, 6),
    }
  );
}

export function readZbe(message: Hl7Message): Hl7Movement | undefined {
  const zbe = segment(message, 'ZBE');
  return (
    zbe && {
      segment: zbe,
      id: component(message, zbe.fields[1] ?? '', 1),
      startText: fieldText(message, zbe, 2),
      action: fieldText(message, zbe, 4),
      historical: fieldText(message, zbe, 5),
      original: fieldText(message, zbe, 6),
      nature: fieldText(message, zbe, 9),
    }
  );
}

export function readZfd(message: Hl7Message): Hl7IdentityComplement | undefined {
  const zfd = segment(message, 'ZFD');
  return (
    zfd && {
      segment: zfd,
      flag3: fieldText(message, zfd, 3),
      flag4: fieldText(message, zfd, 4),
      acquisition: component(message, zfd.fields[5] ?? '', 1),
      queriedText: fieldText(message, zfd, 6),
    }
  );
}
