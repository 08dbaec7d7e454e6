/** Parts of `<date de l'acte>_<type de document>_<NOM>_<prénom>[_<numéro>].pdf`. Source: MSSanté #2, ECO.2.1.6. */
export interface PdfName {
  /** `AAAAMMJJ`. */
  readonly actDate: string;
  readonly documentType: string;
  readonly birthName: string;
  readonly firstName: string;
  readonly fileNumber?: string;
}

/** What the name should say, when the bench knows it. */
export type ExpectedPdfName = Partial<Omit<PdfName, 'fileNumber'>>;

/** @returns undefined when the name does not follow the pattern */
export function readPdfName(name: string): PdfName | undefined {
  const match = /^(\d{8})_([^_]+)_([^_]+)_([^_]+?)(?:_([^_]+))?\.pdf$/i.exec(name);
  if (!match) return undefined;
  const [, actDate = '', documentType = '', birthName = '', firstName = '', fileNumber] = match;
  const month = Number(actDate.slice(4, 6));
  const day = Number(actDate.slice(6));
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  return { actDate, documentType, birthName, firstName, ...(fileNumber === undefined ? {} : { fileNumber }) };
}

/** Parts that differ, as French labels. Accents, case and characters that file systems refuse do not count. */
export function differencesOf(name: PdfName, expected: ExpectedPdfName): readonly string[] {
  const parts: readonly (readonly [string, string, string | undefined])[] = [
    ['date de l’acte', name.actDate, expected.actDate],
    ['type de document', name.documentType, expected.documentType],
    ['nom', name.birthName, expected.birthName],
    ['prénom', name.firstName, expected.firstName],
  ];
  return parts
    .filter(([, received, wanted]) => wanted !== undefined && fileForm(received) !== fileForm(wanted))
    .map(([label, received, wanted]) => `${label} : ${received} au lieu de ${wanted}`);
}

function fileForm(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replaceAll('’', "'")
    .replace(/[\\/:*?"<>|_]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
    .toUpperCase();
}
