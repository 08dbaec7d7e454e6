import type { Exchange } from '#formats/exchange/index.ts';
import { BenchError } from '../errors.ts';
import { explainMissing, wantedWords } from './explain-missing.ts';
import type { JournalQuery } from './types.ts';

/** Nothing that matches crossed the wire in the time allowed. */
export class JournalTimeout extends BenchError {
  readonly query: JournalQuery;
  /** French: what arrived instead, and in what it differs from what was awaited. */
  readonly instead: string;

  /** @param arrived what crossed the wire without matching, in order of arrival */
  constructor(query: JournalQuery, timeoutMs: number, arrived: readonly Exchange[]) {
    const instead = explainMissing(query, arrived);
    super(
      'JOURNAL_TIMEOUT',
      `Aucun échange (${wantedWords(query)}) reçu en ${timeoutMs} ms ; ${arrived.length} échange(s) sans rapport vu(s). ${instead}`,
      'Vérifier que le produit est bien dirigé vers les adresses du banc et que le geste a été fait.',
    );
    this.name = 'JournalTimeout';
    this.query = query;
    this.instead = instead;
  }
}
