import { exactEuros, withVat, type Amounts } from '#dsr/money/index.ts';
import { columnNamed } from './columns.ts';
import { FAULTS } from './message.ts';
import type { RowReader } from './row-reader.ts';
import type { Acceptance, Amendment, Attachment, AttachmentKind, Client, Invoice, Order } from './types.ts';

/** Amounts of the order; undefined when one of them is missing or wrong, or when the TTC does not follow. */
export function readAmounts(row: RowReader): Amounts | undefined {
  const vatRate = row.rate('amounts.vatRate');
  const ht = row.euros('amounts.ht');
  const ttc = row.euros('amounts.ttc');
  return together(row, 'amounts.ttc', { ht, ttc, vatRate });
}

/** Pre-tax, rate and all-in belong together to the cent: the ASP rejected files for less (ANS note 1265). */
function together(
  row: RowReader,
  name: string,
  { ht, ttc, vatRate }: { readonly [K in keyof Amounts]: Amounts[K] | undefined },
): Amounts | undefined {
  if (ht === undefined || ttc === undefined || vatRate === undefined) return undefined;
  const expected = withVat(ht, vatRate).ttc;
  return expected === ttc ? { ht, ttc, vatRate } : row.say(name, FAULTS.ttc(exactEuros(expected)));
}

export function readClient(row: RowReader): Client {
  const finess = row.identifier('client.finess', 'finess');
  const rpps = row.identifier('client.rpps', 'rpps');
  return {
    name: row.word('client.name') ?? '',
    siret: row.identifier('client.siret', 'siret') ?? '',
    ...(finess === undefined ? {} : { finess }),
    ...(rpps === undefined ? {} : { rpps }),
  };
}

export function readFirmDate(row: RowReader): Order['firmServiceDate'] {
  const date = row.day('firmServiceDate.date');
  const announcedOn = row.day('firmServiceDate.announcedOn');
  if (!row.filled('firmServiceDate.date')) {
    return row.filled('firmServiceDate.announcedOn')
      ? row.missing('firmServiceDate.date', columnNamed('firmServiceDate.date').required)
      : undefined;
  }
  return date === undefined ? undefined : { date, ...(announcedOn === undefined ? {} : { announcedOn }) };
}

const AMENDMENT = ['signedOn', 'status', 'ht', 'ttc'] as const;

/**
 * An amendment: the last one of a row, or one of a JSON list.
 *
 * @param vatRate rate of the order, which an amendment keeps
 */
export function readAmendment(row: RowReader, vatRate: number | undefined): Amendment | undefined {
  const number = row.word('amendment.number');
  const signedOn = row.day('amendment.signedOn');
  const status = row.choice('amendment.status', 'amendment-status') as Amendment['status'] | undefined;
  const ht = row.euros('amendment.ht');
  const ttc = row.euros('amendment.ttc');
  const amounts = together(row, 'amendment.ttc', { ht, ttc, vatRate });
  const others = AMENDMENT.map((part) => `amendment.${part}`);
  if (!row.filled('amendment.number', ...others)) return undefined;
  require(row, 'amendment.number', 'amendment.status');
  if (row.filled('amendment.ht', 'amendment.ttc')) require(row, 'amendment.ht', 'amendment.ttc');
  if (number === undefined || status === undefined) return undefined;
  return {
    number,
    ...(signedOn === undefined ? {} : { signedOn }),
    status,
    ...(amounts === undefined ? {} : { amounts }),
  };
}

const ACCEPTANCE = ['signedOn', 'serviceDoneOn', 'reserves', 'mssanteAddress', 'mssDeployment'] as const;

export function readAcceptance(row: RowReader): Acceptance | undefined {
  const kind = row.choice('acceptance.kind', 'acceptance-kind') as Acceptance['kind'] | undefined;
  const signedOn = row.day('acceptance.signedOn');
  const serviceDoneOn = row.day('acceptance.serviceDoneOn');
  const reserves = row.choice('acceptance.reserves', 'reserves') as Acceptance['reserves'] | undefined;
  const mssanteAddress = row.address('acceptance.mssanteAddress');
  const mssDeployment = row.choice('acceptance.mssDeployment', 'mss-deployment') as Acceptance['mssDeployment'];
  if (!row.filled('acceptance.kind', ...ACCEPTANCE.map((part) => `acceptance.${part}`))) return undefined;
  require(row, 'acceptance.kind', 'acceptance.reserves');
  if (kind === undefined || reserves === undefined) return undefined;
  return {
    kind,
    ...(signedOn === undefined ? {} : { signedOn }),
    ...(serviceDoneOn === undefined ? {} : { serviceDoneOn }),
    reserves,
    ...(mssanteAddress === undefined ? {} : { mssanteAddress }),
    ...(mssDeployment === undefined ? {} : { mssDeployment }),
  };
}

const INVOICE = ['number', 'issuedOn', 'ht', 'ttc', 'stateMention'] as const;

/** @param vatRate rate of the order, at which it is invoiced */
export function readInvoice(row: RowReader, vatRate: number | undefined): Invoice | undefined {
  const number = row.word('invoice.number');
  const issuedOn = row.day('invoice.issuedOn');
  const ht = row.euros('invoice.ht');
  const ttc = row.euros('invoice.ttc');
  const stateMention = row.yesNo('invoice.stateMention');
  const amounts = together(row, 'invoice.ttc', { ht, ttc, vatRate });
  if (!row.filled(...INVOICE.map((part) => `invoice.${part}`))) return undefined;
  require(row, 'invoice.number', 'invoice.ht', 'invoice.ttc', 'invoice.stateMention');
  if (number === undefined || amounts === undefined || stateMention === undefined) return undefined;
  return { number, ...(issuedOn === undefined ? {} : { issuedOn }), amounts, stateMention };
}

/** Files of the order. A quote and an invoice need no signature: theirs is never missing. */
export function readAttachments(row: RowReader, acceptance: Acceptance['kind'] | undefined): readonly Attachment[] {
  const orderSigned = signedOf(row, 'files.orderSigned', 'files.order');
  const acceptanceSigned = signedOf(row, 'files.acceptanceSigned', 'files.acceptance');
  const files = (name: string, kind: AttachmentKind, signed: boolean): readonly Attachment[] =>
    row.paths(name).map((path) => ({ kind, path, signed }));
  return [
    ...files('files.quote', 'quote', true),
    ...files('files.order', 'order', orderSigned),
    ...files('files.invoice', 'invoice', true),
    ...files('files.acceptance', acceptance === 'MOM' ? 'mom' : 'va', acceptanceSigned),
    ...files('files.other', 'other', true),
  ];
}

function signedOf(row: RowReader, name: string, file: string): boolean {
  const signed = row.yesNo(name);
  if (row.filled(file)) require(row, name);
  return signed ?? false;
}

/** Says each column that must be filled and is not. */
function require(row: RowReader, ...names: readonly string[]): void {
  for (const name of names) if (!row.filled(name)) row.missing(name, columnNamed(name).required);
}
