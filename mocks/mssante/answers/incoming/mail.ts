import { composeMail, type Part } from '../compose.ts';
import { writeArchive } from './archive.ts';
import { writeCda } from './cda.ts';
import { DOCUMENT_KINDS, INCOMING } from './data.ts';
import { documentOid, pdfNameOf, unaccented, type IncomingDocument, type WrittenDocument } from './document.ts';
import type { TestPatient, TestProfessional } from '../../../population/types.ts';
import { writePdf } from './pdf.ts';
import type { IncomingOrder } from './types.ts';

/** An order with its people found. */
export interface ReadOrder {
  readonly order: IncomingOrder;
  readonly to: string;
  readonly from: string;
  /** Label of the sender in From (ECO.2.2.7); absent for a patient. */
  readonly label?: string;
  readonly author: TestProfessional;
  readonly patient: TestPatient;
  readonly otherPatient?: TestPatient;
  readonly messageId: string;
  readonly boundary: string;
  readonly at: Date;
}

/** A mail of documents: text, archive, one PDF per document. Source: protocols.md §5.3, §5.4. */
export async function documentMail(read: ReadOrder): Promise<Uint8Array> {
  const { order, messageId, otherPatient, patient } = read;
  const { variant = '', replaces } = order;
  const documents = await writeDocuments(read, variant);
  const [first] = documents;
  const named = variant === 'objet-autre-patient' ? (otherPatient ?? patient) : patient;
  const label = documents.length === 1 ? first.kind.type.label.slice(0, 40) : `${documents.length} documents`;
  const subject = `${order.kind === 'annule-et-remplace' ? INCOMING.subjects.replaces : ''}XDM/1.0/DDM+${label} ${namesOf(named)}`;
  const codes = [...new Set(documents.map(({ kind }) => kind.type.code))].join(',');
  return composeMail({
    headers: [
      ...identity(read, order.subject ?? subject),
      ...(replaces === undefined ? [] : thread([replaces])),
      ...(order.receipt === false ? [] : [['Disposition-Notification-To', `<${read.from}>`] as const]),
      ['X-MSS-NIL', INCOMING.software.reference],
      ['X-MSS-CODECDA', codes],
      ['X-MSS-INS', variant === 'ins-non-qualifiee' ? 'N' : 'O'],
    ],
    subtype: 'mixed',
    boundary: read.boundary,
    parts: [
      text(order.text ?? (order.kind === 'annule-et-remplace' ? INCOMING.words[order.kind] : INCOMING.words.document)),
      {
        type: 'application/zip',
        fileName: 'IHE_XDM.ZIP',
        content: await writeArchive(messageId, documents, variant),
      },
      ...documents.map(({ pdf, pdfName }): Part => ({
        type: 'application/pdf',
        fileName: pdfName,
        content: pdf,
      })),
    ],
  });
}

async function writeDocuments(
  { author, patient, otherPatient, messageId, order, at, to }: ReadOrder,
  variant: string,
): Promise<readonly [WrittenDocument, ...WrittenDocument[]]> {
  const make = async (rank: number, about: TestPatient): Promise<WrittenDocument> => {
    const [usual] = DOCUMENT_KINDS;
    const structured = variant === 'document-structure';
    const kind = structured ? INCOMING.structured.kind : (DOCUMENT_KINDS[rank] ?? usual);
    if (kind === undefined) throw new RangeError('no kind of document');
    const uniqueId = documentOid(messageId, rank);
    const replaces = order.replaces === undefined ? undefined : documentOid(order.replaces, rank);
    const document: IncomingDocument = {
      uniqueId,
      // The set of a first version is its own number: a later one finds it again.
      setId: replaces ?? uniqueId,
      version: replaces === undefined ? 1 : 2,
      ...(replaces === undefined ? {} : { replaces }),
      kind,
      patient: about,
      author,
      recipient: to,
      at,
      withIns: variant !== 'ins-non-qualifiee',
      structured,
    };
    const pdf = await writePdf(
      [
        kind.type.label,
        namesOf(about),
        `${author.firstName} ${author.lastName}, ${author.structure.name}`,
        kind.text,
        ...(structured ? INCOMING.structured.results.map(({ code, shown }) => `${code.label} : ${shown}`) : []),
      ],
      at,
    );
    const cda = writeCda(document, pdf);
    const entryName = `DOC${String(rank + 1).padStart(4, '0')}.XML`;
    return { ...document, pdf, cda, entryName, pdfName: pdfNameOf(document, rank) };
  };
  const first = await make(0, patient);
  if (variant === 'deux-patients') return [first, await make(1, otherPatient ?? patient)];
  return variant === 'plusieurs-documents' ? [first, await make(1, patient)] : [first];
}

/** A mail of words: a professional, a patient, the end of a thread. */
export async function textMail(read: ReadOrder): Promise<Uint8Array> {
  const { order, messageId } = read;
  const { kind, variant, references: given = [] } = order;
  const references = kind === 'fil' && given.length === 0 ? invented(messageId) : given;
  const words =
    order.text ?? INCOMING.words[kind === 'fil' || kind === 'reponse-patient' || kind === 'fin' ? kind : 'message'];
  const { message, reply, fin } = INCOMING.subjects;
  const subject = kind === 'fin' ? fin : `${references.length > 0 ? reply : ''}${message}`;
  const attachment: readonly Part[] =
    variant === 'avec-piece-jointe'
      ? [
          {
            type: 'application/pdf',
            fileName: INCOMING.attachment.fileName,
            content: await writePdf([INCOMING.attachment.text], read.at),
          },
        ]
      : [];
  return composeMail({
    headers: [
      ...identity(read, order.subject ?? subject),
      ...thread(references),
      ...(order.receipt === true ? [['Disposition-Notification-To', `<${read.from}>`] as const] : []),
      // A patient writes from Mon espace santé, which is no product referenced by the platform.
      ...(kind === 'reponse-patient' ? [] : [['X-MSS-NIL', INCOMING.software.reference] as const]),
    ],
    ...(attachment.length === 0 ? {} : { subtype: 'mixed' }),
    boundary: read.boundary,
    parts: [text(words), ...attachment],
  });
}

type Header = readonly [name: string, value: string];

function identity({ label, from, to, messageId, at }: ReadOrder, subject: string): readonly Header[] {
  return [
    ['From', label === undefined ? `<${from}>` : `"${label.replaceAll(/["\\]/gu, ' ')}" <${from}>`],
    ['To', `<${to}>`],
    ['Subject', subject],
    ['Message-ID', messageId],
    ['Date', at.toUTCString().replace('GMT', '+0000')],
  ];
}

/** RFC 5322 §3.6.4. */
function thread(references: readonly string[]): readonly Header[] {
  const last = references.at(-1);
  return last === undefined
    ? []
    : [
        ['In-Reply-To', last],
        ['References', references.join(' ')],
      ];
}

/** The two mails that came before the third of a thread. */
function invented(messageId: string): readonly string[] {
  return ['1', '2'].map((rank) => messageId.replace('<', `<${rank}.`));
}

/** Birth name, first first name and birth date as ECO.2.1.3 writes them in a subject. */
function namesOf({ birthName, firstNames, birthDate }: TestPatient): string {
  const [year, month, day] = birthDate.split('-');
  return `${unaccented(birthName).toUpperCase()} ${unaccented(firstNames[0] ?? '')} ${day}/${month}/${year}`;
}

const text = (content: string): Part => ({ type: 'text/plain; charset=UTF-8', content });
