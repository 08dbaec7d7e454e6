import type { Exchange, TlsPeer } from '#formats/exchange/index.ts';
import { distance, serviceName } from '../diagnosis/index.ts';
import { matches } from './matches.ts';
import type { JournalQuery } from './types.ts';

/** How many exchanges are told; the last ones of a kind say what the first ones did. */
const TOLD = 3;

/** French words of what a query asks for. */
export function wantedWords({ service, operation, about }: JournalQuery): string {
  const wanted = [
    service && `service ${service}`,
    operation && `opération ${operation}`,
    about && `concernant ${about}`,
  ].filter((part) => part !== undefined && part !== '');
  return wanted.join(', ') || 'quel qu’il soit';
}

/**
 * Says in French what came instead of an awaited exchange, the closest first, and in what each differs: other service,
 * other operation, other patient, mailbox or certificate.
 * @param arrived exchanges of the time during which it was awaited
 */
export function explainMissing(query: JournalQuery, arrived: readonly Exchange[]): string {
  const judged = arrived
    .filter((exchange) => !matches(exchange, query))
    .map((exchange) => ({ exchange, ...differences(query, exchange) }))
    // Sorting keeps the order of equals: the last to arrive is told first.
    .reverse()
    .toSorted((one, other) => one.cost - other.cost);
  const lines = [...new Set(judged.map(({ exchange, words }) => tell(exchange, words)))];
  if (lines.length === 0) return 'Rien d’autre n’est arrivé au banc pendant ce temps.';
  const more = lines.length > TOLD ? ` (et ${lines.length - TOLD} autre(s))` : '';
  return `À la place, le banc a reçu : ${lines.slice(0, TOLD).join(' ; ')}${more}.`;
}

function differences(query: JournalQuery, exchange: Exchange): { readonly words: string; readonly cost: number } {
  const words: string[] = [];
  let cost = 0;
  const note = (weight: number, word: string): void => {
    cost += weight;
    words.push(word);
  };
  if (query.service !== undefined && query.service !== exchange.service) {
    note(4, `autre service (attendu ${serviceName(query.service)})`);
  }
  if (query.operation !== undefined && query.operation !== exchange.operation) {
    const letters = distance(query.operation, exchange.operation);
    const near = letters <= 2 ? `, à ${letters === 1 ? 'une lettre' : 'deux lettres'} près` : '';
    note(exchange.protocol === 'tls' ? 1 : 2, `autre opération (attendue « ${query.operation} »${near})`);
  }
  if (query.about !== undefined && !matches(exchange, { about: query.about })) {
    note(1, owner(exchange) === '' ? `rattaché à personne (attendu ${query.about})` : `ne concerne pas ${query.about}`);
  }
  if (query.expected !== undefined && query.expected !== exchange.expected) {
    note(1, exchange.expected ? 'opération reconnue' : 'opération inattendue');
  }
  return { words: words.join(', '), cost };
}

function tell(exchange: Exchange, words: string): string {
  const whose = owner(exchange);
  const what = exchange.protocol === 'tls' ? 'connexion' : `« ${exchange.operation} »`;
  const head = `${serviceName(exchange.service)}, ${what}${whose === '' ? '' : `, ${whose}`}`;
  const said = exchange.outcome === '' ? '' : ` – ${exchange.outcome}`;
  return words === '' ? `${head}${said}` : `${head} : ${words}${said}`;
}

/** Whose the exchange is, in French; empty when nothing tells. */
function owner({ attribution, peer }: Exchange): string {
  const { patient, ins, mailboxes, professional, documentIds } = attribution;
  if (patient !== undefined) return `patient ${patient}`;
  if (ins !== undefined) return `INS ${ins}`;
  if (mailboxes !== undefined && mailboxes.length > 0) return `messagerie ${mailboxes.join(', ')}`;
  if (professional !== undefined) return `professionnel ${professional}`;
  if (documentIds !== undefined && documentIds.length > 0) return `document ${documentIds.join(', ')}`;
  return certificate(peer.tls);
}

function certificate(tls: TlsPeer | undefined): string {
  return tls?.serialNumber === undefined ? '' : `certificat n° ${tls.serialNumber}`;
}
