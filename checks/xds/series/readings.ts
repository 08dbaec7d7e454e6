import { DOCUMENT_ENTRY, externalIdentifier, parseCx, slotValues } from '#formats/ebrim/index.ts';
import type { AskedDocument, DmpCall } from './calls.ts';
import { placeOf, type JudgedSeries } from './judged.ts';

/** What the product may know of a document: the repositories that its entries name, none when no entry said it. */
type Known = Map<string, Set<string>>;

/** Documents read against those that the DMP listed before, and those that this product fed (DMP/UX.14). */
export function checkReadings(judged: JudgedSeries): void {
  const known: Known = new Map();
  for (const call of judged.calls) {
    for (const asked of call.asked) checkReading(judged, call, asked, known);
    learn(call, known);
  }
}

/** The same number may be another document for another patient. */
const keyOf = (ins: string, uniqueId: string): string => `${ins} ${uniqueId}`;

function learn({ ins, transaction, answer, documents, sought }: DmpCall, known: Known): void {
  const add = (whose: string, uniqueId: string, repositories: readonly string[]): void => {
    const key = keyOf(whose, uniqueId);
    known.set(key, new Set([...(known.get(key) ?? []), ...repositories]));
  };
  // What failed in passing may have been registered all the same.
  if (transaction === 'TD2.1' && answer.outcome !== 'refused') {
    for (const { uniqueId } of documents) add(ins, uniqueId, []);
  }
  for (const entry of answer.objects?.documents ?? []) {
    const identifier = (scheme: string): string | undefined => externalIdentifier(entry, scheme)?.value;
    const owner = parseCx(identifier(DOCUMENT_ENTRY.patientId) ?? '').id;
    add(owner || ins, identifier(DOCUMENT_ENTRY.uniqueId) ?? '', slotValues(entry, 'repositoryUniqueId'));
  }
  // An answer in references names entries by their entryUUID only: the number is that of the question.
  if ((answer.objects?.references.length ?? 0) > 0) for (const uniqueId of sought) add(ins, uniqueId, []);
}

function checkReading({ report }: JudgedSeries, call: DmpCall, asked: AskedDocument, known: Known): void {
  const { uniqueId, repository, path } = asked;
  // A call that names no patient, or no document, is told as such.
  if (call.ins === '' || uniqueId === '') return;
  const repositories = known.get(keyOf(call.ins, uniqueId));
  if (repositories === undefined) {
    report.add('DMP-READING-LISTED', {
      where: placeOf(call, `${path}/DocumentUniqueId[1]`),
      received: `${uniqueId}, qu’aucune réponse du DMP n’a montré avant pour ce patient, et que le produit n’a pas versé`,
      expected: 'l’uniqueId d’une fiche que TD3.1 a montrée pour ce patient',
      remedy:
        'Cherchez d’abord le document (TD3.1) et recopiez l’uniqueId de sa fiche ; un numéro gardé d’une recherche plus ancienne est admis.',
    });
  } else if (repositories.size > 0 && !repositories.has(repository)) {
    report.add('DMP-READING-LISTED', {
      where: placeOf(call, `${path}/RepositoryUniqueId[1]`),
      received: repository || 'absent',
      expected: `${[...repositories].join(', ')}, l’entrepôt de la fiche que le DMP a montrée`,
      remedy: 'Recopiez repositoryUniqueId de la fiche, avec son uniqueId.',
    });
  }
}
