import type { DrawnPage, DrawnPages } from '#formats/pdf-pages/index.ts';
import type { PrintedIdentity } from './index.ts';

/** Rules that `pages.test.ts` breaks. */
export const PAGE_RULE_IDS: readonly string[] = [
  'PDF-INS-DATAMATRIX',
  'PDF-INS-DATAMATRIX-FORM',
  'PDF-INS-DATAMATRIX-IDENTITY',
  'PDF-INS-NOT-QUALIFIED',
  'PDF-MENTION-IDENTITY',
  'PDF-MENTION-PRIVACY',
  'PDF-MENTION-ACCREDITATION',
  'PDF-MENTION-AUTOMATIC',
  'PDF-A1-PROVED',
];

export const IDENTITY: PrintedIdentity = {
  qualified: true,
  ins: '101066322083675',
  oid: '1.2.250.1.213.1.4.10',
  birthName: "D'ARTAGNAN DE L'HERAULT",
  firstNames: ['PIERRE-ALAIN', 'MURIEL'],
  sex: 'M',
  birthDate: '2001-06-17',
  birthPlace: '63220',
};

export const MESSAGE =
  'IS010000000000000000000000S1101066322083675S21.2.250.1.213.1.4.10S3PIERRE-ALAIN MURIEL\u001DS4D ARTAGNAN DE L HERAULT\u001DS5MS617-06-2001S763220';

/** A page of a report that says all that it owes; several mentions are on it. */
export const TEXT = [
  'Laboratoire des Chênes. Accréditation Cofrac examens médicaux, n° 8-0001, portée disponible sur www.cofrac.fr.',
  'Nom de naissance D’ARTAGNAN DE L’HÉRAULT Prénoms de naissance PIERRE-ALAIN MURIEL',
  'Date de naissance 17/06/2001 Sexe Masculin Matricule INS 1 01 06 63 220 836 75 (NIR)',
  '* Urée 0,3 g/L. Seuls les résultats précédés du signe * sont couverts par l’accréditation.',
  'Résultats rendus par validation automatique, sans relecture par un biologiste.',
  'Vos droits : protection de vos données, dpo@labo.test',
].join('\r\n');

export function page(changes: Partial<DrawnPage> = {}): DrawnPage {
  return { number: 1, text: TEXT, symbols: [Buffer.from(MESSAGE)], unreadableSymbols: 0, partial: false, ...changes };
}

export function drawn(pages: readonly DrawnPage[] = [page()], pageCount = pages.length): DrawnPages {
  return { ok: true, pages, pageCount };
}

/** A page whose only symbol says `message`. */
export function saying(message: string): DrawnPages {
  return drawn([page({ symbols: [Buffer.from(message, 'latin1')] })]);
}
