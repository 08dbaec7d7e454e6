import type { CivilDate } from '#dsr/dates/index.ts';

export type OrderMessageCode =
  // About the file.
  | 'ORDERS_UNREADABLE'
  | 'ORDERS_NOTE'
  | 'ORDERS_NO_HEADER'
  | 'ORDERS_COLUMN_MISSING'
  | 'ORDERS_COLUMN_TWICE'
  | 'ORDERS_COLUMN_UNKNOWN'
  | 'ORDERS_CUT_SHORT'
  | 'ORDERS_EMPTY'
  | 'ORDERS_TOO_MANY'
  // About a value.
  | 'ORDER_SHAPE'
  | 'ORDER_VALUE_MISSING'
  | 'ORDER_TEXT_TOO_LONG'
  | 'ORDER_SIRET'
  | 'ORDER_FINESS'
  | 'ORDER_RPPS'
  | 'ORDER_COULOIR'
  | 'ORDER_CHOICE'
  | 'ORDER_DATE'
  | 'ORDER_EUROS'
  | 'ORDER_NEGATIVE'
  | 'ORDER_ZERO'
  | 'ORDER_RATE'
  | 'ORDER_TTC'
  | 'ORDER_ADDRESS'
  // About values together.
  | 'ORDER_SITE_TWICE'
  | 'ORDER_DATES_ORDER'
  | 'ORDER_COULOIR_UNKNOWN'
  | 'ORDER_SIGNED_LONG_AGO'
  | 'ORDER_SIGNED_IN_FUTURE'
  | 'ORDER_ABOVE_CEILING'
  | 'ORDER_EXAMPLE'
  | 'ORDER_EXTRA_CELLS'
  // About orders together.
  | 'ORDER_NUMBER_TAKEN'
  | 'ORDER_REPEATED'
  | 'ORDER_INSTANCE_TAKEN'
  | 'ORDER_SITE_TAKEN';

/** Something that the user should know of a list of orders, in the place where he sees it. */
export interface OrderMessage {
  readonly code: OrderMessageCode;
  /** An error keeps its row out; a warning or an information does not. */
  readonly severity: 'error' | 'warning' | 'info';
  /** Row of the sheet, rank of the element in JSON; 0 when it is about the whole file. */
  readonly row: number;
  /** Letter of the column, JSON path of the value; empty when it is about the whole row. */
  readonly column: string;
  /** Header of the column as the user wrote it, or its published title. */
  readonly header: string;
  /** What was read, cut to 200 characters. */
  readonly value: string;
  /** Number of the order, when the row gives one. */
  readonly order?: string;
  /** French sentence. */
  readonly message: string;
  /** French sentence: what to do. */
  readonly remedy: string;
}

/** A fault of a value, without its place. */
export type Fault = Pick<OrderMessage, 'code' | 'severity' | 'message' | 'remedy'>;

const error = (code: OrderMessageCode, message: string, remedy: string): Fault => ({
  code,
  severity: 'error',
  message,
  remedy,
});
const warning = (code: OrderMessageCode, message: string, remedy: string): Fault => ({
  ...error(code, message, remedy),
  severity: 'warning',
});

/** Every sentence about one order; each names what is wrong and what to write. */
export const FAULTS = {
  missing: (title: string, format: string, when: string) =>
    error(
      'ORDER_VALUE_MISSING',
      `« ${title} » est vide${when === '' ? '' : ` : obligatoire ${when}`}.`,
      `Écrivez ${format}.`,
    ),
  tooLong: (most: number) =>
    error(
      'ORDER_TEXT_TOO_LONG',
      `Ce texte dépasse ${most} caractères.`,
      'Raccourcissez-le, ou vérifiez que les colonnes ne sont pas décalées.',
    ),
  tooMany: (most: number) =>
    error(
      'ORDER_TEXT_TOO_LONG',
      `Cette liste dépasse ${most} éléments.`,
      'Vérifiez que les colonnes ne sont pas décalées, ou séparez en plusieurs bons.',
    ),
  identifier: (
    code: 'ORDER_SIRET' | 'ORDER_FINESS' | 'ORDER_RPPS',
    { message, remedy }: { readonly message: string; readonly remedy: string },
  ) => error(code, message, remedy),
  couloir: () =>
    error('ORDER_COULOIR', 'Ce couloir n’est pas un nom de couloir.', 'Écrivez son sigle : SGL, LOINC, LGC, RIS, DPI…'),
  choice: (format: string) =>
    error('ORDER_CHOICE', 'Cette valeur n’est pas une de celles attendues.', `Écrivez ${format}.`),
  date: () => error('ORDER_DATE', 'Ce n’est pas une date du calendrier.', 'Écrivez JJ/MM/AAAA ou AAAA-MM-JJ.'),
  euros: () =>
    error(
      'ORDER_EUROS',
      'Ce n’est pas un montant en euros.',
      'Écrivez des chiffres, deux décimales au plus : 27450,00. Un montant ne s’arrondit pas ici.',
    ),
  negative: () => error('ORDER_NEGATIVE', 'Le montant est négatif.', 'Écrivez le montant réel de la commande.'),
  zero: () =>
    warning(
      'ORDER_ZERO',
      'Le montant est 0 : l’ASP refuse une commande ou une facture à 0 €.',
      'Écrivez le montant réel, que l’État prend en charge, même si le client ne paie rien.',
    ),
  rate: () => error('ORDER_RATE', 'Ce n’est pas un taux de TVA.', 'Écrivez un taux en % : 20, 8,5 ou 0.'),
  ttc: (expected: string) =>
    error(
      'ORDER_TTC',
      `Le TTC ne suit pas du HT et du taux : il serait de ${expected}, au centime.`,
      `Corrigez le HT ou le taux, ou écrivez ${expected} : le HT fait foi.`,
    ),
  address: () =>
    error(
      'ORDER_ADDRESS',
      'Ce n’est pas une adresse de messagerie.',
      'Écrivez l’adresse MSSanté entière : nom@domaine.mssante.fr.',
    ),
  siteTwice: (site: string) =>
    warning(
      'ORDER_SITE_TWICE',
      `Le site ${site} est donné deux fois : il est compté une fois.`,
      'Retirez la répétition.',
    ),
  shape: (message: string, remedy: string) => error('ORDER_SHAPE', message, remedy),
  datesOrder: (before: string, beforeDate: CivilDate, after: string, afterDate: CivilDate) =>
    warning(
      'ORDER_DATES_ORDER',
      `« ${after} » (${numeric(afterDate)}) vient avant « ${before} » (${numeric(beforeDate)}).`,
      'Vérifiez les deux dates.',
    ),
  couloirUnknown: (couloir: string, known: string) =>
    warning(
      'ORDER_COULOIR_UNKNOWN',
      `${couloir} n’est pas un couloir connu du Ségur.`,
      `Vérifiez le sigle ; couloirs connus : ${known}.`,
    ),
  signedLongAgo: (signed: CivilDate, first: CivilDate) =>
    warning(
      'ORDER_SIGNED_LONG_AGO',
      `La commande serait signée le ${numeric(signed)}, avant tout financement du Ségur (${first.slice(0, 4)}).`,
      'Corrigez l’année de la signature.',
    ),
  signedInFuture: (signed: CivilDate, today: CivilDate) =>
    warning(
      'ORDER_SIGNED_IN_FUTURE',
      `La commande serait signée le ${numeric(signed)}, après aujourd’hui (${numeric(today)}).`,
      'Corrigez la date, ou laissez-la vide tant que le client n’a pas signé.',
    ),
  aboveCeiling: (message: string) =>
    warning(
      'ORDER_ABOVE_CEILING',
      message,
      'Vérifiez le montant HT et le nombre de sites : l’État ne paie pas au-delà du plafond de la tranche.',
    ),
  example: (): Fault => ({
    code: 'ORDER_EXAMPLE',
    severity: 'info',
    message: 'La ligne d’exemple du modèle est laissée de côté.',
    remedy: 'Vous pouvez la supprimer.',
  }),
  extraCells: () =>
    warning(
      'ORDER_EXTRA_CELLS',
      'Cette ligne a plus de cellules que l’en-tête : ce qui dépasse n’est pas lu.',
      'Vérifiez qu’un séparateur ne s’est pas glissé dans un texte ; mettez ce texte entre guillemets.',
    ),
} as const;

/** `14/06/2022`, as a user writes it. */
export function numeric(date: CivilDate): string {
  return date.split('-').toReversed().join('/');
}

/** What stands in a message of a value that may be anything. */
export function shown(value: string): string {
  return value.length > 200 ? `${value.slice(0, 199)}…` : value;
}
