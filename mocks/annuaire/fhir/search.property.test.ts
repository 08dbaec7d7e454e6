import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createPopulation } from '../../population/index.ts';
import { openBook } from '../book.ts';
import type { DirectoryPerson } from '../types.ts';
import { find, pageOf } from './bundle.ts';
import { readQuery } from './query.ts';
import { storeOf } from './store.ts';

const book = openBook(createPopulation(), () => new Date('2026-01-05T10:00:00Z'));
for (let day = 0; day < 3; day += 1) book.nextDay();
const directory = book.current();
const store = storeOf(directory);
const { people } = directory;

/** A criterion as it is written, and what a person who answers is like, said again without the code under test. */
type Case = readonly [name: string, value: string, answers: (person: DirectoryPerson) => boolean];

const anyone = fc.constantFrom(...people);
const piece = fc.tuple(anyone, fc.nat(20), fc.integer({ min: 1, max: 12 }));
const startsWith = (text: string, start: string): boolean => text.toUpperCase().startsWith(start.toUpperCase());
const cases: fc.Arbitrary<Case> = fc.oneof(
  anyone.map((one): Case => ['identifier', one.rpps, ({ rpps }) => rpps === one.rpps]),
  fc
    .tuple(anyone, anyone)
    .map(([one, two]): Case => [
      'identifier',
      `${one.rpps},urn:oid:1.2.250.1.71.4.2.1|${two.nationalId}`,
      ({ rpps }) => rpps === one.rpps || rpps === two.rpps,
    ]),
  piece.map(([one, , length]): Case => {
    const start = one.lastName.slice(0, length).toLowerCase();
    return ['family', start, ({ lastName }) => startsWith(lastName, start)];
  }),
  piece.map(([one, from, length]): Case => {
    const part = one.lastName.slice(from, from + length) || one.lastName;
    return ['family:contains', part, ({ lastName }) => lastName.includes(part)];
  }),
  anyone.map((one): Case => ['family:exact', one.lastName, ({ lastName }) => lastName === one.lastName]),
  anyone.map((one): Case => ['given', one.firstName, ({ firstName }) => startsWith(firstName, one.firstName)]),
  piece.map(([one, , length]): Case => {
    const start = one.firstName.slice(0, length);
    return ['name', start, ({ firstName, lastName }) => startsWith(firstName, start) || startsWith(lastName, start)];
  }),
  fc.boolean().map((wanted): Case => ['active', String(wanted), ({ active }) => active === wanted]),
  fc.boolean().map((wanted): Case => ['active:not', String(wanted), ({ active }) => active !== wanted]),
  fc
    .boolean()
    .map((wanted): Case => [
      'mailbox-mss:missing',
      String(wanted),
      ({ mailboxes }) => (mailboxes.length === 0) === wanted,
    ]),
  fc
    .constantFrom('SM26', 'SM03', '21')
    .map((code): Case => ['qualification-code', code, (one) => one.speciality === code || one.profession === code]),
  fc.constantFrom('gt', 'ge', 'lt', 'le', 'eq', 'ne').chain((prefix) =>
    anyone.map((one): Case => {
      const at = one.updatedAt.getTime();
      const answers: Readonly<Record<string, (held: number) => boolean>> = {
        gt: (held) => held > at,
        ge: (held) => held >= at,
        lt: (held) => held < at,
        le: (held) => held <= at,
        eq: (held) => held === at,
        ne: (held) => held !== at,
      };
      const answer = answers[prefix] ?? (() => false);
      return ['_lastUpdated', `${prefix}${one.updatedAt.toISOString()}`, (other) => answer(other.updatedAt.getTime())];
    }),
  ),
);

function read(parameters: readonly (readonly [string, string])[], type: 'Practitioner' | 'PractitionerRole') {
  const reading = readQuery(type, new URLSearchParams(parameters.map(([name, value]) => [name, value])));
  if (!reading.ok) throw new Error(reading.diagnostics);
  return reading.query;
}

it('a search gives who answers every criterion, and nobody else', () => {
  fc.assert(
    fc.property(fc.array(cases, { maxLength: 3 }), (criteria) => {
      const found = find(
        store,
        read(
          criteria.map(([name, value]) => [name, value]),
          'Practitioner',
        ),
      );
      const wanted = people.filter((person) => criteria.every(([, , answers]) => answers(person)));
      expect(found.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
    }),
    { numRuns: 150 },
  );
});

it('a chain answers as the search of the practitioner would', () => {
  fc.assert(
    fc.property(cases, ([name, value, answers]) => {
      const found = find(store, read([[`practitioner.${name}`, value]], 'PractitionerRole'));
      const wanted = people.filter(answers).flatMap(({ activities }) => activities.map(({ id }) => id));
      expect(found.map(({ id }) => id)).toEqual(wanted);
    }),
    { numRuns: 60 },
  );
});

it('the pages give each result once, whatever their size', () => {
  fc.assert(
    fc.property(cases, fc.integer({ min: 1, max: 1000 }), ([name, value], count) => {
      const query = read(
        [
          [name, value],
          ['_count', String(count)],
        ],
        'Practitioner',
      );
      const search = { query, store, found: find(store, query), selfUrl: 'https://x/fhir/v2/Practitioner' };
      const seen: string[] = [];
      let offset: number | undefined = 0;
      while (offset !== undefined) {
        const page = pageOf(search, { id: 'p', offset, base: 'https://x/fhir/v2', now: new Date(0) }) as unknown as {
          readonly link: readonly { readonly relation: string; readonly url: string }[];
          readonly entry?: readonly { readonly resource: { readonly id: string } }[];
        };
        seen.push(...(page.entry ?? []).map(({ resource }) => resource.id));
        expect((page.entry ?? []).length).toBeLessThanOrEqual(count);
        const next = page.link.find(({ relation }) => relation === 'next');
        offset = next && Number(new URL(next.url).searchParams.get('_getpagesoffset'));
      }
      expect(seen).toEqual(search.found.map(({ id }) => id));
    }),
    { numRuns: 60 },
  );
});

it('no query makes the reader fall', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (name, value) => {
      const parameters = new URLSearchParams([[name, value]]);
      const reading = readQuery('Practitioner', parameters);
      if (reading.ok) expect(find(store, reading.query).length).toBeLessThanOrEqual(people.length);
      else expect(reading.diagnostics).toMatch(/./u);
    }),
    { numRuns: 300 },
  );
});
