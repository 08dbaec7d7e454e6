import { isListed, mailboxesOf } from './published.ts';
import type { PublishedMailbox } from './bundle.ts';
import type { FhirCall, UseRule, UseSubject } from './types.ts';

const USE: readonly string[] = ['ANN/va1.05', 'ANN/va1.06'];
const SOURCE = (assert: string): string => `protocols.md §6, assertion ${assert}`;

/** What holds of a mail to a professional whose mailbox was looked up. */
export const USE_RULES: readonly UseRule[] = [
  {
    id: 'ANN-MAILBOX-USED',
    layer: 'business',
    severity: 'error',
    requirements: USE,
    source: SOURCE('N5'),
    title: 'Le produit écrit à une boîte que l’annuaire a rendue.',
    expected: 'des destinataires qui viennent de l’API ou de l’extraction de l’annuaire',
    remedy: 'Prenez l’adresse de l’annuaire telle quelle : ne la fabriquez pas, ne la gardez pas d’ailleurs.',
    judge: (subject) =>
      recipients(subject)
        .filter((one) => publishedAs(subject, one).length === 0 && !isListed(subject, one))
        .map((one) => ({ where: 'destinataires du courriel', received: one })),
  },
  {
    id: 'ANN-MAILBOX-USED-ACTIVE',
    layer: 'business',
    severity: 'error',
    requirements: USE,
    source: SOURCE('N6'),
    title: 'Le produit n’écrit pas à un professionnel qui n’exerce plus.',
    expected: 'des boîtes de ressources actives, hors liste rouge',
    remedy: 'Écartez les ressources dont active vaut false avant de choisir la boîte.',
    judge: (subject) =>
      recipients(subject)
        .filter((one) => {
          const last = lastWordOn(subject, one);
          if (last === undefined || last.said.some(({ active, redList }) => active && !redList)) return false;
          // A file that came after says more than the API did.
          const later = subject.extractions.filter(({ startedAt }) => startedAt > last.at);
          return !isListed({ ...subject, extractions: later }, one);
        })
        .map((one) => ({ where: 'destinataires du courriel', received: `${one} (inactif ou en liste rouge)` })),
  },
  {
    id: 'ANN-MAILBOX-STRUCTURE',
    layer: 'business',
    severity: 'warning',
    requirements: USE,
    source: SOURCE('N7'),
    title: 'Le produit préfère la boîte de la structure où le patient est suivi.',
    expected: 'la boîte de cette structure, quand l’annuaire en publie une',
    remedy: 'Suivez PractitionerRole.organization, et prenez la boîte de la bonne structure avant les autres.',
    judge: (subject) => {
      const { structure } = subject.use;
      if (structure === undefined) return [];
      const right = new Set(structuresOf(subject, structure));
      const usable = mailboxesOf(subject).filter(({ active, redList }) => active && !redList);
      const wished = usable.filter(({ organization }) => organization !== undefined && right.has(organization));
      const used = recipients(subject);
      if (wished.length === 0 || wished.some(({ address }) => used.includes(address))) return [];
      return used
        .filter((one) => publishedAs(subject, one).some(({ organization }) => organization !== undefined))
        .map((one) => ({
          where: 'destinataires du courriel',
          received: `${one} (autre structure)`,
          expected: [...new Set(wished.map(({ address }) => address))].join(' ou '),
        }));
    },
  },
];

function recipients({ use }: UseSubject): readonly string[] {
  return use.recipients.map((one) => one.trim().toLowerCase());
}

function publishedAs(subject: UseSubject, address: string): readonly PublishedMailbox[] {
  return mailboxesOf(subject).filter((one) => one.address === address);
}

/** What the last answer that speaks of an address says of it, and when. */
function lastWordOn(
  { calls }: UseSubject,
  address: string,
): { readonly at: number; readonly said: readonly PublishedMailbox[] } | undefined {
  const about = ({ bundle }: FhirCall): readonly PublishedMailbox[] =>
    (bundle?.mailboxes ?? []).filter((one) => one.address === address);
  const last = calls.findLast((call) => about(call).length > 0);
  return last && { at: last.startedAt, said: about(last) };
}

/** Resources of this structure, by any of its identifiers; Struct_IdNat is `1` and the FINESS number. */
function structuresOf({ calls }: UseSubject, structure: string): readonly string[] {
  const names = new Set([structure, `1${structure}`, structure.replace(/^1/u, '')]);
  return calls.flatMap(({ bundle }) =>
    [...(bundle?.structures ?? [])]
      .filter(([, ids]) => ids.some((id) => names.has(id)))
      .map(([reference]) => reference),
  );
}
