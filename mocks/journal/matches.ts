import type { Exchange, TlsPeer } from '#formats/exchange/index.ts';
import type { JournalQuery } from './types.ts';

/** True when the exchange answers all of the query but `since`, which is a matter of order. */
export function matches(exchange: Exchange, query: JournalQuery): boolean {
  if (query.service !== undefined && exchange.service !== query.service) return false;
  if (query.operation !== undefined && exchange.operation !== query.operation) return false;
  if (query.expected !== undefined && exchange.expected !== query.expected) return false;
  return query.about === undefined || isAbout(exchange, query.about);
}

function isAbout(exchange: Exchange, about: string): boolean {
  const { patient, patients, ins, mailboxes, professional, documentIds } = exchange.attribution;
  return (
    patient === about ||
    (patients?.includes(about) ?? false) ||
    ins === about ||
    professional === about ||
    (documentIds?.includes(about) ?? false) ||
    // Mailbox addresses compare without case (RFC 5321 allows it for the domain; MSSanté operators do it for the whole).
    (mailboxes?.some((mailbox) => mailbox.toLowerCase() === about.toLowerCase()) ?? false) ||
    carries(exchange.peer.tls, about)
  );
}

/** Serial number, without case, or common name of the client certificate, refused ones included. */
function carries(tls: TlsPeer | undefined, about: string): boolean {
  if (tls?.serialNumber === undefined) return false;
  // A card has its common name, surname and given name in one RDN, on one line.
  const names = tls.subject?.flatMap((rdn) => rdn.split(' + ')) ?? [];
  return tls.serialNumber.toLowerCase() === about.toLowerCase() || names.includes(`CN=${about}`);
}
