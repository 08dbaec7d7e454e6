/** Patient of the header of a CDA document. */
const PATIENT = /<recordTarget>.*?<\/recordTarget>/s;

/** Writes the patient of a document as the faults switched on say; the first `id` is the INS, when there is one. */
export function spoilPatient(document: string, kind: 'cda-n3' | 'cda-n1', faults: ReadonlySet<string>): string {
  const changes: readonly (readonly [boolean, RegExp, string | ((all: string, key: string) => string)])[] = [
    [faults.has('cda-ins-oid-faux'), /root="1\.2\.250\.1\.213\.1\.4\.\d+"/, 'root="1.2.250.1.213.1.4.99"'],
    [faults.has('cda-ins-cle-fausse'), /(?<=extension="\w{13})(\d\d)"/, (_all, key) => `${otherKey(key)}"`],
    [faults.has('cda-sans-nom-naissance'), /<family qualifier="BR">[^<]*<\/family>/, ''],
    [faults.has('cda-premier-prenom-autre'), /(?<=<given qualifier="BR">)[^<]*/, 'AUTRE'],
    [faults.has('cda-autre-naissance'), /<birthTime value="\d{8}"/, '<birthTime value="19010101"'],
    // The two documents of a report then differ.
    [kind === 'cda-n1' && faults.has('cda-n1-autre-patient'), /(?<=<family qualifier="BR">)[^<]*/, 'AUTRE'],
  ];
  return document.replace(PATIENT, (patient) =>
    changes.reduce(
      (text, [on, found, change]) => (on ? text.replace(found, change as (all: string, key: string) => string) : text),
      patient,
    ),
  );
}

/** Another key of two figures, from 01 to 97. */
function otherKey(key: string): string {
  return String((Number(key) % 97) + 1).padStart(2, '0');
}

const XSLT = 'http://www.w3.org/1999/XSL/Transform';

/** A document as the faults switched on send it: more confidential than its entry says, or carried by a style sheet that it should not have. */
export function spoilDocument(
  document: string,
  faults: ReadonlySet<string>,
): { readonly content: string; readonly mediaType: string } {
  const content = faults.has('cda-confidentialite-autre')
    ? document.replace(/(?<=<confidentialityCode code=")N/, 'R')
    : document;
  const page = faults.has('cda-feuille-avec-script')
    ? '<script>window.print()</script>'
    : faults.has('cda-feuille-avec-image')
      ? '<img src="https://labo.test/logo.png"/>'
      : undefined;
  if (page === undefined) return { content, mediaType: 'text/xml' };
  const [, prologue = '', root = ''] = /^(<\?xml[^>]*\?>\s*)?(.*)$/s.exec(content) ?? [];
  const template = `<xsl:template match="/"><html><body>${page}</body></html></xsl:template>`;
  const sheet = `<xsl:stylesheet version="1.0" xmlns:xsl="${XSLT}">${template}${root}</xsl:stylesheet>`;
  return { content: prologue + sheet, mediaType: 'application/xslt+xml' };
}
