import type { Finding, Rule } from '#dsr/verdict/index.ts';
import { writtenIds } from '#formats/cda/index.ts';
import { readHl7, type Hl7Message } from '#formats/hl7v2/index.ts';
import { findingOf } from '../../rule/index.ts';
import { carriesDocuments, metaValue, subjectOf } from './subject.ts';
import { HOSPITAL, VOLET } from './structure-rules.ts';
import type { AskedDelivery, DocumentSubject } from './types.ts';

const common = { requirements: HOSPITAL, layer: 'business', severity: 'error', source: VOLET } as const;

const FORMS = {
  ...common,
  id: 'HL7-DELIVERY-FORMS',
  title: 'Les messages d’un compte rendu portent son CDA N3 et son CDA N1.',
  expected: 'le CDA N3 et le CDA N1, dans un message ou dans deux',
  remedy: 'Envoyez les deux niveaux : la plateforme verse l’un et l’autre au DMP.',
} as const;

const DESTINATIONS = {
  ...common,
  id: 'HL7-DELIVERY-DESTINATIONS',
  title: 'Chaque destination choisie dans le produit est demandée par un message.',
  expected: 'DESTDMP, DESTMSSANTEPS ou DESTMSSANTEPAT à Y, et un PRT RCT par destinataire',
  remedy: 'Demandez à la plateforme chaque destination que l’utilisateur a choisie.',
} as const;

const SAME = {
  ...common,
  id: 'HL7-DELIVERY-SAME',
  title: 'Le document du message est celui que le produit garde, à l’octet près.',
  expected: 'les octets du CDA du produit',
  remedy: 'Encodez les octets du CDA sans les relire ni les réécrire.',
} as const;

/** Rules on all the messages of one report. */
export const DELIVERY_RULES: readonly Rule[] = [FORMS, DESTINATIONS, SAME];

/** One validated report, and what left the product because of it. */
export interface DeliveryCase {
  readonly asked: AskedDelivery;
  /** Messages of the report, as received, in order. */
  readonly messages: readonly { readonly label: string; readonly bytes: Uint8Array }[];
  /** The CDA of the report as the product gave them, with their ids. */
  readonly produced: readonly { readonly id: string; readonly bytes: Uint8Array }[];
}

/** Judges what the messages of one report say together (protocols.md §7.2, §7.7 H4; DOC/va1.20). */
export function checkDelivery({ asked, messages, produced }: DeliveryCase): readonly Finding[] {
  const told = messages.flatMap(({ label, bytes }) => {
    const reading = readHl7(bytes);
    return reading.ok && carriesDocuments(reading.message) ? [{ label, subject: subjectOf(reading.message, {}) }] : [];
  });
  const subjects = told.map(({ subject }) => subject);
  const levels = new Set(subjects.flatMap(({ documents }) => documents.map(({ cda }) => cda?.level)));
  const missing = (['N3', 'N1'] as const).filter((level) => !levels.has(level));
  const where = 'messages du compte rendu';
  return [
    ...missing.map((level) => findingOf(FORMS, { where, received: `aucun CDA ${level} lisible` })),
    ...unasked(subjects, asked).map((received) => findingOf(DESTINATIONS, { where, received })),
    ...told.flatMap(({ label, subject }) =>
      subject.documents.flatMap(({ bytes, cda }) => {
        const kept = cda && produced.find(({ id }) => writtenIds(cda.id).includes(id));
        return kept === undefined || bytes === undefined || Buffer.from(kept.bytes).equals(Buffer.from(bytes))
          ? []
          : [
              findingOf(SAME, {
                where: label,
                received: `le document ${kept.id} en ${bytes.length} octets, au lieu de ${kept.bytes.length} dans le produit`,
              }),
            ];
      }),
    ),
  ];
}

/** What was chosen and that no message asks for, in French. */
function unasked(subjects: readonly DocumentSubject[], asked: AskedDelivery): readonly string[] {
  const demanded = (code: string) => subjects.filter((subject) => metaValue(subject, code) === 'Y');
  const named = new Set(
    demanded('DESTMSSANTEPS').flatMap(({ participations }) =>
      participations
        .filter(({ role }) => role === 'RCT')
        .flatMap(({ addresses }) => addresses.map(({ address }) => address.toLowerCase())),
    ),
  );
  return [
    ...(asked.toDmp && demanded('DESTDMP').length === 0 ? ['le DMP n’est demandé par aucun message'] : []),
    ...asked.professionals
      .filter((address) => !named.has(address.toLowerCase()))
      .map((address) => `aucun message ne demande l’envoi à ${address}`),
    ...(asked.toPatient && demanded('DESTMSSANTEPAT').length === 0
      ? ['l’envoi au patient n’est demandé par aucun message']
      : []),
  ];
}

/** Documents of a message that carries some; empty for any other. */
export function documentsOf(message: Hl7Message): DocumentSubject['documents'] {
  return carriesDocuments(message) ? subjectOf(message, {}).documents : [];
}
