import { BenchError } from '../errors.ts';
import type { JournalQuery } from './types.ts';

/** Nothing that matches crossed the wire in the time allowed. */
export class JournalTimeout extends BenchError {
  readonly query: JournalQuery;

  constructor(query: JournalQuery, timeoutMs: number, seen: number) {
    const wanted = [
      query.service && `service ${query.service}`,
      query.operation && `opération ${query.operation}`,
      query.about && `concernant ${query.about}`,
    ].filter((part) => part !== undefined && part !== '');
    super(
      'JOURNAL_TIMEOUT',
      `Aucun échange (${wanted.join(', ') || 'quel qu’il soit'}) reçu en ${timeoutMs} ms ; ${seen} échange(s) sans rapport vu(s).`,
      'Vérifier que le produit est bien dirigé vers les adresses du banc et que le geste a été fait.',
    );
    this.name = 'JournalTimeout';
    this.query = query;
  }
}
