import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAnnuaire, type Called } from '../fixture.ts';

let now = Date.now();
let annuaire: Called;
beforeEach(async () => {
  now = Date.now();
  annuaire = await openAnnuaire({ now: () => new Date(now) });
});
afterEach(() => annuaire.close());

describe('what a search may ask', () => {
  it.each([
    ['PractitionerRole?practitioner:Practitioner.family:exact=PROTEST-TROIS', 1],
    ['PractitionerRole?practitioner:Practitioner=Practitioner/003-99700000031&_summary=count', 0],
    ['PractitionerRole?practitioner.identifier=99700000031,99700000049', 0],
    ['Practitioner?mailbox-mss:contains=%40&active=true&_count=0', 0],
    ['HealthcareService?active=true', 0],
    ['Device', 0],
  ])('%s', async (path, entries) => {
    expect((await annuaire.search(path)).entry?.length ?? 0).toBe(entries);
  });

  it('only counts, does not count, and sorts', async () => {
    const counted = await annuaire.search('Practitioner?name=ANNUTEST&_summary=count');
    expect([counted.total, counted.entry, annuaire.next(counted)]).toEqual([2000, undefined, undefined]);
    expect((await annuaire.search('Practitioner?name=ANNUTEST&_total=none')).total).toBeUndefined();
    const sorted = await annuaire.search('Practitioner?name=PROTEST&_sort=-family&_count=1000');
    const families = (sorted.entry ?? []).map(({ resource }) => resource.name?.[0]?.family ?? '');
    expect(families).toHaveLength(160);
    expect(families).toEqual(families.toSorted().toReversed());
  });

  it.each([
    'Practitioner?_total=tout',
    'Practitioner?_summary=tout',
    'Practitioner?_sort=ville',
    'Practitioner?_lastUpdated=hier',
    'Practitioner?active:missing=peut-etre',
    'Practitioner?family.name=x',
    'PractitionerRole?practitioner:Organization.name=x',
    'PractitionerRole?practitioner.ville=x',
    `Practitioner?family=${'x'.repeat(2001)}`,
    `Practitioner?identifier=${'1,'.repeat(300)}`,
    `Practitioner?${'active=true&'.repeat(60)}`,
  ])('%s is refused', async (path) => {
    const answer = await annuaire.call(path);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ resourceType: 'OperationOutcome' });
  });
});

describe('how it is asked', () => {
  it.each([
    ['application/fhir+xml', '', 406],
    ['application/fhir+xml', '?_format=json', 200],
    ['application/fhir+json', '?_format=xml', 406],
    ['*/*', '', 200],
  ])('Accept %s %s is %i', async (accept, query, status) => {
    const answer = await annuaire.call(`Device${query}`, { headers: { Accept: accept } });
    expect(answer.status).toBe(status);
  });

  it('HEAD has no body, OPTIONS needs no key, a form must be one', async () => {
    const head = await annuaire.call('Practitioner?_count=1', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const options = await fetch(`${annuaire.running.addresses.fhir}/Practitioner`, { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS, POST']);
    expect((await annuaire.call('Practitioner/_search', { method: 'POST', body: '{}' })).status).toBe(400);
  });

  it('a key in the address beside the one in the header is let through, and not said again', async () => {
    const { apiKey } = annuaire.running.addresses;
    const bundle = await annuaire.search(`Practitioner?_count=1&esante-api-key=${apiKey}`);
    expect(bundle.entry).toHaveLength(1);
    expect(JSON.stringify(bundle)).not.toContain(apiKey);
  });

  it('the capabilities name every search parameter and inclusion', async () => {
    const statement = await (await fetch(`${annuaire.running.addresses.fhir}/metadata`)).json();
    expect(statement).toMatchObject({
      rest: [
        {
          resource: [
            { type: 'Device' },
            { type: 'HealthcareService' },
            { type: 'Organization', searchRevInclude: ['PractitionerRole:organization', 'Organization:partof'] },
            { type: 'Practitioner', searchRevInclude: ['PractitionerRole:practitioner'] },
            {
              type: 'PractitionerRole',
              searchInclude: ['PractitionerRole:organization', 'PractitionerRole:practitioner'],
            },
          ],
        },
      ],
    });
  });
});

describe('pages', () => {
  it('stay what they were while the directory changes', async () => {
    const before = await annuaire.everyId('Practitioner?active=true&_count=500');
    const first = await annuaire.search('Practitioner?active=true&_count=500');
    const link = annuaire.next(first) ?? '';
    annuaire.running.nextDay();
    const after = [...(first.entry ?? []).map(({ resource }) => resource.id), ...(await annuaire.everyId(link))];
    expect(after).toEqual(before);
    expect(await annuaire.everyId('Practitioner?active=true&_count=500')).not.toEqual(before);
  });

  it('expire with time, and when the situation says so', async () => {
    const link = annuaire.next(await annuaire.search('Practitioner?_count=5')) ?? '';
    annuaire.context.situations.set({ service: 'annuaire', situation: 'page-expiree', times: 1 });
    expect((await annuaire.call(link)).status).toBe(410);
    expect((await annuaire.call(link)).status).toBe(200);
    now += 3_600_001;
    expect((await annuaire.call(link)).status).toBe(410);
  });
});

it.each([
  ['403', 403],
  ['412', 412],
  ['503', 503],
])('situation %s', async (situation, status) => {
  annuaire.context.situations.set({ service: 'annuaire', situation, times: 1 });
  const answer = await annuaire.call('Practitioner?_count=1');
  expect(answer.status).toBe(status);
  if (status === 503) expect(answer.headers.get('retry-after')).toBe('1');
});
