import type { MailTrace } from './types.ts';

/** Everything done on the mailboxes: by whom, what was asked of the server, what it answered (SC.MSS/CONF.17 and 18). */
export interface MailJournal {
  add(trace: MailTrace): void;
  list(mailbox?: string): readonly MailTrace[];
}

const KEPT = 20_000;
const MAX_TEXT = 1_000;

/** In memory; the oldest lines go when there are too many. What came from a server is cut. */
export function createMailJournal(faults: ReadonlySet<string>): MailJournal {
  const traces: MailTrace[] = [];
  return {
    add({ request, response, ...trace }) {
      if (trace.action === 'envoi' && faults.has('mss-envoi-sans-trace')) return;
      if (faults.has('mss-trace-echecs-tus') && !/^(2\d\d|OK)\b/.test(response)) return;
      const line = { ...trace, request: request.slice(0, MAX_TEXT), response: response.slice(0, MAX_TEXT) };
      if (faults.has('mss-trace-sans-reponse')) line.response = '';
      if (faults.has('mss-trace-anonyme')) line.author = '';
      traces.push(line);
      if (traces.length > KEPT) traces.splice(0, traces.length - KEPT);
    },
    list: (mailbox) =>
      traces.filter((trace) => mailbox === undefined || trace.mailbox.toLowerCase() === mailbox.toLowerCase()),
  };
}
