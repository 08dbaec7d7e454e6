import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { createTestPki, type TestPki } from '../testing/certificates.ts';
import { startFakeService, type FakeAnswer, type FakeService } from '../testing/fake-service.ts';
import { startTestLaboratory, testConfig, type TestLaboratory } from '../testing/laboratory.ts';

const TEXT = `Identification nationale PP|Nom d'exercice|Prénom d'exercice|Adresse BAL
899700000001|BLEUE|EVA|eva@x.mssante.fr
899700000002|GREEN|TOM|tom@x.mssante.fr
`;

let pki: TestPki;
let service: FakeService;
let laboratory: TestLaboratory;

beforeAll(async () => {
  pki = await createTestPki();
  service = await startFakeService(pki);
});
beforeEach(async () => {
  service.received.length = 0;
  const config = testConfig(pki, {
    annuaire: { fhir: `${service.origin}/fhir/v2`, extraction: `${service.origin}/extraction`, apiKey: 'cle-secrete' },
  });
  laboratory = await startTestLaboratory(config);
  return () => laboratory.server.close();
});
afterAll(async () => {
  await service.close();
  await pki.remove();
});

async function zip(name: string, text: string): Promise<Buffer> {
  const file = new ZipFile();
  file.addBuffer(Buffer.from('x'), 'lisez-moi.pdf');
  file.addBuffer(Buffer.from(text), name);
  file.end();
  const chunks: Buffer[] = [];
  for await (const chunk of file.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const mailbox = (address: string, changes: { rank?: number; red?: boolean; type?: string } = {}) => ({
  system: 'email',
  value: address,
  rank: changes.rank ?? 1,
  extension: [
    {
      url: 'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-contact-point-email-type',
      valueCoding: { code: changes.type ?? 'MSSANTE' },
    },
    {
      url: 'https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition/as-ext-mailbox-mss-metadata',
      extension: [
        { url: 'type', valueCodeableConcept: { coding: [{ code: 'PER' }] } },
        { url: 'listeRouge', valueBoolean: changes.red ?? false },
      ],
    },
  ],
});
const practitioner = (id: string, telecom: object[], active = true) => ({
  resource: { resourceType: 'Practitioner', id, active, name: [{ family: 'BLUE', given: ['EVA'] }], telecom },
});
const fhir = (body: object, status = 200): FakeAnswer => ({
  status,
  headers: { 'content-type': 'application/fhir+json' },
  body: JSON.stringify(body),
});
const search = (input: object = { rpps: '99700000001' }) => laboratory.gesture('searchMailbox', input);

describe('importDirectory', () => {
  it.each([
    ['text', async () => TEXT],
    ['text with CRLF', async () => TEXT.replaceAll('\n', '\r\n')],
    ['zip', async () => zip('PS_LibreAcces.txt', TEXT)],
  ])('reads a %s and updates the known user', async (_name, body) => {
    const content = await body();
    service.answer = () => ({ body: content });
    const { status, body: report } = await laboratory.gesture('importDirectory', {});
    expect(status).toBe(200);
    expect(report).toMatchObject({ read: 2, created: 2, updated: 0, rejected: 0 });
    expect(laboratory.lab.accounts.list().map(({ lastName }) => lastName)).toEqual(['BLEUE']);
    const again = await laboratory.gesture('importDirectory', {});
    expect(again.body).toMatchObject({ read: 2, created: 0, updated: 0 });
  });

  it('asks only for what changed, and takes the whole file again after one that it could not read', async () => {
    const versioned = (body: string, etag: string): FakeAnswer => ({ body, headers: { etag } });
    const asked = () => service.received.at(-1)?.headers['if-none-match'];
    service.answer = () => versioned(TEXT, '"un"');
    await laboratory.gesture('importDirectory', {});
    expect(asked()).toBeUndefined();
    service.answer = () => ({ status: 304 });
    const { status, body } = await laboratory.gesture('importDirectory', {});
    expect([status, body['read'], asked()]).toEqual([200, 0, '"un"']);
    service.answer = () => versioned('<html>Maintenance</html>', '"deux"');
    expect((await laboratory.gesture('importDirectory', {})).status).toBe(422);
    service.answer = () => versioned(TEXT, '"un"');
    expect((await laboratory.gesture('importDirectory', {})).body).toMatchObject({ read: 2, created: 0 });
    expect(asked()).toBeUndefined();
  });

  it('says that somebody left, unless lines could not be read', async () => {
    service.answer = () => ({ body: TEXT });
    await laboratory.gesture('importDirectory', {});
    const [header = '', eva = ''] = TEXT.split('\n');
    service.answer = () => ({ body: [header, eva, '8|'].join('\n') });
    const damaged = await laboratory.gesture('importDirectory', {});
    expect(damaged.body).toMatchObject({
      read: 2,
      rejected: 1,
      left: 0,
      report: expect.not.stringContaining('ne sont plus'),
    });
    service.answer = () => ({ body: [header, eva].join('\n') });
    const { body } = await laboratory.gesture('importDirectory', {});
    expect(body).toMatchObject({ left: 1, report: expect.stringContaining('1 professionnels ne sont plus') });
  });

  it('is tried again after a refusal that passes', async () => {
    const answers: FakeAnswer[] = [{ status: 503, headers: { 'retry-after': '1' } }, { body: TEXT }];
    service.answer = () => answers.shift() ?? 'coupe';
    expect((await laboratory.gesture('importDirectory', {})).body).toMatchObject({ read: 2 });
  });

  it.each([
    ['a refusal', () => ({ status: 403 }), 'ANNUAIRE_REFUS'],
    ['HTML', () => ({ body: '<html>Maintenance</html>' }), 'ANNUAIRE_ENTETE'],
    ['a broken zip', () => ({ body: Buffer.from('PK\u0003\u0004cassé') }), 'ANNUAIRE_EXTRACTION'],
    ['a cut connection', () => 'coupe' as const, 'ANNUAIRE_EXTRACTION'],
    ['half an answer', () => 'tronque' as const, 'ANNUAIRE_COUPURE'],
  ])('survives %s', async (_name, answer, code) => {
    service.answer = answer;
    const { status, body } = await laboratory.gesture('importDirectory', {});
    expect(status).toBe(422);
    expect(body).toMatchObject({ code, reason: expect.any(String), remedy: expect.any(String) });
  });

  it('refuses a zip without text', async () => {
    const content = await zip('image.png', 'x');
    service.answer = () => ({ body: content });
    expect((await laboratory.gesture('importDirectory', {})).body['code']).toBe('ANNUAIRE_ARCHIVE');
  });
});

describe('searchMailbox', () => {
  it('asks with the key in a header, follows the pages, best rank first', async () => {
    service.answer = ({ url }) =>
      url.searchParams.has('page')
        ? fhir({ resourceType: 'Bundle', entry: [practitioner('2', [mailbox('a@x.mssante.fr', { rank: 1 })])] })
        : fhir({
            resourceType: 'Bundle',
            link: [{ relation: 'next', url: `${service.origin}/fhir/v2/Practitioner?page=2` }],
            entry: [practitioner('1', [mailbox('b@x.mssante.fr', { rank: 2 })])],
          });
    const { body } = await search();
    expect(body['mailboxes']).toEqual([
      { address: 'a@x.mssante.fr', kind: 'PER', owner: 'EVA BLUE' },
      { address: 'b@x.mssante.fr', kind: 'PER', owner: 'EVA BLUE' },
    ]);
    expect(service.received).toHaveLength(2);
    expect(service.received[0]?.url.searchParams.get('identifier')).toBe('99700000001');
    for (const { headers, url } of service.received) {
      expect(headers['esante-api-key']).toBe('cle-secrete');
      expect(url.href).not.toContain('cle-secrete');
    }
  });

  it('proposes no inactive owner, no ordinary e-mail, no address of the red list', async () => {
    service.answer = () =>
      fhir({
        resourceType: 'Bundle',
        entry: [
          practitioner('1', [mailbox('parti@x.mssante.fr')], false),
          practitioner('2', [mailbox('ordinaire@x.fr', { type: 'AUTRE' }), mailbox('rouge@x.fr', { red: true })]),
          {
            resource: {
              resourceType: 'PractitionerRole',
              practitioner: { reference: 'Practitioner/1' },
              telecom: [mailbox('role@x.fr')],
            },
          },
          { resource: null },
          null,
        ],
      });
    expect((await search()).body['mailboxes']).toEqual([]);
  });

  it('does not carry its key to another server', async () => {
    service.answer = () =>
      fhir({ resourceType: 'Bundle', link: [{ relation: 'next', url: 'https://ailleurs.test/fhir' }] });
    expect((await search()).body['code']).toBe('ANNUAIRE_PAGE');
  });

  it('stops on pages that turn in circles', async () => {
    service.answer = ({ url }) => fhir({ resourceType: 'Bundle', link: [{ relation: 'next', url: url.href }] });
    expect((await search()).body['mailboxes']).toEqual([]);
    expect(service.received).toHaveLength(1);
  });

  it('asks again after 429 and 500, and ends well', async () => {
    const answers = [fhir({}, 429), fhir({}, 500), fhir({ resourceType: 'Bundle' })];
    service.answer = () => answers.shift() ?? 'coupe';
    expect((await search()).status).toBe(200);
  });

  it.each([
    ['wrong key', () => fhir({ message: 'Unauthorized' }, 401), 'ANNUAIRE_CLE'],
    ['outage', () => fhir({}, 503), 'ANNUAIRE_INDISPONIBLE'],
    ['cut', () => 'coupe' as const, 'ANNUAIRE_INDISPONIBLE'],
    ['HTML', () => ({ body: '<html>' }), 'ANNUAIRE_ILLISIBLE'],
    ['JSON that is not a Bundle', () => fhir([]), 'ANNUAIRE_ILLISIBLE'],
    ['null', () => ({ body: 'null' }), 'ANNUAIRE_ILLISIBLE'],
  ])('survives %s', async (_name, answer, code) => {
    service.answer = answer;
    expect(await search()).toMatchObject({ status: 422, body: { code } });
  });

  it('answers from the last import when the directory is down', async () => {
    service.answer = () => ({ body: TEXT });
    await laboratory.gesture('importDirectory', {});
    service.answer = () => 'coupe';
    expect((await search({ name: 'gre' })).body['mailboxes']).toEqual([
      { address: 'tom@x.mssante.fr', kind: '', owner: 'TOM GREEN' },
    ]);
  });
});
