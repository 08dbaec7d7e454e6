import {
  components,
  hl7Date,
  hl7Time,
  rawField,
  repeated,
  subcomponents,
  writeHl7,
  type Hl7Field,
  type Hl7SegmentParts,
} from '#formats/hl7v2/index.ts';
import type { TestPatient } from '../population/types.ts';
import type { FeedOrder, Hl7Domain } from './feed-types.ts';
import data from './feeds.json' with { type: 'json' };

const AUTHORITIES: Readonly<Record<string, string>> = data.insAuthorities;
const DMP_STATUS: Readonly<Record<string, string>> = data.dmpStatus;

/** Moment and identifiers of a message. */
interface Stamp {
  readonly at: Date;
  /** MSH-10, and the numbers of visit and movement that come with it. */
  readonly controlId: string;
}

/**
 * Writes an identity message as a partner of the product would send it (IHE PAM France 2.11): A01, A03, A04 and A08 for
 * a stay, A28 and A31 for an identity, A40 for a merge, A47 for the loss of an INS, whose PID carries none.
 * With the INS, traits are those that INSi holds; without it, those of the identity document.
 * Source: protocols.md §7.2, §7.6; what is not confirmed is in `feeds.json`.
 *
 * @returns bytes without MLLP framing, UTF-8, segments ended by CR
 * @throws {RangeError} for an A40 that does not say what it merges, or an override whose name is no field
 */
export function writeFeed(order: FeedOrder, stamp: Stamp): Uint8Array {
  const event = data.events[order.event];
  const segments: Hl7SegmentParts[] = [
    header(order, event.structure, stamp),
    { name: 'EVN', fields: { 2: hl7Time(stamp.at), ...(event.movement === '' ? {} : { 6: hl7Time(stamp.at) }) } },
    person(order, stamp.at),
  ];
  if (event.merge) segments.push({ name: 'MRG', fields: { 1: merged(order) } });
  if (event.patientClass !== '') segments.push(visit(order, event.patientClass, stamp));
  if (event.movement !== '') segments.push(movement(order, event.movement, stamp));
  if (event.complements) segments.push(...complements(order, stamp.at));
  return writeHl7(overridden(segments, order));
}

function header({ event, domain, overrides }: FeedOrder, structure: string, { at, controlId }: Stamp): Hl7SegmentParts {
  return {
    name: 'MSH',
    fields: {
      3: domain.name,
      4: domain.facility,
      5: overrides?.receiver?.name ?? 'SGL',
      6: overrides?.receiver?.facility ?? 'LABORATOIRE DE BIOLOGIE TEST',
      7: hl7Time(at),
      9: components('ADT', event, structure),
      10: controlId,
      11: 'P',
      12: rawField(data.version),
      17: data.country,
      18: data.characterSet,
      19: data.language,
      21: rawField(data.profile),
    },
  };
}

function person(order: FeedOrder, at: Date): Hl7SegmentParts {
  const { patient, domain, localId, identity, overrides } = order;
  const held = identity.withIns ? { ...patient, ...patient.insiTraits } : patient;
  const traits = { ...held, ...overrides?.traits };
  const [first = ''] = traits.firstNames;
  const used = overrides?.traits;
  const birthName = components(traits.birthName, first, traits.firstNames.join(' '), '', '', '', 'L');
  const usedName =
    used?.usedName === undefined && used?.usedFirstName === undefined
      ? []
      : [components(used.usedName ?? traits.birthName, used.usedFirstName ?? first, '', '', '', '', 'D')];
  const reliability = typeof identity.reliability === 'string' ? [identity.reliability] : identity.reliability;
  const known = reliability.some((code) => code !== '');
  return {
    name: 'PID',
    fields: {
      3: repeated(localIdentifier(localId, domain), ...(identity.withIns ? [insIdentifier(order)] : [])),
      5: repeated(birthName, ...usedName),
      7: hl7Date(traits.birthDate),
      8: traits.sex,
      11: traits.birthPlace === '' ? '' : components('', '', '', '', '', '', 'BDL', '', traits.birthPlace),
      29: hl7Date(patient.deathDate ?? ''),
      30: patient.deathDate === undefined ? '' : 'Y',
      32: known ? repeated(...reliability) : '',
      33: known ? hl7Time(at) : '',
    },
  };
}

function localIdentifier(value: string, { oid, facility }: Hl7Domain): Hl7Field {
  return components(value, '', '', subcomponents(facility, oid, 'ISO'), 'PI');
}

function insIdentifier({ patient, overrides }: FeedOrder): Hl7Field {
  return nationalIdentifier(overrides?.ins?.value ?? patient.ins, overrides?.ins?.oid ?? patient.oid);
}

function nationalIdentifier(value: string, oid: string): Hl7Field {
  return components(value, '', '', subcomponents(AUTHORITIES[oid] ?? 'ASIP-SANTE-INS-NIR', oid, 'ISO'), 'INS');
}

function merged({ event, patient, domain, merge }: FeedOrder): Hl7Field {
  const gone = merge ?? (event === 'A47' ? { ins: { value: patient.ins, oid: patient.oid } } : {});
  const identifiers = [
    ...(gone.localId === undefined ? [] : [localIdentifier(gone.localId, domain)]),
    ...(gone.ins === undefined ? [] : [nationalIdentifier(gone.ins.value, gone.ins.oid)]),
  ];
  if (identifiers.length === 0)
    throw new RangeError(`Un ${event} doit dire quel identifiant il fait disparaître (MRG-1).`);
  return repeated(...identifiers);
}

function visit({ domain }: FeedOrder, patientClass: string, { controlId }: Stamp): Hl7SegmentParts {
  const number = components(`V${controlId}`, '', '', subcomponents(domain.facility, domain.oid, 'ISO'), 'VN');
  return { name: 'PV1', fields: { 1: '1', 2: patientClass, ...(patientClass === 'N' ? {} : { 19: number }) } };
}

function movement({ domain }: FeedOrder, nature: string, { at, controlId }: Stamp): Hl7SegmentParts {
  return {
    name: 'ZBE',
    fields: {
      1: components(`M${controlId}`, domain.facility, domain.oid, 'ISO'),
      2: hl7Time(at),
      4: 'INSERT',
      5: 'N',
      9: nature,
    },
  };
}

/** DMP status and consents (ZFA), and how the identity was got (ZFD) when it was from INSi. */
function complements({ patient, identity, consent }: FeedOrder, at: Date): readonly Hl7SegmentParts[] {
  const today = hl7Date(at.toISOString().slice(0, 10));
  const status = statusOf(patient);
  const { feeding, consultation } = consent ?? { feeding: 'INO', consultation: 'IC' };
  const since = (choice: string): string => (choice === 'NA' ? '' : today);
  return [
    {
      name: 'ZFA',
      fields: { 1: status, 2: today, 9: feeding, 10: since(feeding), 11: consultation, 12: since(consultation) },
    },
    ...(identity.withIns ? [{ name: 'ZFD', fields: { 5: 'INSI', 6: today } }] : []),
  ];
}

function statusOf({ situation }: TestPatient): string {
  return DMP_STATUS[situation] ?? data.dmpStatus.usual;
}

function overridden(segments: readonly Hl7SegmentParts[], { overrides }: FeedOrder): readonly Hl7SegmentParts[] {
  const changes = Object.entries(overrides?.fields ?? {}).map(([place, text]) => {
    const [, name, number] = /^([A-Z][A-Z0-9]{2})-(\d{1,3})$/.exec(place) ?? [];
    if (name === undefined || !segments.some((one) => one.name === name)) {
      throw new RangeError(`« ${place} » n’est pas un champ de ce message.`);
    }
    return { name, number: Number(number), text };
  });
  return segments
    .filter(({ name }) => overrides?.without?.includes(name) !== true)
    .map(({ name, fields }) => ({
      name,
      fields: {
        ...fields,
        ...Object.fromEntries(
          changes.filter((change) => change.name === name).map(({ number, text }) => [number, rawField(text)]),
        ),
      },
    }));
}
