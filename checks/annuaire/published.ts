import type { PublishedMailbox } from './bundle.ts';
import type { PublishedSubject, ShownProfessional } from './types.ts';

/** Last thing that the directory said of a professional, by the API or by its file. */
export interface Known {
  readonly lastName: string;
  readonly firstName: string;
  readonly professions: readonly string[];
  readonly active: boolean;
}

/** Every mailbox that the API returned. */
export function mailboxesOf({ calls }: PublishedSubject): readonly PublishedMailbox[] {
  return calls.flatMap((call) => call.bundle?.mailboxes ?? []);
}

/** Whether the extraction publishes this address; only active people are in it. */
export function isListed({ extractions }: PublishedSubject, address: string): boolean {
  return extractions.some(({ files }) => files.some((file) => file.table()?.mailboxes.has(address) === true));
}

/**
 * The professional whom the product names by number, as the directory last said; undefined when it never spoke of them.
 * Who was in a file, and is not in a later one, no longer practises.
 */
export function knownOf({ calls, extractions }: PublishedSubject, { rpps = '' }: ShownProfessional): Known | undefined {
  const said: readonly { readonly at: number; readonly say: (before: Known | undefined) => Known | undefined }[] = [
    ...calls.flatMap(({ bundle, startedAt: at }) =>
      (bundle?.people ?? []).filter((one) => one.rpps === rpps).map((one) => ({ at, say: () => one })),
    ),
    ...extractions.flatMap(({ files, startedAt: at }) =>
      files.flatMap((file) => {
        const table = /personne_activite/i.test(file.name) ? file.table() : undefined;
        if (table === undefined) return [];
        const one = table.people.get(`8${rpps}`);
        if (one === undefined) {
          return [
            {
              at,
              say: (before: Known | undefined) => (before === undefined ? undefined : { ...before, active: false }),
            },
          ];
        }
        const { lastName, firstName, profession } = one;
        return [{ at, say: () => ({ lastName, firstName, professions: [profession], active: true }) }];
      }),
    ),
  ];
  return said
    .toSorted((one, other) => one.at - other.at)
    .reduce<Known | undefined>((before, { say }) => say(before), undefined);
}
