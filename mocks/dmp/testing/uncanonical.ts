import { bench, patient } from './use-bench.ts';
import { cdaOf } from './messages.ts';

export const C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';

/** A document that is not in canonical form, and that form. */
export function uncanonical(): { readonly documentOid: string; readonly cda: string; readonly canonical: string } {
  const documentOid = bench.oid();
  const cda = cdaOf(patient, documentOid).replace('<id root', '<id   root').replace('<title>', '\n<title>');
  const canonical = cda
    .replace('<id   root', '<id root')
    .replace(/<(id|code)([^>]*)\/>/g, '<$1$2></$1>')
    .replaceAll(/root="(.*?)" extension="(.*?)"/g, 'extension="$2" root="$1"');
  return { documentOid, cda, canonical };
}
