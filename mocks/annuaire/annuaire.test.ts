import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromBuffer } from 'yauzl';
import { createTestContext } from '../testing.ts';
import type { AnnuaireAddresses, RunningService } from '../types.ts';
import { startAnnuaire } from './index.ts';

interface Resource {
  readonly resourceType: string;
  readonly id: string;
  readonly active: boolean;
  readonly name?: unknown;
  readonly telecom?: readonly { readonly value: string; readonly rank: number }[];
}
interface Bundle {
  readonly resourceType: string;
  readonly total: number;
  readonly link: readonly { readonly relation: string; readonly url: string }[];
  readonly entry?: readonly { readonly resource: Resource; readonly search: { readonly mode: string } }[];
}

let context: Awaited<ReturnType<typeof createTestContext>>;
let running: RunningService<AnnuaireAddresses>;

beforeEach(async () => {
  context = await createTestContext();
  setDefaultCACertificates([...getCACertificates('default'), context.pki.caPem]);
  running = await startAnnuaire(context);
});
afterEach(async () => {
  await running.close();
  await context.close();
});

const call = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(path.startsWith('https') ? path : `${running.addresses.fhir}/${path}`, {
    ...init,
    headers: { 'ESANTE-API-KEY': running.addresses.apiKey, Accept: 'application/fhir+json' },
  });
const json = async <Body>(answer: Response): Promise<Body> => (await answer.json()) as Body;
async function search(path: string): Promise<Bundle> {
  const answer = await call(path);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('application/fhir+json');
  return json<Bundle>(answer);
}
const resources = (bundle: Bundle): readonly Resource[] => (bundle.entry ?? []).map(({ resource }) => resource);
const ids = (bundle: Bundle): readonly string[] => resources(bundle).map(({ id }) => id);
const next = (bundle: Bundle): string | undefined => bundle.link.find(({ relation }) => relation === 'next')?.url;
const professional = () => {
  const [, , third] = context.population.professionals;
  if (third === undefined) throw new RangeError('population too small');
  return third;
};
const lastOutcome = (): string | undefined => context.journal.list({ service: 'annuaire' }).at(-1)?.outcome;

describe('search', () => {
  it.each([
    ['RPPS', () => `identifier=${professional().rpps}`],
    ['PS_IdNat', () => `identifier=${professional().nationalId}`],
    ['RPPS with its system', () => `identifier=https%3A%2F%2Frpps.esante.gouv.fr%7C${professional().rpps}`],
    [
      'start of the name, any case',
      () => `name=${professional().lastName.toLowerCase()}&given=${professional().firstName}`,
    ],
    ['family, exactly', () => `family:exact=${professional().lastName}`],
    ['part of the mailbox', () => `mailbox-mss:contains=${encodeURIComponent(professional().mailbox)}`],
    ['id', () => `_id=003-${professional().rpps}`],
  ])('finds a professional by %s', async (_, query) => {
    const bundle = await search(`Practitioner?${query()}`);
    expect(ids(bundle)).toContain(`003-${professional().rpps}`);
    if (!query().startsWith('name')) expect(bundle.total).toBe(1);
  });

  it('gives identifiers, name and mailbox in the shapes of the directory', async () => {
    const [found] = resources(await search(`Practitioner?identifier=${professional().rpps}`));
    expect(found).toMatchObject({
      identifier: [
        { system: 'urn:oid:1.2.250.1.71.4.2.1', value: professional().nationalId },
        { system: 'https://rpps.esante.gouv.fr', value: professional().rpps },
      ],
      name: [{ family: professional().lastName, given: [professional().firstName], suffix: [professional().title] }],
      telecom: [
        {
          system: 'email',
          value: professional().mailbox,
          rank: 1,
          extension: [
            { valueCoding: { code: 'MSSANTE' } },
            { extension: [{ url: 'type', valueCodeableConcept: { coding: [{ code: 'PER' }] } }, {}, {}, {}] },
          ],
        },
      ],
    });
  });

  it('exact and contains differ', async () => {
    const start = professional().lastName.slice(0, 7);
    expect((await search(`Practitioner?family:exact=${start}`)).total).toBe(0);
    expect((await search(`Practitioner?family=${start}`)).total).toBeGreaterThan(1);
    expect((await search(`Practitioner?family=${start.slice(1)}`)).total).toBe(0);
    expect((await search(`Practitioner?family:contains=${start.slice(1)}`)).total).toBeGreaterThan(1);
  });

  it('criteria add up, values of one criterion are alternatives', async () => {
    const [one, two] = context.population.professionals;
    expect((await search(`Practitioner?identifier=${one?.rpps},${two?.rpps}`)).total).toBe(2);
    expect((await search(`Practitioner?identifier=${one?.rpps}&family=${two?.lastName}`)).total).toBe(0);
  });

  it('knows active and inactive, several mailboxes with ranks, and people without a mailbox', async () => {
    const inactive = await search('Practitioner?active=false');
    expect(inactive.total).toBe(80);
    expect(resources(inactive).every(({ active }) => !active)).toBe(true);
    const all = resources(await search('Practitioner?name=ANNUTEST&_count=1000'));
    expect(all.some(({ telecom }) => telecom?.map(({ rank }) => rank).join() === '1,2')).toBe(true);
    expect(all.some(({ telecom }) => telecom === undefined)).toBe(true);
  });

  it('answers 200 with no entry when nobody is found', async () => {
    const bundle = await search('Practitioner?identifier=00000000000');
    expect(bundle).toMatchObject({ resourceType: 'Bundle', type: 'searchset', total: 0 });
    expect(bundle.entry).toBeUndefined();
  });

  it('includes the practitioner and the organization of a role, and the roles of a practitioner', async () => {
    const role = await search(
      `PractitionerRole?practitioner=Practitioner/003-${professional().rpps}&_include=PractitionerRole:practitioner&_include=PractitionerRole:organization`,
    );
    expect(role.total).toBe(1);
    expect(role.entry?.map(({ resource, search }) => `${resource.resourceType} ${search.mode}`)).toEqual([
      'PractitionerRole match',
      'Practitioner include',
      'Organization include',
    ]);
    const back = await search(
      `Practitioner?identifier=${professional().rpps}&_revinclude=PractitionerRole:practitioner`,
    );
    expect(resources(back).map(({ resourceType }) => resourceType)).toEqual(['Practitioner', 'PractitionerRole']);
    const ofStructure = await search(
      `Organization?identifier=${professional().structure.id}&_revinclude=PractitionerRole:organization`,
    );
    expect(resources(ofStructure).map(({ resourceType }) => resourceType)).toEqual([
      'Organization',
      'PractitionerRole',
    ]);
  });

  it('finds an organization by place and name, with its mailbox', async () => {
    const { laboratory } = context.population;
    const bundle = await search(
      `Organization?address-city=${laboratory.city}&name:contains=BIOLOGIE&mailbox-mss=${laboratory.mailbox}`,
    );
    expect(ids(bundle)).toEqual([`001-01-${laboratory.finess}`]);
  });

  it('takes the same criteria by POST _search', async () => {
    const answer = await call('Practitioner/_search', {
      method: 'POST',
      body: new URLSearchParams({ identifier: professional().rpps }),
    });
    expect(ids(await json<Bundle>(answer))).toEqual([`003-${professional().rpps}`]);
  });

  it('is attributed to the professional and to the mailbox it asks about', async () => {
    await search(`Practitioner?identifier=${professional().nationalId}`);
    await search(`PractitionerRole?mailbox-mss=${professional().mailbox}`);
    expect(context.journal.list({ about: professional().nationalId })).toHaveLength(1);
    expect(context.journal.list({ about: professional().mailbox })).toHaveLength(1);
    expect(context.journal.list({ operation: 'search Practitioner' })[0]).toMatchObject({
      expected: true,
      outcome: '1 résultat(s)',
    });
  });
});

describe('pages', () => {
  it('go 50 by 50, whole and without repetition, by the next links', async () => {
    let bundle = await search('Practitioner?name=ANNUTEST');
    expect(bundle.total).toBe(2000);
    const seen = [...ids(bundle)];
    expect(seen).toHaveLength(50);
    for (let link = next(bundle); link !== undefined; link = next(bundle)) {
      bundle = await json<Bundle>(await call(link));
      seen.push(...ids(bundle));
    }
    expect(seen).toHaveLength(2000);
    expect(new Set(seen).size).toBe(2000);
  });

  it('take the size asked, and an expired page is 410', async () => {
    const bundle = await search('Practitioner?name=ANNUTEST&_count=7');
    expect(ids(bundle)).toHaveLength(7);
    running.reset();
    const answer = await call(next(bundle) ?? '');
    expect(answer.status).toBe(410);
  });

  it('_elements keeps only what is asked, tagged as a part', async () => {
    const [found] = resources(await search(`Practitioner?identifier=${professional().rpps}&_elements=name`));
    expect(Object.keys(found ?? {}).sort()).toEqual(['id', 'meta', 'name', 'resourceType']);
    expect(found).toMatchObject({ meta: { tag: [{ code: 'SUBSETTED' }] } });
  });
});

describe('refusals', () => {
  it('without the key, with another one, or with the key in the address: 401 of the gateway', async () => {
    const url = `${running.addresses.fhir}/Practitioner`;
    const answers = await Promise.all([
      fetch(url),
      fetch(url, { headers: { 'ESANTE-API-KEY': 'autre' } }),
      fetch(`${url}?esante-api-key=${running.addresses.apiKey}`),
    ]);
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      expect(await answer.json()).toEqual({ message: 'Unauthorized', http_status_code: 401 });
    }
  });

  it.each([
    ['an unknown resource', 'Patient', 404, 'HAPI-0302'],
    ['an unknown parameter', 'Practitioner?ville=Lyon', 400, 'HAPI-0524'],
    ['an inherited name as parameter', 'Practitioner?constructor=x', 400, 'HAPI-0524'],
    ['an unknown modifier', 'Practitioner?family:above=x', 400, 'modifier'],
    ['a wrong _count', 'Practitioner?_count=beaucoup', 400, '_count'],
    ['an unknown _include', 'Practitioner?_include=Practitioner:x', 400, '_include'],
    ['an unknown id', 'Practitioner/003-0', 404, 'is not known'],
  ])('%s is an OperationOutcome', async (_, path, status, text) => {
    const answer = await call(path);
    expect(answer.status).toBe(status);
    const outcome = await json<{ resourceType: string; issue: { severity: string; diagnostics: string }[] }>(answer);
    expect(outcome).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'error', code: 'processing' }],
    });
    expect(outcome.issue[0]?.diagnostics).toContain(text);
  });

  it.each(['PUT', 'DELETE', 'POST', 'PATCH'])('%s is forbidden', async (method) => {
    const answer = await call(`Practitioner/003-${professional().rpps}`, { method });
    expect(answer.status).toBe(403);
    expect(lastOutcome()).toContain('interdite');
  });

  it('metadata is open, and older bases answer too', async () => {
    const answer = await fetch(`${running.addresses.fhir}/metadata`);
    expect(await answer.json()).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
    const v1 = running.addresses.fhir.replace('/v2', '/v1');
    expect((await call(`${v1}/Practitioner/003-${professional().rpps}`)).status).toBe(200);
    expect((await call(`${v1.replace('/v1', '')}/Practitioner?_count=1`)).status).toBe(200);
  });
});

describe('situations', () => {
  it.each([
    ['401', 401],
    ['429', 429],
    ['500', 500],
  ])('%s answers once, then the plain answer comes back', async (situation, status) => {
    context.situations.set({ service: 'annuaire', situation, times: 1 });
    expect((await call('Practitioner?_count=1')).status).toBe(status);
    expect((await call('Practitioner?_count=1')).status).toBe(200);
  });

  it('vide about a professional touches nobody else', async () => {
    const [other] = context.population.professionals;
    context.situations.set({ service: 'annuaire', about: professional().nationalId, situation: 'vide', times: 1 });
    expect((await search(`Practitioner?identifier=${other?.rpps}`)).total).toBe(1);
    expect((await search(`Practitioner?identifier=${professional().rpps}`)).total).toBe(0);
    expect(lastOutcome()).toBe('répondu vide (situation)');
  });
});

describe('extraction', () => {
  it('is a zip of both files, dated, one line per activity of the active professionals', async () => {
    const answer = await fetch(running.addresses.extraction);
    expect(answer.headers.get('content-type')).toBe('application/zip');
    expect(answer.headers.get('content-disposition')).toMatch(/filename="PS_LibreAcces_\d{12}\.zip"/u);
    const files = await unzip(Buffer.from(await answer.arrayBuffer()));
    expect(Object.keys(files)).toEqual([
      expect.stringMatching(/^PS_LibreAcces_Personne_activite_\d{12}\.txt$/u),
      expect.stringMatching(/^PS_LibreAcces_Correspondance_MSSante_\d{12}\.txt$/u),
    ]);
    const [activities = '', mailboxes = ''] = Object.values(files);
    const mine = rows(activities).filter((row) => row['Identification nationale PP'] === professional().nationalId);
    expect(mine).toHaveLength(1);
    expect(mine[0]).toMatchObject({
      "Type d'identifiant PP": '8',
      'Identifiant PP': professional().rpps,
      "Nom d'exercice": professional().lastName,
      'Code savoir-faire': professional().speciality,
      'Numéro FINESS site': professional().structure.finess,
      'Libellé commune (coord. structure)': professional().structure.city,
    });
    // 160 of the population, 1920 active generated ones, 160 of whom have a second activity.
    expect(rows(activities)).toHaveLength(160 + 1920 + 160);
    const box = rows(mailboxes).find((row) => row['Adresse BAL'] === professional().mailbox);
    expect(box).toMatchObject({ 'Type de BAL': 'PER', 'Identification nationale PP': professional().nationalId });
  });

  it('gives each text file under its dated name, and 404 for another name', async () => {
    const base = running.addresses.extraction.replace(/\/PS_LibreAcces$/u, '');
    const text = await fetch(`${base}/PS_LibreAcces_Personne_activite_202601050930.txt`);
    expect(text.headers.get('content-type')).toContain('text/plain');
    expect((await text.text()).split('\n')[0]).toContain('Identification nationale PP|');
    expect((await fetch(`${base}/PS_LibreAcces_Personne_activite_demain.txt`)).status).toBe(404);
    expect((await fetch(`${base}/..%2Fsecret`)).status).toBe(404);
  });

  it('vide leaves the header line alone', async () => {
    context.situations.set({ service: 'annuaire', situation: 'vide', times: 1 });
    const files = await unzip(Buffer.from(await (await fetch(running.addresses.extraction)).arrayBuffer()));
    expect(Object.values(files).map((text) => rows(text).length)).toEqual([0, 0]);
  });
});

function rows(text: string): readonly Record<string, string>[] {
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const titles = header.split('|');
  return lines.map((line) => Object.fromEntries(line.split('|').map((cell, index) => [titles[index] ?? '', cell])));
}

function unzip(bytes: Buffer): Promise<Record<string, string>> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      const files: Record<string, string> = {};
      zip.on('entry', (entry: { fileName: string }) => {
        zip.openReadStream(entry as Parameters<typeof zip.openReadStream>[0], (failure, stream) => {
          if (failure) return reject(failure);
          const chunks: Buffer[] = [];
          stream.on('data', (chunk: Buffer) => chunks.push(chunk));
          stream.on('end', () => {
            files[entry.fileName] = Buffer.concat(chunks).toString('utf8');
            zip.readEntry();
          });
        });
      });
      zip.on('end', () => resolve(files));
      zip.readEntry();
    });
  });
}
