import { walkXml } from '#formats/xml/index.ts';
import limits from '../limits.json' with { type: 'json' };
import { HL7V3 } from '../vocabulary.ts';
import { withoutLongRuns } from './shorten.ts';

export interface CdaId {
  readonly root: string;
  readonly extension?: string;
}

/** What the DMP compares with the metadata; absent parts are absent from the document. */
export interface CdaHeader {
  readonly id?: CdaId;
  readonly code?: string;
  readonly setId?: CdaId;
  readonly versionNumber?: number;
  /** relatedDocument[@typeCode='RPLC']/parentDocument/id */
  readonly replaces: readonly CdaId[];
  /** recordTarget/patientRole/id */
  readonly patients: readonly CdaId[];
  /** author/assignedAuthor/id */
  readonly authors: readonly CdaId[];
}

export type CdaReading =
  | { readonly ok: true; readonly header: CdaHeader }
  | {
      readonly ok: false;
      /** French. */
      readonly reason: string;
    };

type Mutable = { -readonly [Key in keyof CdaHeader]: CdaHeader[Key] };

/**
 * Reads the header of a CDA, plain or self-presenting, without a tree: a report that carries its PDF may be as large as
 * the message. The whole document is seen to be well-formed.
 */
export function readCdaHeader(bytes: Uint8Array): CdaReading {
  const patients: CdaId[] = [];
  const authors: CdaId[] = [];
  const replaces: CdaId[] = [];
  const header: Mutable = { replaces, patients, authors };
  let related = '';
  let first: string | undefined;
  /** Depth of ClinicalDocument; 0 before it, -1 after it. */
  let base = 0;
  let path: string[] = [];
  const walked = walkXml(
    withoutLongRuns(bytes),
    {
      open(name, attribute, depth, namespace) {
        first ??= name;
        if (base === 0 && name === 'ClinicalDocument' && namespace === HL7V3) {
          base = depth;
          return undefined;
        }
        if (base <= 0) return undefined;
        if (depth === base + 1 && name === 'component') return false;
        path = [...path.slice(0, depth - base - 1), name];
        const id = (): CdaId => {
          const extension = attribute('extension')?.trim();
          const root = attribute('root')?.trim() ?? '';
          return extension === undefined ? { root } : { root, extension };
        };
        switch (path.join('/')) {
          case 'id':
            header.id ??= id();
            break;
          case 'code':
            header.code ??= attribute('code') ?? '';
            break;
          case 'setId':
            header.setId ??= id();
            break;
          case 'versionNumber': {
            const value = attribute('value');
            if (value !== undefined && /^\d{1,9}$/.test(value)) header.versionNumber = Number(value);
            break;
          }
          case 'relatedDocument':
            related = attribute('typeCode') ?? '';
            break;
          case 'relatedDocument/parentDocument/id':
            if (related === 'RPLC') replaces.push(id());
            break;
          case 'recordTarget/patientRole/id':
            patients.push(id());
            break;
          case 'author/assignedAuthor/id':
            authors.push(id());
            break;
        }
        return undefined;
      },
      close(_, depth) {
        if (depth === base) base = -1;
      },
    },
    { maxBytes: limits.cdaBytes },
  );
  if (!walked.ok) return { ok: false, reason: `CDA mal formé : ${walked.fault.message}` };
  if (base === 0) {
    return { ok: false, reason: `La racine du document est ${first ?? ''} et non ClinicalDocument` };
  }
  return { ok: true, header };
}
