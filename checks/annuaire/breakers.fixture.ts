import type { Finding } from '#dsr/verdict/index.ts';
import { BASE, bundle, EXTRACTION, exchange, MAILBOX, REPORT, telecom, type Call } from './annuaire.fixture.ts';
import {
  checkDirectoryImport,
  checkDirectoryPerson,
  checkDirectorySchedule,
  checkDirectorySearch,
  checkMailboxUse,
  type ImportReport,
  type MailboxUse,
  type ShownProfessional,
} from './index.ts';

export const HOUR = 3_600_000;
export const HEADER =
  "Identification nationale PP|Nom d'exercice|Prénom d'exercice|Code profession|Numéro FINESS site|";

/** A file of people: `[id, name, place]` each; other strings are lines as they are. */
export function file(lines: readonly (readonly [id: string, name: string, place?: string] | string)[], at = 0): Call {
  const text = lines.map((one) =>
    typeof one === 'string' ? one : `${one[0]}|${one[1]}|ALEX|10|${one[2] ?? '0B0300001'}|`,
  );
  return { ...EXTRACTION, bytes: Buffer.from([HEADER, ...text, ''].join('\n')), at };
}

export const DAY_1 = file([
  ['899900000029', 'UN-TEST'],
  ['899900000037', 'DEUX-TEST'],
  ['899900000045', 'TROIS-TEST'],
]);
/** The first left, the second changed name, the third place, a fourth came. */
export const DAY_2 = file(
  [
    ['899900000037', 'DEUX-BIS'],
    ['899900000045', 'TROIS-TEST', '0B0300002'],
    ['899900000052', 'QUATRE-TEST'],
  ],
  24 * HOUR,
);
export const DAY_2_REPORT: ImportReport = { read: 3, created: 1, updated: 2, rejected: 0, left: 1, report: '' };

/** A role in a structure, with a mailbox of its own, and another one elsewhere. */
export const ROLES = {
  resourceType: 'Bundle',
  entry: [
    ...['un', 'deux'].map((name) => ({
      resource: {
        resourceType: 'PractitionerRole',
        id: name,
        practitioner: { reference: 'Practitioner/1' },
        organization: { reference: `Organization/${name}` },
        telecom: [telecom(`${name}@cabinet.mssante.test`)],
      },
    })),
    ...['un', 'deux'].map((name, index) => ({
      resource: { resourceType: 'Organization', id: name, identifier: [{ value: `10B030000${index + 1}` }] },
    })),
  ],
};

/** The person whom `NAMED` returns. */
export const PERSON: ShownProfessional = {
  rpps: '99900000029',
  lastName: 'Léna-Test',
  firstName: 'Alex',
  profession: '10',
  mailbox: MAILBOX,
};
export function named(active = true, family = 'LENA-TEST'): Call {
  return {
    body: {
      resourceType: 'Bundle',
      entry: [
        {
          resource: {
            resourceType: 'Practitioner',
            id: '1',
            active,
            identifier: [{ system: 'https://rpps.esante.gouv.fr', value: PERSON.rpps }],
            name: [{ family, given: ['ALEX'] }],
            qualification: [
              {
                code: {
                  coding: [
                    {
                      system: 'https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante',
                      code: '10',
                    },
                  ],
                },
              },
            ],
            telecom: [telecom(MAILBOX)],
          },
        },
      ],
    },
  };
}

export const search = (
  calls: readonly Call[],
  mailboxes: readonly string[] = [MAILBOX],
  names: readonly string[] = [],
) =>
  checkDirectorySearch(
    calls.map(exchange),
    mailboxes.map((address) => ({ address })),
    { patients: names.map((birthName) => ({ birthName, ins: '' })) },
  );
export const imported = (calls: readonly Call[], report: Partial<ImportReport> = {}) =>
  checkDirectoryImport(calls.map(exchange), { ...REPORT, ...report });
export const used = (calls: readonly Call[], use: MailboxUse) => checkMailboxUse(calls.map(exchange), use);
export const person = (calls: readonly Call[], shown: Partial<ShownProfessional> = {}) =>
  checkDirectoryPerson(calls.map(exchange), { ...PERSON, ...shown });

const FAILED: Call = { status: 500, body: {} };
const LIMITED: Call = { status: 429, body: {}, answerHeaders: [['Retry-After', '2']] };

/** What breaks each rule, and only that rule. */
export const BREAKERS: readonly (readonly [rule: string, findings: () => readonly Finding[]])[] = [
  ['ANN-SEARCH-MADE', () => search([], [])],
  ['ANN-API-KEY-HEADER', () => search([{ headers: [] }])],
  ['ANN-API-KEY-URL', () => search([{ url: `${BASE}/Practitioner/1?_format=cle-de-test-0001` }])],
  ['ANN-METHOD', () => search([{ method: 'PUT', url: `${BASE}/Practitioner/1` }])],
  ['ANN-CRITERIA', () => search([{ url: `${BASE}/Practitioner?telecom=x` }])],
  ['ANN-PATIENT-DATA', () => search([{ url: `${BASE}/Practitioner?name=279035121518989` }])],
  ['ANN-RETRY-AFTER', () => search([LIMITED, { at: 1500 }])],
  ['ANN-BACK-OFF', () => search([FAILED, { at: 5 }])],
  ['ANN-PAGING', () => search([{ body: bundle({ next: `${BASE}?_getpages=abc` }) }])],
  ['ANN-FAILURE-SURMOUNTED', () => search([FAILED], [])],
  ['ANN-MAILBOX-RETURNED', () => search([{}], ['autre@medecin.mssante.test'])],
  ['ANN-MAILBOX-USABLE', () => search([{ body: bundle({ active: false }) }])],
  ['ANN-EXTRACTION-DOWNLOADED', () => imported([{ ...EXTRACTION, status: 404 }])],
  ['ANN-IMPORT-COUNT', () => imported([EXTRACTION], { read: 1, created: 1 })],
  ['ANN-IMPORT-COHERENT', () => imported([EXTRACTION], { created: 3 })],
  ['ANN-IMPORT-CREATED', () => imported([DAY_1, DAY_2], { ...DAY_2_REPORT, created: 0, updated: 1 })],
  ['ANN-IMPORT-UPDATED', () => imported([DAY_1, DAY_2], { ...DAY_2_REPORT, updated: 0 })],
  ['ANN-IMPORT-LEFT', () => imported([DAY_1, DAY_2], { ...DAY_2_REPORT, left: 0 })],
  ['ANN-IMPORT-REJECTED', () => imported([file([['899900000029', 'UN-TEST'], 'abîmée'])], { created: 1 })],
  [
    'ANN-IMPORT-DAMAGED',
    () => imported([{ ...EXTRACTION, bytes: Buffer.from('Numéro|Nom|\n1|UN-TEST|\n') }], { read: 1, created: 1 }),
  ],
  ['ANN-EXTRACTION-NEW', () => imported([DAY_1, { ...DAY_1, at: HOUR }], { read: 3, created: 0 })],
  ['ANN-MAILBOX-USED', () => used([{}], { recipients: ['autre@medecin.mssante.test'] })],
  ['ANN-MAILBOX-USED-ACTIVE', () => used([{ body: bundle({ active: false }) }], { recipients: [MAILBOX] })],
  [
    'ANN-MAILBOX-STRUCTURE',
    () => used([{ body: ROLES }], { recipients: ['deux@cabinet.mssante.test'], structure: '0B0300001' }),
  ],
  ['ANN-PERSON-NUMBER', () => person([named()], { rpps: '99900000011', mailbox: MAILBOX })],
  ['ANN-PERSON-DATA', () => person([named(true, 'AUTRE-TEST')])],
  ['ANN-PERSON-MAILBOX', () => person([named()], { mailbox: 'autre@medecin.mssante.test' })],
  ['ANN-PERSON-GONE', () => person([named(false)])],
  [
    'ANN-FREQUENCY-NEXT',
    () =>
      checkDirectorySchedule({
        everyHours: 6,
        lastImport: '2026-01-05T10:00:00Z',
        nextImport: '2026-01-06T10:00:00Z',
      }),
  ],
  ['ANN-FREQUENCY-LOADS', () => checkDirectorySchedule({ everyHours: 6 }, [DAY_1, DAY_2].map(exchange))],
];
