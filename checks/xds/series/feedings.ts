import type { DmpCall, FedDocument } from './calls.ts';
import { placeOf, type JudgedSeries } from './judged.ts';

/** Retries and needless sending of documents (D12 of protocols.md §2.11, EX_GEN-1060). */
export function checkFeedings({ calls, report, options }: JudgedSeries): void {
  const feedings = calls.filter(({ transaction }) => transaction === 'TD2.1');
  for (const [index, call] of feedings.entries()) {
    const before = feedings.slice(0, index);
    checkSet(call, before, report);
    const done = before.filter(({ ins, answer }) => ins === call.ins && answer.outcome === 'done');
    for (const document of call.documents) {
      const same = done.find((one) => one.documents.some((other) => isSame(other, document)));
      if (same === undefined) {
        checkRebuilt(call, document, done, calls, report);
        continue;
      }
      report.add('DMP-NO-RESEND', {
        where: placeOf(call, document.entry.path),
        received: `le document ${document.uniqueId}, déjà enregistré par l’échange ${same.id}`,
        expected: 'un document nouveau, ou une version qui remplace la précédente',
        remedy: 'Gardez la trace de ce que le DMP a enregistré, et n’envoyez que ce qui change.',
      });
    }
    if (call.answer.outcome !== 'transient') continue;
    const later = feedings.slice(index + 1).filter(({ ins }) => ins === call.ins);
    for (const document of call.documents) {
      const again = later.some((one) => one.documents.some(({ uniqueId }) => uniqueId === document.uniqueId));
      if (again) continue;
      const renamed = renamedIn(later, document);
      if (renamed !== undefined) {
        report.add('DMP-RETRY-SAME-ID', {
          where: placeOf(renamed.call, `${renamed.document.entry.path}, uniqueId`),
          received: renamed.document.uniqueId,
          expected: `${document.uniqueId}, celui de l’échange ${call.id}, qui a échoué (${call.answer.codes.join(', ')})`,
          remedy: 'Envoyez à nouveau le même document : le DMP reconnaît à son uniqueId ce qu’il a déjà reçu.',
        });
      } else if (options.ended === true) {
        report.add('DMP-RETRY', {
          where: placeOf(call, document.entry.path),
          received: `un échec passager (${call.answer.codes.join(', ')}), sans nouvel essai`,
          expected: `un nouvel envoi du document ${document.uniqueId}`,
          remedy: 'Mettez l’envoi en attente et tentez-le à nouveau, ou proposez-le à l’utilisateur.',
        });
      }
    }
  }
}

function isSame(one: FedDocument, other: FedDocument): boolean {
  return one.uniqueId === other.uniqueId || (one.digest !== undefined && one.digest === other.digest);
}

/**
 * The same report built again under another number, without saying that it replaces the first: same order, type, format,
 * visibility, title and act. Two reports may answer one order: it is only told.
 */
function checkRebuilt(
  call: DmpCall,
  document: FedDocument,
  done: readonly DmpCall[],
  calls: readonly DmpCall[],
  report: JudgedSeries['report'],
): void {
  if (document.orders === '' || document.replaces !== undefined) return;
  const first = done.findLast((one) => one.documents.some(({ likeness }) => likeness === document.likeness));
  if (first === undefined) return;
  // What was deleted since may be fed anew.
  const isBetween = (one: DmpCall): boolean => one.startedMs >= first.startedMs && one.startedMs <= call.startedMs;
  if (calls.some((one) => one.transaction === 'TD3.3' && one.ins === call.ins && isBetween(one))) return;
  report.add('DMP-NO-RESEND', {
    where: placeOf(call, document.entry.path),
    received: `le document ${document.uniqueId}, de la même demande, du même type et du même acte que celui de l’échange ${first.id}, sans le remplacer`,
    expected: 'une association RPLC vers la version précédente, ou un autre compte rendu',
    remedy: 'Une nouvelle version d’un compte rendu remplace la précédente (RPLC) ; sans changement, n’envoyez rien.',
    severity: 'warning',
  });
}

function renamedIn(
  later: readonly DmpCall[],
  document: FedDocument,
): { readonly call: DmpCall; readonly document: FedDocument } | undefined {
  for (const call of later) {
    const found = call.documents.find(
      (one) => one.likeness === document.likeness && one.replaces === document.replaces,
    );
    if (found !== undefined) return { call, document: found };
  }
  return undefined;
}

/** A set that was registered is closed: its uniqueId serves no other one. */
function checkSet(call: DmpCall, before: readonly DmpCall[], report: JudgedSeries['report']): void {
  const { setId } = call;
  const first = before.find((one) => one.setId === setId && one.answer.outcome === 'done');
  if (setId === undefined || setId === '' || first === undefined) return;
  report.add('DMP-SET-ID-UNIQUE', {
    where: placeOf(call, 'uniqueId du lot'),
    received: `${setId}, celui du lot enregistré par l’échange ${first.id}`,
    expected: 'un uniqueId neuf pour chaque lot',
    remedy: 'Tirez un OID par lot de soumission.',
  });
}
