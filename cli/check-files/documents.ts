import { basename } from 'node:path';
import { checkCdaFile } from '#checks/cda/index.ts';
import { checkMailFile } from '#checks/mail/index.ts';
import { checkPdfFile } from '#checks/pdf/index.ts';
import { checkVihf } from '#checks/vihf/index.ts';
import { checkXdmFile } from '#checks/xdm/index.ts';
import { checkSubmission } from '#checks/xds/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import { readMtom } from '#formats/mime/index.ts';
import { readSoap } from '#formats/soap/index.ts';
import { headerOf, readCapture } from './capture.ts';
import { gather, unreadable } from './findings.ts';
import { readWhole } from './read-file.ts';
import type { CheckOptions, Kind, Outcome } from './types.ts';

interface Document {
  readonly name: string;
  readonly title: string;
  readonly usesWave?: boolean;
  /** The rule that says that the file could not be read. */
  readonly unreadable: string;
  judge(
    bytes: Uint8Array,
    fileName: string,
    options: CheckOptions,
  ): Promise<readonly Finding[]> | readonly Finding[] | Outcome;
}

const DOCUMENTS: readonly Document[] = [
  {
    name: 'cda',
    title: 'document CDA R2, N1 ou N3 (règles métier)',
    unreadable: 'CDA-WELLFORMED',
    judge: (bytes) => checkCdaFile(bytes),
  },
  {
    name: 'xds',
    title: 'alimentation du DMP (TD2.1), capture .http',
    unreadable: 'XDS-READABLE',
    judge(bytes) {
      const capture = readCapture(bytes);
      if (capture === undefined || capture.status !== undefined) {
        return unreadable(
          capture === undefined ? 'un fichier sans en-têtes HTTP' : 'une réponse',
          'la capture .http d’une requête : ligne de requête, en-têtes, corps',
          'Enregistrez la requête avec ses en-têtes : Content-Type donne les limites des parties.',
        );
      }
      return checkSubmission({ contentType: headerOf(capture.headers, 'content-type') ?? '', body: capture.body });
    },
  },
  {
    name: 'vihf',
    title: 'VIHF d’une requête au DMP : enveloppe SOAP ou capture .http',
    unreadable: 'VIHF-PRESENT',
    judge(bytes) {
      const capture = readCapture(bytes);
      const mtom = capture && readMtom(headerOf(capture.headers, 'content-type') ?? '', capture.body);
      const envelope = mtom?.ok === true ? mtom.root.content : (capture?.body ?? bytes);
      const reading = readSoap(envelope);
      if (!reading.ok) return unreadable(reading.fault.message, 'une enveloppe SOAP', 'Donnez la requête entière.');
      return { findings: checkVihf({ envelope }), readable: true };
    },
  },
  {
    name: 'xdm',
    title: 'archive IHE_XDM.ZIP',
    unreadable: 'XDM-READABLE',
    judge: (bytes, fileName) => checkXdmFile(bytes, { fileName }),
  },
  {
    name: 'mail',
    title: 'source d’un courriel MSSanté (.eml)',
    usesWave: true,
    unreadable: 'MAIL-READABLE',
    judge: (bytes, _, { wave }) => checkMailFile(bytes, wave === 'va2' ? { wave } : {}),
  },
  {
    name: 'pdf',
    title: 'compte rendu PDF',
    unreadable: 'PDF-READABLE',
    judge: (bytes, fileName) => checkPdfFile(bytes, { fileName }),
  },
];

/** Kinds whose check takes the bytes of one file. */
export const DOCUMENT_KINDS: readonly Kind[] = DOCUMENTS.map((document) => ({
  name: document.name,
  title: document.title,
  ...(document.usesWave === true ? { usesWave: true } : {}),
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
  const judged = await document.judge(bytes, basename(file), options);
  if ('readable' in judged) return judged;
  const gathered = gather();
  gathered.add(judged);
  return { findings: gathered.findings, readable: !judged.some(({ rule }) => rule === document.unreadable) };
}
