import { basename } from 'node:path';
import { checkXdmFile } from '#checks/xdm/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import { judgeCda } from './cda.ts';
import { gather } from './findings.ts';
import { judgeMail } from './mail.ts';
import { judgePdf } from './pdf.ts';
import { readWhole } from './read-file.ts';
import type { CheckOptions, Kind, Outcome } from './types.ts';

interface Document {
  readonly name: string;
  readonly title: string;
  readonly uses?: Kind['uses'];
  /** The rules that say that the file could not be read. */
  readonly unreadable: readonly string[];
  judge(
    bytes: Uint8Array,
    /** Its path. */
    file: string,
    options: CheckOptions,
  ): Promise<readonly Finding[] | Outcome> | readonly Finding[] | Outcome;
}

const DOCUMENTS: readonly Document[] = [
  {
    name: 'cda',
    title: 'document CDA R2, N1 ou N3 (règles métier ; XSD et schematrons avec --pack)',
    uses: ['pack'],
    unreadable: ['CDA-WELLFORMED'],
    judge: (bytes, _, { pack }) => judgeCda(bytes, pack),
  },
  {
    name: 'xdm',
    title: 'archive IHE_XDM.ZIP',
    uses: ['codes'],
    unreadable: ['XDM-READABLE', 'XDM-BOUNDED'],
    judge: (bytes, file, { codes }) =>
      checkXdmFile(bytes, { fileName: basename(file), ...(codes === undefined ? {} : { codes }) }),
  },
  {
    name: 'mail',
    title: 'source d’un courriel MSSanté (.eml)',
    uses: ['wave', 'original', 'sender', 'patientQualified', 'codes'],
    unreadable: ['MAIL-READABLE'],
    judge: (bytes, _, options) => judgeMail(bytes, options),
  },
  {
    name: 'pdf',
    title: 'compte rendu PDF',
    uses: ['cda', 'mentions', 'datamatrix'],
    unreadable: ['PDF-READABLE'],
    judge: (bytes, file, options) => judgePdf(bytes, file, options),
  },
];

/** Kinds whose check takes the bytes of one file. */
export const DOCUMENT_KINDS: readonly Kind[] = DOCUMENTS.map((document) => ({
  name: document.name,
  title: document.title,
  ...(document.uses === undefined ? {} : { uses: document.uses }),
  async judge(files, options) {
    const outcomes: Outcome[] = [];
    for (const file of files) {
      const reading = await readWhole(file);
      outcomes.push(reading.ok ? await judgeOne(document, reading.bytes, file, options) : reading.outcome);
    }
    return outcomes;
  },
}));

async function judgeOne(document: Document, bytes: Uint8Array, file: string, options: CheckOptions): Promise<Outcome> {
  const judged = await document.judge(bytes, file, options);
  if ('readable' in judged) return judged;
  const gathered = gather();
  gathered.add(judged);
  return { findings: gathered.findings, readable: !judged.some(({ rule }) => document.unreadable.includes(rule)) };
}
