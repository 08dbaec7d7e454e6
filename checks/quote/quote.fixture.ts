import { parseCivilDate, type CivilDate } from '#dsr/dates/index.ts';
import { cents } from '#dsr/money/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import { checkQuotes } from './check.ts';
import type { QuoteDocument, QuoteLine, QuoteOptions, WindowAnswer } from './types.ts';

export const day = (text: string): CivilDate => parseCivilDate(text)!;

export const STATE_LINE: QuoteLine = {
  label: 'Montant pris en charge par l’État au titre du Ségur, logiciel SGL',
  category: 'prestation-segur',
  dsr: ['SGL'],
  ht: cents(2_745_000),
  ttc: cents(3_294_000),
  payer: 'state',
};
export const CLIENT_LINE: QuoteLine = {
  label: 'Automate de démonstration, hors Ségur',
  category: 'autre',
  ht: cents(100_000),
  ttc: cents(120_000),
  payer: 'client',
};
export const CONDITIONAL =
  'Commande ferme seulement si un dossier complet, avec toutes ses preuves, est déposé à l’ANS sous 120 jours et si le référencement suit.';

export const QUOTE: QuoteDocument = {
  kind: 'quote',
  number: 'D-1',
  couloir: 'SGL',
  siteCount: 3,
  lines: [STATE_LINE, CLIENT_LINE],
};
export const ORDER: QuoteDocument = {
  ...QUOTE,
  kind: 'order',
  number: 'BC-1',
  instance: 'I-1',
  sites: ['990000001', '990000002', '990000003'],
  mentions: [CONDITIONAL],
  signedOn: day('2022-03-01'),
  signature: 'manuscrite',
  referencedOn: day('2022-07-20'),
  deemedCompleteOn: day('2022-06-29'),
  advancePeriodEndsOn: day('2022-11-30'),
};
export const WINDOW: WindowAnswer = {
  status: 'eligible',
  daysBeforeCompleteFile: 120,
  lastDayForCompleteFile: day('2022-06-29'),
  reasons: [],
};
export const INVOICE: QuoteDocument = { ...QUOTE, kind: 'invoice', number: 'F-1' };
export const ADVANCE: QuoteDocument = {
  kind: 'advance',
  number: 'A-1',
  couloir: 'SGL',
  instance: 'I-1',
  sites: ['990000001', '990000002', '990000003'],
  lines: [STATE_LINE],
};
export const BALANCE: QuoteDocument = {
  ...ADVANCE,
  kind: 'balance',
  number: 'S-1',
  programme: 'MS1',
  mssDeployment: 'Cas 1',
  acceptance: {
    kind: 'VA',
    signedOn: day('2022-10-01'),
    mssanteAddress: 'secretariat@labo-demo.mssante.fr',
    reserves: 'non-bloquantes',
    mssDeployment: 'Cas 1',
  },
  amendments: [{ number: '1', status: 'decidee-et-payee' }],
};
export const ENROLMENT: QuoteDocument = {
  kind: 'enrolment',
  referencedOn: day('2022-07-20'),
  enrolledOn: day('2022-07-20'),
  pieces: ['certificat-ans', 'identite-representant', 'mandat', 'rib', 'attestation-tva'],
};
export const CONFORMING: readonly QuoteDocument[] = [QUOTE, ORDER, INVOICE, ADVANCE, BALANCE, ENROLMENT];

/** Findings of one document; the window is that of a conforming order unless told. */
export function judge(
  document: QuoteDocument,
  options: QuoteOptions & { readonly window?: WindowAnswer | undefined } = { window: WINDOW },
): readonly Finding[] {
  const { window, ...rest } = options;
  return checkQuotes([{ document, ...(window === undefined ? {} : { window }) }], rest)[0]!;
}

/** `RULE where`, in order. */
export const places = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ rule, where }) => `${rule} ${where}`);

export const withLine = (document: QuoteDocument, change: Partial<QuoteLine>, rank = 0): QuoteDocument => ({
  ...document,
  lines: (document.lines ?? []).map((line, index) => (index === rank ? { ...line, ...change } : line)),
});

/** The same without some fields. */
export function without<Fields extends object>(fields: Fields, ...names: readonly (keyof Fields)[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name as keyof Fields))) as Fields;
}
