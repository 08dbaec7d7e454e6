import { writtenIds, type CdaDocument } from '#formats/cda/index.ts';
import { dateOfHl7, placeOf, readOrder } from '#formats/hl7v2/index.ts';
import { HOSPITAL, VOLET } from './structure-rules.ts';
import type { CarriedDocument, DocumentRule, DocumentSubject } from './types.ts';

const common = { requirements: HOSPITAL, layer: 'business', severity: 'error', source: VOLET } as const;

type Read = CarriedDocument & { readonly cda: CdaDocument };

function readable({ documents }: DocumentSubject): readonly Read[] {
  return documents.filter((one): one is Read => one.cda !== undefined);
}

function replacedBy({ relatedDocuments }: CdaDocument): readonly string[] {
  return relatedDocuments
    .filter(({ typeCode }) => typeCode === 'RPLC')
    .flatMap(({ parentIds }) => parentIds)
    .flatMap(writtenIds);
}

/** HL7 v3 writes UN what table 0001 writes U. */
function sexOf(code: string): string {
  return code === 'UN' ? 'U' : code;
}

/** Rules on what the message carries: the CDA, and what the message repeats of it (protocols.md §7.2, §7.7 H4). */
export const CONTENT_RULES: readonly DocumentRule[] = [
  {
    ...common,
    id: 'HL7-DOC-CONTENT',
    layer: 'wellformed',
    title: 'OBX-5 se décode en un document CDA R2.',
    expected: 'le CDA entier, en UTF-8, encodé en base64',
    remedy: 'Encodez en base64 les octets du CDA tels qu’il est archivé, sans les couper ni les transformer.',
    judge: ({ documents }) =>
      documents.flatMap(({ segment, encoding, bytes, reading }) => {
        const where = placeOf(segment, 5, { component: 5 });
        if (bytes === undefined) return [{ where, received: `rien qui se décode en ${encoding || 'texte'}` }];
        return reading?.ok === false ? [{ where, received: reading.fault.message }] : [];
      }),
  },
  {
    ...common,
    id: 'HL7-DOC-CODE',
    title: 'OBX-3 et OBR-4 portent le code LOINC du document CDA.',
    expected: 'le code de ClinicalDocument/code, système LN',
    remedy: 'Recopiez le code du CDA, son libellé et LN dans OBX-3 et OBR-4.',
    judge: (subject) => {
      return readable(subject).flatMap(({ segment, code, system, cda }) => {
        const order = readOrder(subject.message, segment);
        const wanted = cda.code.code ?? '';
        const expected = `${wanted}^…^LN`;
        const wrong = (value: string, named: string): boolean => value !== wanted || named !== 'LN';
        return [
          ...(wrong(code, system) ? [{ where: placeOf(segment, 3), received: `${code}^…^${system}`, expected }] : []),
          ...(order.obr !== undefined && wrong(order.code, order.system)
            ? [{ where: placeOf(order.obr, 4), received: `${order.code}^…^${order.system}`, expected }]
            : []),
        ];
      });
    },
  },
  {
    ...common,
    id: 'HL7-DOC-PATIENT',
    requirements: ['DOC/va1.20', 'INS/va1.71'],
    title: 'Le PID et le CDA disent la même personne : matricule, OID, nom de naissance, date de naissance, sexe.',
    expected: 'les valeurs de recordTarget',
    remedy: 'Construisez le PID et le CDA à partir de la même identité, au même moment.',
    judge: (subject) => {
      const { identity } = subject;
      if (identity === undefined) return [];
      return readable(subject).flatMap(({ segment, cda: { patient } }) => {
        const pairs: readonly (readonly [string, string, string])[] = [
          ['PID-3, matricule INS', identity.ins ?? '', patient.ins?.extension ?? ''],
          ['PID-3, OID de l’INS', identity.oid ?? '', patient.ins?.root ?? ''],
          ['PID-5, nom de naissance', identity.traits.birthName, patient.birthName ?? ''],
          ['PID-7, date de naissance', identity.traits.birthDate, dateOfHl7(patient.birthDate ?? '') ?? ''],
          ['PID-8, sexe', sexOf(identity.traits.sex), sexOf(patient.sex ?? '')],
        ];
        return pairs
          .filter(([, ours, theirs]) => ours !== theirs)
          .map(([place, ours, theirs]) => ({
            where: `${place} et CDA de ${placeOf(segment)}`,
            received: `${ours || 'rien'} dans le PID, ${theirs || 'rien'} dans le CDA`,
            expected: 'la même valeur des deux côtés',
          }));
      });
    },
  },
  {
    ...common,
    id: 'HL7-DOC-TXA-ID',
    title: 'TXA-12 est l’identifiant du CDA, et TXA-22 son responsable légal.',
    expected: 'ClinicalDocument/id et legalAuthenticator/assignedEntity/id',
    remedy: 'Recopiez l’identifiant du CDA dans TXA-12 et celui de son responsable légal dans TXA-22.',
    judge: (subject) => {
      const { header } = subject;
      if (header === undefined) return [];
      return readable(subject).flatMap(({ cda }) => {
        const ids = writtenIds(cda.id);
        const signers = (cda.legalAuthenticator?.ids ?? []).map(({ extension = '' }) => extension);
        const { segment, id, authenticator } = header;
        return [
          ...(id === '' || ids.includes(id)
            ? []
            : [{ where: placeOf(segment, 12), received: id, expected: ids.join(' ou ') }]),
          ...(authenticator === '' || signers.length === 0 || signers.includes(authenticator)
            ? []
            : [{ where: placeOf(segment, 22), received: authenticator, expected: signers.join(' ou ') }]),
        ];
      });
    },
  },
  {
    ...common,
    id: 'HL7-DOC-REPLACES',
    title: 'Ce que le message demande est ce que le CDA dit de lui : une version qui remplace nomme celle d’avant.',
    expected: 'RO ou T10 avec un relatedDocument RPLC (TXA-13 le répète) ; NW ou T02 sans',
    remedy: 'Liez le CDA à celui qu’il remplace quand le message demande un remplacement, et seulement alors.',
    judge: (subject) => {
      const { act, header, order, message } = subject;
      if (act !== 'nouveau' && act !== 'remplacement') return [];
      const asked = message.type.code === 'MDM' ? message.type.event : `ORC-1 ${order.control}`;
      return readable(subject).flatMap(({ segment, cda }) => {
        const replaced = replacedBy(cda);
        const where = `CDA de ${placeOf(segment)}, relatedDocument`;
        if (act === 'nouveau') {
          return replaced.length === 0
            ? []
            : [{ where, received: `remplace ${replaced[0] ?? ''}, alors que ${asked}`, expected: 'aucun RPLC' }];
        }
        if (replaced.length === 0) return [{ where, received: `aucun, alors que ${asked}`, expected: 'un RPLC' }];
        return header === undefined || replaced.includes(header.parentId)
          ? []
          : [
              {
                where: placeOf(header.segment, 13),
                received: header.parentId || 'vide',
                expected: replaced.join(' ou '),
              },
            ];
      });
    },
  },
];
