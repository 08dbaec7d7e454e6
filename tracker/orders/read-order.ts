import type { CivilDate } from '#dsr/dates/index.ts';
import { COLUMNS, columnNamed } from './columns.ts';
import { FAULTS } from './message.ts';
import {
  readAcceptance,
  readAmendment,
  readAmounts,
  readAttachments,
  readClient,
  readFirmDate,
  readInvoice,
} from './parts.ts';
import type { RowReader } from './row-reader.ts';
import type { Acceptance, Amendment, Order, SignatureKind } from './types.ts';

/** What a source says beside its cells. */
export interface Lists {
  /** Names of sites by FINESS. */
  readonly siteNames?: ReadonlyMap<string, string>;
  /** Amendments as a list, oldest first; without it the columns of the last amendment are read. */
  readonly amendments?: readonly RowReader[];
}

/**
 * The order of a row, by the kinds and rules of the published columns. Every fault of the row is gathered in the reader.
 *
 * @returns undefined when one fault is an error
 */
export function readOrder(
  row: RowReader,
  { siteNames = new Map(), amendments = [row] }: Lists = {},
): Order | undefined {
  for (const { name, required } of COLUMNS) if (required === 'toujours' && !row.filled(name)) row.missing(name);
  const amounts = readAmounts(row);
  const client = readClient(row);
  const number = row.word('number');
  const couloir = row.couloir('couloir');
  const wave = row.choice('wave', 'wave') as Order['wave'] | undefined;
  const instance = row.word('instance');
  const name = row.word('product.name');
  const version = row.word('product.version');
  const sites = row.sites('sites');
  if (sites?.length === 0 && !row.filled('client.rpps')) row.missing('sites', columnNamed('sites').required);
  const signedOn = row.day('signedOn');
  const signature = row.choice('signature', 'signature') as SignatureKind | undefined;
  const conditionalMention = row.yesNo('conditionalMention');
  const stateMention = row.yesNo('stateMention');
  const firmServiceDate = readFirmDate(row);
  const completionNotifiedOn = row.day('completionNotifiedOn');
  const mssDeployment = row.choice('mssDeployment', 'mss-deployment') as Order['mssDeployment'];
  const acceptance = readAcceptance(row);
  const invoice = readInvoice(row, amounts?.vatRate);
  const read = amendments.map((one) => readAmendment(one, amounts?.vatRate));
  const attachments = readAttachments(row, acceptance?.kind);
  sayDatesOutOfOrder(row, signedOn, acceptance);
  if (row.failed || amendments.some((one) => one.failed)) return undefined;
  if (
    number === undefined ||
    couloir === undefined ||
    wave === undefined ||
    instance === undefined ||
    name === undefined ||
    version === undefined ||
    amounts === undefined ||
    conditionalMention === undefined ||
    stateMention === undefined
  ) {
    // Every one of them is always due: a fault was said.
    return undefined;
  }
  return {
    number,
    client,
    couloir,
    wave,
    instance,
    sites: (sites ?? []).map((finess) => siteOf(finess, siteNames.get(finess))),
    product: { name, version },
    amounts,
    ...(signedOn === undefined ? {} : { signedOn }),
    ...(signature === undefined ? {} : { signature }),
    conditionalMention,
    stateMention,
    ...(firmServiceDate === undefined ? {} : { firmServiceDate }),
    ...(completionNotifiedOn === undefined ? {} : { completionNotifiedOn }),
    amendments: read.filter((one): one is Amendment => one !== undefined),
    ...(mssDeployment === undefined ? {} : { mssDeployment }),
    ...(acceptance === undefined ? {} : { acceptance }),
    ...(invoice === undefined ? {} : { invoice }),
    attachments,
  };
}

function siteOf(finess: string, name: string | undefined): Order['sites'][number] {
  return { finess, ...(name === undefined ? {} : { name }) };
}

/** Nobody accepts a service that was not ordered: one of the dates is mistyped, which one only the user knows. */
function sayDatesOutOfOrder(row: RowReader, signedOn: CivilDate | undefined, acceptance: Acceptance | undefined): void {
  if (signedOn === undefined) return;
  for (const part of ['serviceDoneOn', 'signedOn'] as const) {
    const day = acceptance?.[part];
    if (day === undefined || day >= signedOn) continue;
    const name = `acceptance.${part}`;
    row.say(name, FAULTS.datesOrder(columnNamed('signedOn').title, signedOn, columnNamed(name).title, day));
  }
}
