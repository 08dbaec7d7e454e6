import { placeOf, segments } from '#formats/hl7v2/index.ts';
import codes from './codes.json' with { type: 'json' };
import type { DocumentRule, DocumentSubject } from './types.ts';

/** Title of the volet, as rules name it. */
export const VOLET = 'Volet CI-SIS de transmission d’un document CDA R2 en HL7 v2';
export const HOSPITAL = ['DOC/va1.20'] as const;

const SEGMENTS: Readonly<Record<string, readonly string[]>> = codes.segments;
const TIME = /^\d{8}(?:\d{2}(?:\d{2}(?:\d{2}(?:\.\d{1,4})?)?)?)?(?:[+-]\d{4})?$/;
const CONTROL_OF = { nouveau: 'NW', remplacement: 'RO', suppression: 'CA' } as const;
const common = { requirements: HOSPITAL, layer: 'wire', severity: 'error', source: VOLET } as const;

/** The beginning of a CDA, as XML or in base64 (`<?xml`, `<Clin`), in an observation that is no ED. */
const CDA_INSIDE = /ClinicalDocument|[|^]PD94bWwg|[|^]PENsaW5p/;

/** A deletion names a document and need not carry it. */
function isDeletion({ act }: DocumentSubject): boolean {
  return act === 'suppression';
}

/** Rules on the segments of a message that carries documents (protocols.md §7.1, §7.2). */
export const STRUCTURE_RULES: readonly DocumentRule[] = [
  {
    ...common,
    id: 'HL7-DOC-SEGMENTS',
    title: 'Le message a les segments de sa structure, dans l’ordre.',
    expected: 'ORU : PID, PV1, ORC, OBR, OBX ; OUL : PID, OBR, ORC, OBX ; MDM : EVN, PID, PV1, TXA, OBX',
    remedy: 'Écrivez les segments de la structure nommée en MSH-9.3, dans son ordre.',
    judge: (subject) => {
      const { message } = subject;
      const wanted = (SEGMENTS[message.type.code] ?? []).filter((name) => name !== 'OBX' || !isDeletion(subject));
      const expected = wanted.join(', ');
      // A specimen has observations of its own, before the order (OUL): the OBX looked at is the one of the document.
      const document = subject.documents[0]?.segment;
      const found = wanted.map((name) =>
        name === 'OBX' && document !== undefined ? document : message.segments.find((one) => one.name === name),
      );
      const absent = wanted.filter((_, index) => found[index] === undefined);
      if (absent.length > 0)
        return absent.map((name) => ({
          where: name,
          received: 'segment absent',
          expected: `${name}, dans ${expected}`,
        }));
      return found.flatMap((one, index) => {
        const before = found[index - 1];
        return one === undefined || before === undefined || before.rank < one.rank
          ? []
          : [{ where: placeOf(one), received: `${one.name} avant ${before.name}`, expected }];
      });
    },
  },
  {
    ...common,
    id: 'HL7-DOC-CONTROL',
    title: 'ORC-1 dit ce qui est demandé : NW (nouveau), RO (remplacement) ou CA (suppression).',
    expected: codes.controls.join(', '),
    remedy: 'Écrivez NW pour un premier envoi, RO pour une version qui remplace, CA pour une suppression.',
    judge: ({ message, order, act }) => {
      if (order.orc === undefined) return [];
      const where = placeOf(order.orc, 1);
      if (!codes.controls.includes(order.control)) return [{ where, received: order.control || 'vide' }];
      const wanted = message.type.code === 'MDM' && act !== undefined ? CONTROL_OF[act] : order.control;
      return wanted === order.control
        ? []
        : [{ where, received: order.control, expected: `${wanted}, pour un ${message.type.event}` }];
    },
  },
  {
    ...common,
    id: 'HL7-DOC-OBX',
    title: 'Chaque document est dans un OBX de type ED, en base64, au statut final.',
    expected: 'OBX|1|ED|code^libellé^LN||^TEXT^XML^Base64^…||||||F',
    remedy: 'Placez le CDA entier, encodé en base64, dans OBX-5.5, et dites F en OBX-11.',
    judge: (subject) => {
      const { documents } = subject;
      if (documents.length === 0) {
        if (isDeletion(subject)) return [];
        const other = segments(subject.message, 'OBX').find(({ raw }) => CDA_INSIDE.test(raw));
        return other === undefined
          ? [{ where: 'OBX', received: 'aucun document (aucun OBX de type ED)' }]
          : [
              {
                where: placeOf(other, 2),
                received: `${other.fields[2] || 'vide'}, avec un CDA dans OBX-5`,
                expected: 'ED',
              },
            ];
      }
      return documents.flatMap(({ segment, dataType, subtype, encoding, status }) => {
        const { content } = codes;
        const wrong: readonly (readonly [string, string, string])[] = [
          [placeOf(segment, 5, { component: 2 }), dataType, content.dataType],
          [placeOf(segment, 5, { component: 3 }), subtype, content.subtype],
          [placeOf(segment, 5, { component: 4 }), encoding, 'Base64'],
          [placeOf(segment, 11), status, content.status],
        ];
        return wrong
          .filter(([, received, expected]) => received.toUpperCase() !== expected.toUpperCase())
          .map(([where, received, expected]) => ({ where, received: received || 'vide', expected }));
      });
    },
  },
  {
    ...common,
    id: 'HL7-DOC-ONE',
    title: 'Un MDM porte un seul document.',
    expected: 'un document par MDM',
    remedy: 'Envoyez un MDM pour chaque document.',
    judge: ({ message, documents }) =>
      message.type.code === 'MDM' && documents.length > 1
        ? [{ where: 'OBX', received: `${documents.length} documents` }]
        : [],
  },
  {
    ...common,
    id: 'HL7-DOC-TXA',
    title: 'TXA dit le type du document, sa date, son identifiant, son état et qui l’a authentifié.',
    expected: 'TXA-2 type, TXA-4 date et heure, TXA-12 identifiant, TXA-17 AU ou LA, TXA-22 authentificateur',
    remedy: 'Renseignez ces champs à partir de l’en-tête du CDA.',
    judge: ({ header }) => {
      if (header === undefined) return [];
      const { segment, type, activityText, id, completion, authenticator } = header;
      const tests: readonly (readonly [number, string, boolean, string])[] = [
        [2, type, type !== '', 'le type du document'],
        [4, activityText, TIME.test(activityText), 'AAAAMMJJHHMMSS, avec le décalage horaire'],
        [12, id, id !== '', 'l’identifiant du document (celui du CDA)'],
        [17, completion, codes.completion.includes(completion), codes.completion.join(' ou ')],
        [22, authenticator, authenticator !== '', 'l’identifiant national du responsable légal'],
      ];
      return tests
        .filter(([, , right]) => !right)
        .map(([field, received, , expected]) => ({
          where: placeOf(segment, field),
          received: received || 'vide',
          expected,
        }));
    },
  },
];
