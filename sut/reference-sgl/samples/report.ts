import type { Professional, Report, SglConfig } from '../model/types.ts';

/** Test data of this folder and its neighbours: published fictive identities, no real person. */
export const BIOLOGIST: Professional = {
  nationalId: '899700000001',
  lastName: "D'ÉTÉ-TEST",
  firstName: 'Éloïse',
  title: 'DR',
  profession: '10',
  speciality: 'SM03',
};

export const PRESCRIBER: Professional = {
  nationalId: '899700000002',
  lastName: 'KIT-PRESCRIPTEUR',
  firstName: 'Zoé',
  title: 'DR',
  profession: '10',
  speciality: 'SM26',
  mailbox: 'prescripteur@cabinet.mssante.test',
};

export function sampleConfig(changes: Partial<SglConfig> = {}): SglConfig {
  return {
    host: '127.0.0.1',
    port: 0,
    product: { name: 'SGL de référence', version: '1.0.0', editor: 'Éditeur & Cie' },
    faults: [],
    ca: '',
    laboratory: {
      id: '10B0000001',
      finess: '0B0000001',
      name: "Laboratoire de l'Été & des Chênes",
      sector: 'SA25',
      addressLine: '8 rue de l’Église',
      postalCode: '92100',
      city: 'BOULOGNE-BILLANCOURT',
      phone: '01 00 00 00 00',
      mailbox: 'labo@labo.mssante.test',
    },
    biologist: BIOLOGIST,
    oidRoot: '1.2.250.1.999.1.1',
    insi: { url: '', idam: '', instance: '6f0c3a52-0000-4000-8000-000000000001', cert: '', key: '' },
    dmp: { base: '', homologation: 'LPS-TEST-01', sign: { cert: '', key: '' }, webPs: '', cert: '', key: '' },
    psc: { issuer: '', discovery: '', clientId: '', clientSecret: '' },
    mssante: {
      smtp: { host: '127.0.0.1', port: 0 },
      imap: { host: '127.0.0.1', port: 0 },
      user: 'labo@labo.mssante.test',
      password: 'mot-de-passe-de-test',
      nil: 'REF-0001',
      cert: '',
      key: '',
    },
    annuaire: { fhir: '', extraction: '', apiKey: '' },
    ...changes,
  };
}

export function sampleReport(changes: Partial<Report> = {}): Report {
  return {
    id: 'r1',
    patient: {
      id: 'p1',
      localId: 'IPP-0001',
      traits: {
        birthName: "D'ARTAGNAN DE L'HÉRAULT",
        firstNames: ['PIERRE-ALAIN', 'MURIEL'],
        sex: 'M',
        birthDate: '2001-06-17',
        birthPlace: '63220',
        usedName: 'NOËL-TEST',
      },
      status: 'qualifiee',
      document: 'carte-identite',
      ins: { matricule: '101066322083675', oid: '1.2.250.1.213.1.4.10' },
      insHistory: [],
      flags: [],
      identifiers: [],
      proof: 'piece',
      createdAt: new Date('2026-01-05T07:00:00Z'),
    },
    title: 'Bilan thyroïdien & numération',
    requestId: 'DEM-2026-0001',
    results: [
      {
        loinc: '3016-3',
        label: 'Thyréostimuline [Arbitraire/Volume]',
        value: 5.1,
        unit: 'm[IU]/L',
        low: 0.27,
        high: 4.2,
      },
      { loinc: '2345-7', label: "Glucose d'essai <à jeun>", value: 0.95, unit: 'g/L', low: 0.7, high: 1.1 },
      { loinc: '789-8', label: 'Hématies', value: 3.9, unit: '10*12/L', low: 4.2, high: 5.7 },
      { loinc: '1988-5', label: 'Protéine C réactive', value: 3, unit: 'mg/L', high: 5 },
    ],
    prescriber: PRESCRIBER,
    biologist: BIOLOGIST,
    recipients: {
      professionals: ['prescripteur@cabinet.mssante.test', 'cardio@hopital.mssante.test'],
      patient: true,
      dmp: true,
    },
    sampledAt: new Date('2026-01-05T07:35:00Z'),
    receivedAt: new Date('2026-01-05T08:22:00Z'),
    validatedAt: new Date('2026-01-05T15:05:30Z'),
    version: 1,
    setId: 'a7c6f0d4-1111-4222-8333-444455556666',
    ...changes,
  };
}
