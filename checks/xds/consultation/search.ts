import { parseCx } from '#formats/ebrim/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { readSoap } from '#formats/soap/index.ts';
import { vihfOf } from '../../vihf/index.ts';
import { dmpRequestOf, envelopeBytes, transactionOf } from '../transaction.ts';
import data from './consultation.json' with { type: 'json' };
import { missingCriteria } from './criteria.ts';
import { readQuery, type SentQuery } from './query.ts';
import { placeIn, type JudgedConsultation } from './types.ts';

interface Kind {
  readonly name: string;
  /** Parameters of the queries that seek in a record. */
  readonly patient?: string;
  readonly status?: string;
}

const KINDS: Readonly<Record<string, Kind>> = data.queries;

/** Form of each search, and what it asks (EX_3.1-1030, DMP/UX.27). */
export function checkSearches(judged: JudgedConsultation): void {
  const { exchanges, options, report } = judged;
  const seeking: SentQuery[] = [];
  for (const exchange of exchanges.filter((one) => transactionOf(one)?.name === 'TD3.1')) {
    const envelope = envelopeBytes(dmpRequestOf(exchange));
    const reading = readSoap(envelope);
    const query = reading.ok && reading.envelope.payload ? readQuery(reading.envelope.payload) : undefined;
    if (query === undefined) continue;
    const patient = parseCx(vihfOf(envelope)?.resourceId ?? '');
    checkForm(judged, exchange, query, { ins: patient.id, oid: patient.authority.universalId });
    if (KINDS[query.id]?.patient !== undefined) seeking.push(query);
  }
  const { criteria } = options;
  const [last] = exchanges.filter((one) => transactionOf(one)?.name === 'TD3.1').slice(-1);
  if (criteria === undefined || last === undefined) return;
  for (const { asked, sent } of missingCriteria(criteria, seeking)) {
    report.add('DMP-SEARCH-CRITERIA', {
      where: placeIn(last, seeking.at(-1)?.path ?? '/Envelope/Body[1]'),
      received: sent,
      expected: asked,
      remedy: 'Envoyez au DMP chaque critère que l’utilisateur a choisi, dans la même requête.',
    });
  }
}

function checkForm(
  { report }: JudgedConsultation,
  exchange: HttpExchange,
  query: SentQuery,
  patient: { readonly ins: string; readonly oid: string },
): void {
  const kind = KINDS[query.id];
  const wrong = (where: string, received: string, expected: string, remedy: string): void =>
    report.add('DMP-SEARCH-QUERY', { where: placeIn(exchange, where), received, expected, remedy });
  if (kind === undefined) {
    const names = Object.values(KINDS).map(({ name }) => name);
    wrong(`${query.path}/@id`, query.id || 'absent', `l’identifiant de ${names.join(', ')}`, 'Employez une requête que le DMP sert.');
    return;
  }
  for (const { malformed, name, path } of query.parameters) {
    if (malformed === undefined) continue;
    wrong(path, `${name} = ${malformed}`, "'texte', ('texte','texte') ou un nombre", 'Mettez chaque texte entre apostrophes, doublées à l’intérieur.');
  }
  const valuesOf = (name: string | undefined): readonly string[] =>
    query.parameters.filter((one) => one.name === name).flatMap(({ values }) => values);
  if (kind.patient !== undefined) {
    const asked = valuesOf(kind.patient).map((value) => parseCx(value));
    const right = asked.length === 1 && asked.every(({ id, authority }) => id === patient.ins && authority.universalId === patient.oid);
    if (!right) {
      wrong(query.path, valuesOf(kind.patient).join(', ') || `${kind.patient} absent`, `${kind.patient} : le patient du VIHF (${patient.ins})`, 'Cherchez dans le DMP du patient que le VIHF nomme, par son INS.');
    }
  }
  if (kind.status !== undefined && !valuesOf(kind.status).includes(data.active)) {
    report.add('DMP-SEARCH-ACTIVE', {
      where: placeIn(exchange, query.path),
      received: valuesOf(kind.status).join(', ') || `${kind.status} absent`,
      expected: data.active,
      remedy: 'Demandez toujours les documents actifs ; ajoutez-y les documents archivés si l’utilisateur les veut.',
    });
  }
}
