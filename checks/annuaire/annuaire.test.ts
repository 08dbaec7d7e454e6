import { describe, expect, it } from 'vitest';
import { httpExchange } from '#formats/exchange/exchange.fixture.ts';
import type { HttpExchange, RawHeader } from '#formats/exchange/index.ts';
import { zip } from '#formats/xdm/xdm.fixture.ts';
import { checkDirectoryImport, checkDirectorySearch, RULES } from './index.ts';
import type { ImportReport } from './index.ts';

const BASE = 'https://annuaire.test/fhir/v2';
const KEY: RawHeader = ['ESANTE-API-KEY', 'cle-de-test-0001'];
const MAILBOX = 'lena.med-test@medecin.mssante.test';

interface Call {
  readonly url?: string;
  readonly method?: string;
  readonly headers?: readonly RawHeader[];
  readonly requestBody?: string;
  readonly status?: number;
  readonly body?: unknown;
  readonly bytes?: Uint8Array;
  readonly disposition?: string;
}

function exchange(call: Call = {}): HttpExchange {
  return httpExchange({
    service: 'annuaire',
    operation: 'search',
    request: {
      method: call.method ?? 'GET',
      url: call.url ?? `${BASE}/Practitioner?identifier=899900000029&_count=50`,
      headers: call.headers ?? [KEY],
      body: Buffer.from(call.requestBody ?? ''),
    },
    response: {
      status: call.status ?? 200,
      headers: call.disposition === undefined ? [] : [['Content-Disposition', call.disposition]],
      body: call.bytes ?? Buffer.from(JSON.stringify(call.body ?? bundle())),
    },
  });
}

function telecom(address: string, redList = false): unknown {
  return {
    system: 'email',
    value: address,
    extension: [
      {
        url: 'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-contact-point-email-type',
        valueCoding: { code: 'MSSANTE' },
      },
      {
        url: 'https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition/as-ext-mailbox-mss-metadata',
        extension: [{ url: 'listeRouge', valueBoolean: redList }],
      },
    ],
  };
}

function bundle(options: { active?: boolean; redList?: boolean; next?: string } = {}): unknown {
  const { active = true, redList = false, next } = options;
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    link: next === undefined ? [] : [{ relation: 'next', url: next }],
    entry: [
      { resource: { resourceType: 'Practitioner', id: '1', active, telecom: [telecom(MAILBOX, redList)] } },
      { resource: { resourceType: 'PractitionerRole', id: '2', practitioner: { reference: 'Practitioner/1' } } },
    ],
  };
}

const shown = [{ address: MAILBOX.toUpperCase() }];
const search = (calls: readonly Call[], mailboxes = shown): string[] => [
  ...new Set(checkDirectorySearch(calls.map(exchange), mailboxes).map((finding) => finding.rule)),
];

const ROWS = 'Identification nationale PP|Nom d’exercice|\n899900000029|MED-TEST|\r\n899900000037|AUTRE-TEST|\n\n';
const EXTRACTION: Call = {
  url: 'https://annuaire.test/services/extraction/PS_LibreAcces_Personne_activite_202601050000.txt',
  headers: [],
  bytes: Buffer.from(ROWS),
};
const REPORT: ImportReport = { read: 2, created: 2, updated: 0, rejected: 0, report: '2 lignes lues' };
const imported = (calls: readonly Call[], report: Partial<ImportReport> = {}): string[] =>
  checkDirectoryImport(calls.map(exchange), { ...REPORT, ...report }).map((finding) => finding.rule);

interface SearchBreaker {
  readonly rule: string;
  readonly calls: readonly Call[];
  readonly mailboxes?: { address: string }[];
}

const SEARCH_BREAKERS: readonly SearchBreaker[] = [
  { rule: 'ANN-SEARCH-MADE', calls: [], mailboxes: [] },
  { rule: 'ANN-API-KEY-HEADER', calls: [{ headers: [] }] },
  { rule: 'ANN-API-KEY-URL', calls: [{ url: `${BASE}/Practitioner/1?_format=cle-de-test-0001` }] },
  { rule: 'ANN-METHOD', calls: [{ method: 'PUT', url: `${BASE}/Practitioner/1` }] },
  { rule: 'ANN-CRITERIA', calls: [{ url: `${BASE}/Practitioner?telecom=x` }] },
  { rule: 'ANN-PATIENT-DATA', calls: [{ url: `${BASE}/Practitioner?name=279035121518989` }] },
  { rule: 'ANN-PAGING', calls: [{ body: bundle({ next: `${BASE}?_getpages=abc` }) }] },
  { rule: 'ANN-MAILBOX-RETURNED', calls: [{}], mailboxes: [{ address: 'autre@medecin.mssante.test' }] },
  { rule: 'ANN-MAILBOX-USABLE', calls: [{ body: bundle({ active: false }) }] },
];

describe('checkDirectorySearch', () => {
  it('is silent on conforming searches', () => {
    expect(search([{}])).toEqual([]);
    expect(search([{ body: bundle({ next: `${BASE}?_getpages=abc` }) }, { url: `${BASE}?_getpages=abc` }])).toEqual([]);
    expect(
      search([
        {
          method: 'POST',
          url: `${BASE}/PractitionerRole/_search`,
          requestBody: 'practitioner.identifier=899900000029&_include=PractitionerRole:practitioner',
        },
      ]),
    ).toEqual([]);
    expect(search([{ url: '/fhir/v2/Practitioner?name:contains=MED' }])).toEqual([]);
    expect(search([{ body: { resourceType: 'Bundle' } }], [])).toEqual([]);
  });

  it.each(SEARCH_BREAKERS)('$rule', ({ rule, calls, mailboxes }) => {
    expect(search(calls, mailboxes)).toEqual([rule]);
  });

  it('sees what is returned and not shown, the red list, and the body of a POST', () => {
    expect(search([{}], [])).toEqual(['ANN-MAILBOX-RETURNED']);
    expect(search([{ body: bundle({ redList: true }) }])).toEqual(['ANN-MAILBOX-USABLE']);
    const posted = {
      method: 'POST',
      url: `${BASE}/Practitioner/_search`,
      requestBody: 'name=279035121518989%40patient.mssante.fr',
    };
    expect(search([posted])).toEqual(['ANN-PATIENT-DATA']);
  });

  it('never copies the key nor the patient into a finding', () => {
    const leaking = exchange({ url: `${BASE}/Practitioner?name=279035121518989&apikey=cle-de-test-0001` });
    const said = JSON.stringify(checkDirectorySearch([leaking], shown));
    expect(said).not.toContain('cle-de-test-0001');
    expect(said).not.toContain('279035121518989');
  });

  it.each([['<html>'], ['[1,2]'], ['{"resourceType":"Bundle","entry":{"a":1},"link":[null]}'], ['null']])(
    'reads %s without falling',
    (body) => {
      expect(search([{ bytes: Buffer.from(body) }], [])).toEqual([]);
    },
  );
});

describe('checkDirectoryImport', () => {
  it('is silent when the report counts the lines, text or zip', async () => {
    expect(imported([EXTRACTION])).toEqual([]);
    const bytes = await zip([
      ['PS_LibreAcces_Personne_activite_202601050000.txt', Buffer.from(ROWS)],
      ['PS_LibreAcces_Porteurs_202601050000.txt', Buffer.from(ROWS)],
    ]);
    const zipped = { ...EXTRACTION, url: 'https://annuaire.test/services/extraction/PS_LibreAcces', bytes };
    expect(imported([zipped])).toEqual([]);
    expect(imported([zipped], { read: 4 })).toEqual([]);
    expect(imported([zipped], { read: 3 })).toEqual(['ANN-IMPORT-COUNT']);
  });

  it.each<[string, readonly Call[], Partial<ImportReport>]>([
    ['ANN-EXTRACTION-DOWNLOADED', [{ ...EXTRACTION, status: 404 }], {}],
    ['ANN-IMPORT-COUNT', [EXTRACTION], { read: 1, created: 1 }],
    ['ANN-IMPORT-COHERENT', [EXTRACTION], { created: 3 }],
  ])('%s', (rule, calls, report) => {
    expect(imported(calls, report)).toEqual([rule]);
  });

  it('takes a FHIR search for no download, and a damaged zip for no file', async () => {
    expect(imported([{}])).toEqual(['ANN-EXTRACTION-DOWNLOADED']);
    const bytes = (await zip([['PS_LibreAcces_Personne_activite.txt', Buffer.from(ROWS)]])).subarray(0, 60);
    expect(imported([{ ...EXTRACTION, bytes }])).toEqual(['ANN-EXTRACTION-DOWNLOADED']);
  });

  it('refuses an import that rejects everything', () => {
    expect(imported([EXTRACTION], { created: 0, rejected: 2 })).toEqual(['ANN-IMPORT-COHERENT']);
  });
});

it('has a breaker for each rule', () => {
  const broken = new Set([
    ...SEARCH_BREAKERS.map(({ rule }) => rule),
    'ANN-EXTRACTION-DOWNLOADED',
    'ANN-IMPORT-COUNT',
    'ANN-IMPORT-COHERENT',
  ]);
  expect(RULES.filter((rule) => !broken.has(rule.id))).toEqual([]);
});
