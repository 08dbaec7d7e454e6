import { readSoap } from '#formats/soap/index.ts';
import { dmpRequestOf, envelopeBytes, transactionOf } from '../transaction.ts';
import { missingCriteria } from './criteria.ts';
import { readQuery } from './query.ts';
import { placeIn, type JudgedConsultation } from './types.ts';

/** What the searches asked, against what the user chose (DMP/UX.27). */
export function checkCriteria({ exchanges, options, report }: JudgedConsultation): void {
  const { criteria } = options;
  if (criteria === undefined) return;
  const searches = exchanges
    .filter((exchange) => transactionOf(exchange)?.name === 'TD3.1')
    .flatMap((exchange) => {
      const reading = readSoap(envelopeBytes(dmpRequestOf(exchange)));
      const query = reading.ok && reading.envelope.payload ? readQuery(reading.envelope.payload) : undefined;
      return query === undefined ? [] : [{ exchange, query }];
    });
  const [first] = searches;
  if (first === undefined) return;
  for (const { asked, sent } of missingCriteria(
    criteria,
    searches.map(({ query }) => query),
  )) {
    report.add('DMP-SEARCH-CRITERIA', {
      where: placeIn(first.exchange, first.query.path),
      received: sent,
      expected: asked,
      remedy: 'Envoyez au DMP chaque critère que l’utilisateur a choisi, dans la même requête.',
    });
  }
}
