import type { Exchange } from '#formats/exchange/index.ts';
import type { JournalQuery } from './types.ts';

/** True when the exchange answers the service, operation and `about` of the query (`since` is a matter of order). */
export function matches(exchange: Exchange, query: JournalQuery): boolean {
  if (query.service !== undefined && exchange.service !== query.service) return false;
  if (query.operation !== undefined && exchange.operation !== query.operation) return false;
  return query.about === undefined || isAbout(exchange, query.about);
}

function isAbout(exchange: Exchange, about: string): boolean {
  const { patient, ins, mailboxes, professional, documentIds } = exchange.attribution;
  return (
    patient === about ||
    ins === about ||
    professional === about ||
    (documentIds?.includes(about) ?? false) ||
    // Mailbox addresses compare without case (RFC 5321 allows it for the domain; MSSanté operators do it for the whole).
    (mailboxes?.some((mailbox) => mailbox.toLowerCase() === about.toLowerCase()) ?? false)
  );
}
