import { classifications, codeOf, DOCUMENT_ENTRY } from '#formats/ebrim/index.ts';
import { inDocument, type Pair } from './types.ts';

const SELF_PRESENTING = 'application/xslt+xml';
/** Degrees of HL7 that a CDA may declare and that the list of the DMP does not hold. */
const BEYOND_THE_LIST: ReadonlySet<string> = new Set(['R', 'V']);

/** Title, confidentiality and media type of an entry against its document. */
export function checkDocument(pair: Pair): void {
  const { report, entry, cda } = pair;
  const [title, own] = [entry.name ?? '', cda.title].map((text) => text.replace(/\s+/g, ' ').trim());
  if (title && own && title !== own) {
    report.add('XDS-CDA-TITLE', {
      where: `${entry.path}/Name`,
      received: title,
      expected: `${own} (${inDocument(pair, `${cda.root.path}/title`)})`,
      remedy: 'Reprenez dans la fiche le titre écrit dans le document.',
    });
  }
  checkConfidentiality(pair);
  const media = cda.selfPresenting ? SELF_PRESENTING : 'text/xml';
  if (entry.mimeType && entry.mimeType !== media) {
    report.add('XDS-MIME-TYPE', {
      where: `${entry.path}/@mimeType`,
      received: entry.mimeType,
      expected: `${media}, car ${cda.selfPresenting ? 'une feuille de style porte le document' : 'le document est un CDA seul'}`,
      remedy: 'Déduisez mimeType du document transmis.',
    });
  }
}

function checkConfidentiality(pair: Pair): void {
  const { report, entry, cda } = pair;
  const code = cda.confidentialityCode?.code;
  const codes = classifications(entry, DOCUMENT_ENTRY.confidentialityCode).map((one) => codeOf(one).code);
  // The list of the DMP has a rule of its own about N.
  if (code === undefined || code === 'N' || codes.length === 0 || codes.includes(code)) return;
  report.add('XDS-CDA-CONFIDENTIALITY', {
    where: `${entry.path}, confidentialityCode`,
    received: codes.join(', '),
    expected: `${code} aussi (${inDocument(pair, cda.confidentialityCode?.path ?? '')})`,
    remedy:
      'Donnez au document et à sa fiche la même confidentialité ; le document porte N, le choix de l’utilisateur va dans la fiche.',
    // The list of the DMP does not hold it: the entry could not repeat it.
    ...(BEYOND_THE_LIST.has(code) ? { severity: 'warning' as const } : {}),
  });
}
