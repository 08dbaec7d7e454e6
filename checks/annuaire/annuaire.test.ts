import { describe, expect, it } from 'vitest';
import { zip } from '#formats/xdm/xdm.fixture.ts';
import { checkDirectoryImport, checkDirectorySearch } from './index.ts';
import { BASE, bundle, EXTRACTION, exchange, MAILBOX, REPORT, ROWS, type Call } from './annuaire.fixture.ts';
import type { ImportReport } from './index.ts';

const shown = [{ address: MAILBOX.toUpperCase() }];
const search = (calls: readonly Call[], mailboxes = shown): string[] => [
  ...new Set(checkDirectorySearch(calls.map(exchange), mailboxes).map((finding) => finding.rule)),
];

const imported = (calls: readonly Call[], report: Partial<ImportReport> = {}): string[] =>
  checkDirectoryImport(calls.map(exchange), { ...REPORT, ...report }).map((finding) => finding.rule);

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

  it('takes a FHIR search for no download, and a damaged zip for no file', async () => {
    expect(imported([{}])).toEqual(['ANN-EXTRACTION-DOWNLOADED']);
    const bytes = (await zip([['PS_LibreAcces_Personne_activite.txt', Buffer.from(ROWS)]])).subarray(0, 60);
    expect(imported([{ ...EXTRACTION, bytes }], { created: 0 })).toEqual(['ANN-EXTRACTION-DOWNLOADED']);
  });

  it('refuses an import that rejects everything', () => {
    expect(imported([EXTRACTION], { created: 0, rejected: 2 })).toEqual(['ANN-IMPORT-COHERENT']);
  });
});
