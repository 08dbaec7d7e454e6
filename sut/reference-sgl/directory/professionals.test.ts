import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestPki, type TestPki } from '../testing/certificates.ts';
import { startFakeService, type FakeService } from '../testing/fake-service.ts';
import { testConfig } from '../testing/laboratory.ts';
import { createDirectoryAccess, findProfessionals } from './index.ts';

let pki: TestPki;
let service: FakeService;
beforeAll(async () => {
  pki = await createTestPki();
  service = await startFakeService(pki);
});
afterAll(async () => {
  await service.close();
  await pki.remove();
});

const PROFESSION = 'https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante';
const person = (
  id: string,
  changes: { family?: unknown; active?: boolean; rpps?: string; profession?: string } = {},
) => ({
  resource: {
    resourceType: 'Practitioner',
    id,
    active: changes.active ?? true,
    identifier: [{ system: 'https://rpps.esante.gouv.fr', value: changes.rpps ?? '99700000001' }],
    name: [{ family: changes.family ?? 'LE GOFF', given: ['ANNE-MARIE'] }],
    qualification: [{ code: { coding: [{ system: PROFESSION, code: changes.profession ?? '10' }] } }],
  },
});
const role = { resource: { resourceType: 'PractitionerRole', id: 'r', practitioner: { reference: 'Practitioner/1' } } };
const organization = (system: string, value: string, active = true) => ({
  resource: { resourceType: 'Organization', id: value, active, identifier: [{ system, value }] },
});

let people: object[];
let organizations: object[] | undefined;
beforeEach(() => {
  people = [person('1')];
  organizations = [];
  service.received.length = 0;
  service.answer = ({ url }) => {
    const entry = url.pathname.endsWith('PractitionerRole') ? organizations && [role, ...organizations] : people;
    if (!entry) return { status: 404 };
    return {
      headers: { 'content-type': 'application/fhir+json' },
      body: JSON.stringify({ resourceType: 'Bundle', type: 'searchset', entry }),
    };
  };
});
const CRITERIA = { lastName: 'Le Goff', firstName: 'Anne Marie', profession: '10' };
const find = (criteria: Parameters<typeof findProfessionals>[0] = CRITERIA) => {
  const annuaire = { fhir: `${service.origin}/fhir/v2`, extraction: '', apiKey: 'cle-secrete' };
  const now = () => new Date();
  return findProfessionals(
    criteria,
    createDirectoryAccess(testConfig(pki, { annuaire }), { now, wait: async () => undefined }),
  );
};

it('asks by name, first name and profession, the key in a header only', async () => {
  organizations = [
    organization('urn:oid:1.2.250.1.71.4.2.2', '10B0000001'),
    organization('https://finess.esante.gouv.fr', '0B0000002'),
    organization('https://finess.esante.gouv.fr', '0B0000003', false),
  ];
  expect(await find()).toEqual([
    {
      rpps: '99700000001',
      lastName: 'LE GOFF',
      firstName: 'ANNE-MARIE',
      professions: ['10'],
      structures: ['10B0000001', '0B0000002'],
      practices: [],
    },
  ]);
  const [search, practices] = service.received;
  expect(Object.fromEntries(search?.url.searchParams ?? [])).toEqual({
    family: 'Le Goff',
    given: 'Anne Marie',
    'qualification-code': `${PROFESSION}|10`,
  });
  expect(search?.headers['esante-api-key']).toBe('cle-secrete');
  expect(search?.url.href).not.toContain('cle-secrete');
  expect(practices?.url.searchParams.get('practitioner')).toBe('Practitioner/1');
});

it('gives the mailboxes of each active practice, by every identifier of its structure', async () => {
  const mailbox = (value: string, rank: number) => ({
    value,
    rank,
    extension: [
      {
        url: 'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-contact-point-email-type',
        valueCoding: { code: 'MSSANTE' },
      },
    ],
  });
  const practice = (id: string, structure: string, active: boolean, telecom: object[]) => ({
    resource: { resourceType: 'PractitionerRole', id, active, organization: { reference: structure }, telecom },
  });
  organizations = [
    organization('https://finess.esante.gouv.fr', '0B0000002'),
    practice('a', 'https://ailleurs.test/fhir/Organization/0B0000002', true, [
      mailbox('b@x.fr', 2),
      mailbox('a@x.fr', 1),
    ]),
    practice('b', 'Organization/0B0000002', false, [mailbox('partie@x.fr', 1)]),
    practice('c', 'Organization/inconnue', true, [mailbox('sans-structure@x.fr', 1)]),
  ];
  const [found] = await find();
  expect(found?.practices).toEqual([{ structure: ['0B0000002'], mailboxes: ['a@x.fr', 'b@x.fr'] }]);
});

it('asks by number', async () => {
  expect(await find({ rpps: '99700000001' })).toHaveLength(1);
  expect(service.received[0]?.url.searchParams.get('identifier')).toBe('99700000001');
});

it.each([
  ['a longer name', { family: 'LE GOFFIC' }],
  ['an inactive person', { active: false }],
  ['no number', { rpps: 'inconnu' }],
  ['another profession', { profession: '60' }],
  ['a name that is none', { family: { x: 1 } }],
])('leaves out %s', async (_name, changes) => {
  people = [person('1', changes)];
  expect(await find()).toEqual([]);
});

it('does without the structures when they cannot be read', async () => {
  organizations = undefined;
  expect(await find()).toMatchObject([{ rpps: '99700000001', structures: [] }]);
});

it('gives every namesake, and asks nothing more', async () => {
  people = [person('1'), person('2', { rpps: '99700000002' })];
  expect(await find()).toHaveLength(2);
  expect(service.received).toHaveLength(1);
});

it('says that the directory does not answer', async () => {
  service.answer = () => ({ status: 503, body: '<html>' });
  await expect(find()).rejects.toMatchObject({ code: 'ANNUAIRE_INDISPONIBLE' });
});
