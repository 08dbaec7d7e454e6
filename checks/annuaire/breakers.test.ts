import { describe, expect, it } from 'vitest';
import { BASE, bundle, exchange, MAILBOX, type Call } from './annuaire.fixture.ts';
import {
  BREAKERS,
  DAY_1,
  DAY_2,
  DAY_2_REPORT,
  file,
  HOUR,
  imported,
  named,
  person,
  ROLES,
  search,
  used,
} from './breakers.fixture.ts';
import { checkDirectoryImport, checkDirectorySchedule, RULES } from './index.ts';

const rules = (findings: readonly { readonly rule: string }[]): readonly string[] => [
  ...new Set(findings.map(({ rule }) => rule)),
];

describe('each rule', () => {
  it.each(BREAKERS)('%s is broken alone', (rule, findings) => {
    expect(rules(findings())).toEqual([rule]);
  });

  it('has a breaker', () => {
    expect(RULES.map(({ id }) => id).toSorted()).toEqual(BREAKERS.map(([rule]) => rule).toSorted());
  });
});

describe('calls', () => {
  const limited = (after: string, status = 429): Call => ({
    status,
    body: {},
    answerHeaders: [['retry-after', after]],
  });

  it('a delay that is waited for is silent, in seconds or as a date', () => {
    expect(rules(search([limited('2'), { at: 2050 }]))).toEqual([]);
    expect(rules(search([limited('Mon, 05 Jan 2026 10:00:02 GMT', 503), { at: 2050 }]))).toEqual([]);
    expect(rules(search([limited('Mon, 05 Jan 2026 10:00:02 GMT', 503), { at: 500 }]))).toEqual(['ANN-RETRY-AFTER']);
    expect(rules(search([limited('bientôt'), { at: 500 }]))).toEqual([]);
  });

  it('an outage of one address does not forbid another, and a cut counts as a failure', () => {
    expect(rules(search([limited('2', 503), { at: 10, url: `${BASE}/PractitionerRole?active=true` }]))).toEqual([]);
    expect(rules(search([{ cut: true }, { at: 10 }]))).toEqual(['ANN-BACK-OFF']);
    expect(rules(search([{ cut: true }, { at: 300 }]))).toEqual([]);
  });

  it('tries are counted', () => {
    const failures = Array.from({ length: 7 }, (_, index) => ({ status: 500, body: {}, at: index * 1000 }));
    expect(rules(search([...failures.slice(0, 6), { at: 9000 }]))).toEqual([]);
    expect(rules(search([...failures, { at: 9000 }]))).toEqual(['ANN-BACK-OFF']);
  });

  it('the name of a patient is seen, alone', () => {
    const calls = [{ url: `${BASE}/Practitioner?family=D%C3%A9j%C3%A0-Test` }];
    expect(rules(search(calls, [MAILBOX], ['DEJA-TEST']))).toEqual(['ANN-PATIENT-DATA']);
    expect(rules(search(calls, [MAILBOX], ['DEJA']))).toEqual([]);
    expect(JSON.stringify(search(calls, [MAILBOX], ['DEJA-TEST']))).not.toMatch(/DEJA|Déjà/u);
  });
});

describe('a second load', () => {
  it('is silent when the report counts what moved, by people or by lines', () => {
    expect(rules(imported([DAY_1, DAY_2], DAY_2_REPORT))).toEqual([]);
    expect(rules(imported([DAY_1, DAY_2], { ...DAY_2_REPORT, updated: 1 }))).toEqual([]);
  });

  it('may find again somebody whom the product had kept: an update there, no creation', () => {
    expect(rules(imported([DAY_1, DAY_2], { ...DAY_2_REPORT, created: 0, updated: 2 }))).toEqual([]);
    expect(rules(imported([DAY_1, DAY_2], { ...DAY_2_REPORT, created: 0, updated: 3 }))).toEqual([]);
    expect(rules(imported([DAY_1, DAY_2], { ...DAY_2_REPORT, created: 2, updated: 1 }))).toEqual([
      'ANN-IMPORT-CREATED',
    ]);
  });

  it('says nothing of who moved when a line of either file cannot be read', () => {
    const damaged = file([['899900000029', 'UN-TEST'], '899900000037|DEUX', ['899900000045', 'TROIS-TEST']]);
    const report = { read: 3, created: 0, updated: 0, rejected: 1, report: '3 lignes lues' };
    expect(rules(imported([DAY_1, { ...damaged, at: HOUR }], report))).toEqual([]);
    expect(rules(imported([damaged, DAY_2], { ...DAY_2_REPORT, created: 0, updated: 0, left: 0 }))).toEqual([]);
  });

  it('says the leavers in its text when it does not count them', () => {
    const { left: _, ...told } = DAY_2_REPORT;
    expect(rules(imported([DAY_1, DAY_2], { ...told, report: '3 lignes, 1 départ' }))).toEqual([]);
    expect(rules(imported([DAY_1, DAY_2], { ...told, report: '3 lignes lues' }))).toEqual(['ANN-IMPORT-LEFT']);
  });

  it('may find that nothing is new', () => {
    const conditional: Call = { ...DAY_1, headers: [['If-None-Match', '"a"']], status: 304, bytes: Buffer.alloc(0) };
    expect(rules(imported([DAY_1, conditional], { read: 0, created: 0 }))).toEqual([]);
    expect(
      rules(imported([DAY_1, { ...DAY_1, headers: [['If-None-Match', '"a"']] }], { read: 3, created: 0 })),
    ).toEqual([]);
  });

  it('is compared with the last file that could be read', () => {
    const html: Call = { ...DAY_1, bytes: Buffer.from('<html>'), at: HOUR };
    expect(rules(imported([DAY_1, html, DAY_2], DAY_2_REPORT))).toEqual([]);
    expect(rules(imported([DAY_1, html], { read: 0, created: 0 }))).toEqual([]);
  });

  it('rejects what is malformed, and warns when more is', () => {
    const damaged = file([['899900000029', 'UN-TEST'], ['899900000037', 'DEUX-TEST'], '899900000045|TR']);
    expect(rules(imported([damaged], { read: 3, created: 2, rejected: 1 }))).toEqual([]);
    const findings = imported([damaged], { read: 3, created: 1, rejected: 2 });
    expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([['ANN-IMPORT-REJECTED', 'warning']]);
  });
});

describe('the use of a mailbox', () => {
  it('is silent when it was published, by the API or by the file', () => {
    expect(rules(used([{}], { recipients: [MAILBOX.toUpperCase()] }))).toEqual([]);
    const text = 'Type de BAL|Adresse BAL|Identifiant PP|\nPER|boite@medecin.mssante.test|99900000029|\n';
    const listed: Call = { ...DAY_1, bytes: Buffer.from(text) };
    expect(rules(used([listed], { recipients: ['boite@medecin.mssante.test'] }))).toEqual([]);
  });

  it('is silent in the right structure, and where the directory publishes none for it', () => {
    const calls = [{ body: ROLES }];
    expect(rules(used(calls, { recipients: ['un@cabinet.mssante.test'], structure: '10B0300001' }))).toEqual([]);
    expect(rules(used(calls, { recipients: ['un@cabinet.mssante.test'], structure: '10B0309999' }))).toEqual([]);
    expect(rules(used([{ body: ROLES }, {}], { recipients: [MAILBOX], structure: '10B0300001' }))).toEqual([]);
  });
});

describe('the last word on a mailbox', () => {
  const inactive: Call = { body: bundle({ active: false }) };

  it('is that of the last answer that speaks of it', () => {
    expect(rules(used([{}, inactive], { recipients: [MAILBOX] }))).toEqual(['ANN-MAILBOX-USED-ACTIVE']);
    expect(rules(used([inactive, {}], { recipients: [MAILBOX] }))).toEqual([]);
    expect(rules(used([{}, { body: { resourceType: 'Bundle' } }], { recipients: [MAILBOX] }))).toEqual([]);
  });

  it('is that of a file that came after', () => {
    const bytes = Buffer.from(`Type de BAL|Adresse BAL|Identifiant PP|\nPER|${MAILBOX}|99900000029|\n`);
    const listed = (at: number): Call => ({ ...DAY_1, bytes, at });
    expect(rules(used([inactive, listed(HOUR)], { recipients: [MAILBOX] }))).toEqual([]);
    expect(rules(used([listed(0), { ...inactive, at: HOUR }], { recipients: [MAILBOX] }))).toEqual([
      'ANN-MAILBOX-USED-ACTIVE',
    ]);
  });
});

describe('a failing answer', () => {
  const failed: Call = { status: 500, body: {} };

  it('is surmounted by another try, even in vain, or by the copy of the product', () => {
    expect(rules(search([failed, { ...failed, at: 300 }], []))).toEqual([]);
    expect(rules(search([failed], []))).toEqual(['ANN-FAILURE-SURMOUNTED']);
    expect(rules(search([failed], [MAILBOX]))).toEqual([]);
    expect(rules(search([failed, { at: 300 }], ['autre@medecin.mssante.test']))).toEqual(['ANN-MAILBOX-RETURNED']);
  });
});

describe('the titles of the columns', () => {
  it('are those of the bench when it was given others', () => {
    const text = 'IdNat;Nom\n899900000029;UN-TEST\nabîmée;X\n';
    const other = exchange({ ...DAY_1, bytes: Buffer.from(text) });
    const report = { read: 2, created: 1, updated: 0, rejected: 0, report: '' };
    const titles = { identifier: ['IdNat'], lastName: ['Nom'], firstName: [], profession: [], mailbox: [] };
    expect(rules(checkDirectoryImport([other], report))).toEqual(['ANN-IMPORT-DAMAGED']);
    expect(rules(checkDirectoryImport([other], report, { titles }))).toEqual(['ANN-IMPORT-REJECTED']);
  });
});

describe('a person taken from the directory', () => {
  it('is silent when it is as the directory last said', () => {
    expect(rules(person([named()]))).toEqual([]);
    expect(rules(person([named(true, 'AVANT-TEST'), { ...named(), at: HOUR }]))).toEqual([]);
    expect(rules(person([named(), { ...named(false), at: HOUR }], { gone: true }))).toEqual([]);
  });

  it('has left when a later file no longer holds them', () => {
    const shown = { rpps: '99900000029', lastName: 'UN TEST', firstName: 'ALEX' };
    const { mailbox: _, ...one } = { ...shown, mailbox: MAILBOX };
    const findings = (gone: boolean) => rules(person([named(), DAY_1, DAY_2], { ...one, gone }));
    expect([findings(true), findings(false)]).toEqual([[], ['ANN-PERSON-GONE']]);
  });
});

describe('the schedule', () => {
  it('is silent at the rhythm set, before the first load too', () => {
    const schedule = { everyHours: 24, lastImport: '2026-01-05T10:00:00Z', nextImport: '2026-01-06T11:00:00+01:00' };
    expect(checkDirectorySchedule(schedule, [DAY_1, DAY_2].map(exchange))).toEqual([]);
    expect(checkDirectorySchedule({ everyHours: 24 })).toEqual([]);
  });

  it('spaces two loads of the same file, neither closer nor further', () => {
    const loads = (at: number) => [DAY_1, { ...DAY_2, at }].map(exchange);
    expect(rules(checkDirectorySchedule({ everyHours: 6 }, loads(6 * HOUR)))).toEqual([]);
    expect(rules(checkDirectorySchedule({ everyHours: 6 }, loads(HOUR)))).toEqual(['ANN-FREQUENCY-LOADS']);
    expect(rules(checkDirectorySchedule({ everyHours: 6 }, loads(12 * HOUR)))).toEqual(['ANN-FREQUENCY-LOADS']);
  });

  it('needs a next load once there was one', () => {
    expect(rules(checkDirectorySchedule({ everyHours: 24, lastImport: '2026-01-05T10:00:00Z' }))).toEqual([
      'ANN-FREQUENCY-NEXT',
    ]);
  });
});
