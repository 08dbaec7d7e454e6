import type { SoapEnvelope } from '#formats/soap/index.ts';
import type { Report } from '../report/index.ts';
import type { InsRule } from './rules.ts';
import { firstNamesOf, searchKey } from './search.ts';
import { identityFor, strict } from './sent-traits.ts';
import type { InsiAnswer, InsiOptions } from './types.ts';

/** A request that could be read, and the answer that it got when it is known. */
export interface ReadRequest {
  readonly label: string | undefined;
  readonly envelope: SoapEnvelope;
  readonly answer: InsiAnswer | undefined;
}

/** Beyond this many times the very same search, nobody asked for it by hand. */
const ENDLESS = 10;

interface Search {
  readonly where: string;
  readonly names: readonly string[];
  readonly place: boolean;
  readonly key: string;
  readonly answer: InsiAnswer | undefined;
  /** First names of the identity, when it is known. */
  readonly known: readonly string[] | undefined;
}

/**
 * Judges the strategy of the searches by traits, person by person (protocols.md §1.6, A4): one first name first, then the
 * others one by one, then all, then the place of birth; no search after an answer 00, none again after a refusal.
 */
export function checkStrategy(
  report: Report<InsRule>,
  read: readonly ReadRequest[],
  options: InsiOptions,
  place: (label: string | undefined, where: string) => string,
): void {
  const persons = new Map<string, Search[]>();
  for (const { label, envelope, answer } of read) {
    const key = searchKey(envelope);
    const { payload } = envelope;
    if (key === undefined || payload === undefined) continue;
    const searches = persons.get(key.person) ?? [];
    persons.set(key.person, searches);
    searches.push({
      where: place(label, payload.path),
      names: firstNamesOf(payload).map((e) => e.text.trim()),
      place: payload.children.some((node) => node.kind === 'element' && node.name.local === 'LieuNaissance'),
      key: key.search,
      answer,
      known: identityFor(payload, options.identities)?.traits.firstNames,
    });
  }
  for (const searches of persons.values()) {
    checkFirst(report, searches[0]);
    checkOrder(report, searches, options);
    checkMissing(report, searches);
    checkRepeats(report, searches, options);
    checkAfterAnswer(report, searches, options);
  }
}

function checkFirst(report: Report<InsRule>, first: Search | undefined): void {
  if (first === undefined) return;
  const expected = first.known?.[0];
  const other = expected !== undefined && first.names.length === 1 && strict(first.names[0] ?? '') !== strict(expected);
  if (first.names.length <= 1 && !other) return;
  report.add('INSI-FIRST-CALL-ONE-PRENOM', {
    where: `${first.where}/Prenom[${Math.min(2, first.names.length)}]`,
    received: first.names.join(', '),
    expected: `un seul élément Prenom, celui du premier prénom${expected === undefined ? '' : ` (${expected})`}`,
    remedy: 'Cherchez d’abord avec le seul premier prénom ; n’ajoutez les autres qu’après un retour 01 ou 02.',
  });
}

/** A search begins again when it was answered 00, or when the first search is sent again. */
function checkOrder(report: Report<InsRule>, searches: readonly Search[], { asked }: InsiOptions): void {
  let highest = 0;
  const alone = new Set<string>();
  for (const [index, search] of searches.entries()) {
    const before = searches[index - 1];
    const first = searches[0];
    if (before === undefined || before.answer?.kind === 'found' || search.key === first?.key) {
      highest = 0;
      alone.clear();
    }
    const stage = search.names.length > 1 ? 2 : 1;
    const withPlace = search.place && first?.place === false ? 3 : stage;
    const untried = stage === 2 && highest === 1 ? search.names.filter((name) => !alone.has(name)) : [];
    if (withPlace < highest || untried.length > 0) {
      report.add('INSI-RETRY-ORDER', {
        where: search.where,
        received:
          untried.length > 0
            ? `tous les prénoms, sans avoir essayé seul(s) ${untried.join(', ')}`
            : `${search.names.join(', ')}${search.place ? ', avec le lieu' : ', sans le lieu'}, après une recherche plus précise`,
        expected: 'le premier prénom, puis chacun des autres, puis tous, puis le lieu de naissance',
        remedy: 'Suivez cet ordre après un retour 01 ou 02, sans revenir en arrière.',
        // Skipping a step is a lesser thing, and a user may start again by hand when the bench did not count the requests.
        ...(untried.length > 0 || asked !== 1 ? { severity: 'warning' as const } : {}),
      });
    }
    highest = Math.max(highest, withPlace);
    if (stage === 1) alone.add(search.names[0] ?? '');
  }
}

/**
 * A search that ends without identity was tried with the other first names too. The requirement only sends to the
 * integration guide, which does not oblige the vendor to go that far by itself: told, never held against the product.
 */
function checkMissing(report: Report<InsRule>, searches: readonly Search[]): void {
  const last = searches.at(-1);
  // A failure ends the attempt: what would have come next is not known.
  if (last?.answer?.kind !== 'none' || last.known === undefined || last.known.length < 2) return;
  if (searches.some(({ answer }) => answer?.kind === 'found')) return;
  const { known } = last;
  const all = strict(known.join(' '));
  if (searches.some(({ names }) => names.length > 1 || strict(names[0] ?? '') === all)) return;
  const sent = new Set(searches.flatMap(({ names }) => names.map(strict)));
  const never = known.filter((name) => !sent.has(strict(name)));
  report.add('INSI-RETRY-MISSING', {
    where: last.where,
    received: `${searches.length} recherche(s), la dernière répondue ${last.answer.code}, ${never.length > 0 ? `sans ${never.join(', ')}` : 'sans tous les prénoms ensemble'}`,
    expected: `d’autres recherches : chacun des prénoms (${known.join(', ')}), puis tous ensemble`,
    remedy: 'Après un retour 01 ou 02, reprenez la recherche avec chacun des autres prénoms, puis avec tous.',
  });
}

function checkRepeats(report: Report<InsRule>, searches: readonly Search[], options: InsiOptions): void {
  const limit = (options.sameSearchLimit ?? 3) + Math.max(0, (options.asked ?? 1) - 1);
  const counts = new Map<string, number>();
  for (const { key } of searches) counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const [key, count] of counts) {
    if (count <= limit) continue;
    report.add('INSI-NO-LOOP', {
      where: searches.find((search) => search.key === key)?.where ?? '',
      received: `${count} fois la même recherche`,
      expected: `${limit} fois au plus`,
      remedy:
        'Bornez les nouvelles tentatives et changez de critères (prénoms, puis lieu de naissance) entre deux appels.',
      ...(options.asked === undefined && count <= ENDLESS ? { severity: 'warning' as const } : {}),
    });
  }
}

function checkAfterAnswer(report: Report<InsRule>, searches: readonly Search[], { asked }: InsiOptions): void {
  let again = 0;
  for (const [index, search] of searches.entries()) {
    const before = searches[index - 1];
    const found = before?.answer?.kind === 'found';
    // A refusal of rights or of the product number does not pass by itself; a technical failure may.
    const refused =
      before?.answer?.kind === 'fault' && before.answer.code.startsWith('desir_') && before.key === search.key;
    if (!found && !refused) continue;
    again += 1;
    if (asked !== undefined && again < asked) continue;
    report.add('INSI-NO-RETRY', {
      where: search.where,
      received: found
        ? 'une recherche de plus après un retour 00'
        : `la même recherche après le refus ${before.answer.code}`,
      expected: found ? 'aucune : l’identité est trouvée' : 'aucune tant que la cause du refus demeure',
      remedy: 'Arrêtez-vous au retour 00, et ne réessayez pas ce que le service refuse.',
      // Somebody may have asked again: only a count of what was asked tells.
      ...(asked === undefined ? { severity: 'info' as const } : {}),
    });
  }
}
