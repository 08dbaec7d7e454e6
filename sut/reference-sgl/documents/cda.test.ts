import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ParseOption, XmlDocument, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BuiltDocument, Report } from '../model/types.ts';
import { PRESCRIBER, sampleConfig, sampleReport } from '../samples/report.ts';
import { xpath } from '../samples/xml.ts';
import { buildReportDocuments } from './index.ts';

const config = sampleConfig();
const none: ReadonlySet<string> = new Set();
const HEADER_INS = '/h:ClinicalDocument/h:recordTarget/h:patientRole/h:id[@root="1.2.250.1.213.1.4.10"]/@extension';

function variants(): Readonly<Record<string, Report>> {
  const full = sampleReport();
  const { prescriber: _, ...withoutPrescriber } = full;
  return {
    complet: full,
    'sans prescripteur ni destinataire': {
      ...withoutPrescriber,
      recipients: { professionals: [], patient: false, dmp: false },
    },
    'identité provisoire, traits minimaux': {
      ...full,
      patient: {
        ...full.patient,
        status: 'provisoire',
        traits: { birthName: 'ÉCETINSI', firstNames: ['ZOÉ'], sex: 'F', birthDate: '1936-06-21' },
      },
    },
    'un seul résultat, sans borne': {
      ...full,
      results: [{ loinc: '630-4', label: "Culture d'urine", value: 0.0000001, unit: '/mL' }],
    },
    'biologiste pharmacien': {
      ...full,
      biologist: { ...full.biologist, profession: '21', speciality: 'SM03', title: 'M' },
    },
  };
}

describe('XSD of the official pack (skipped when ../shared/ci-sis/pack is absent)', () => {
  const schema = join(import.meta.dirname, '../../../../shared/ci-sis/pack/infrastructure/cda/CDA_extended.xsd');
  const present = existsSync(schema);
  let validator: XsdValidator | undefined;

  beforeAll(() => {
    if (!present) return;
    xmlRegisterFsInputProviders();
    const document = XmlDocument.fromBuffer(readFileSync(schema), { url: schema, option: ParseOption.XML_PARSE_NONET });
    validator = XsdValidator.fromDoc(document);
  });
  afterAll(() => validator?.dispose());

  test.skipIf(!present)('accepts N3 and N1 of every kind of report', async () => {
    for (const [name, report] of Object.entries(variants())) {
      const { n3, n1 } = await buildReportDocuments(report, config, none);
      for (const document of [n3, n1]) {
        const read = XmlDocument.fromBuffer(document.bytes);
        expect(() => validator?.validate(read), `${name} ${document.kind}`).not.toThrow();
        read.dispose();
      }
    }
  });

  test.skipIf(!present)('is really applied: a misplaced element is refused', async () => {
    const { n3 } = await buildReportDocuments(sampleReport(), config, none);
    const broken = Buffer.from(n3.bytes)
      .toString()
      .replace('<realmCode code="FR"/>', '')
      .replace('</title>', '</title><realmCode code="FR"/>');
    const read = XmlDocument.fromString(broken);
    expect(() => validator?.validate(read)).toThrow(/realmCode/);
    read.dispose();
  });
});

describe('header', () => {
  test('carries INS, birth traits and used name of a qualified identity, accents kept', async () => {
    const { n3 } = await buildReportDocuments(sampleReport(), config, none);
    expect(xpath(n3.bytes, HEADER_INS)).toEqual(['101066322083675']);
    const patient = '/h:ClinicalDocument/h:recordTarget/h:patientRole/h:patient';
    expect(xpath(n3.bytes, `${patient}/h:name/h:family[@qualifier="BR"]`)).toEqual(["D'ARTAGNAN DE L'HÉRAULT"]);
    expect(xpath(n3.bytes, `${patient}/h:name/h:given[not(@qualifier)]`)).toEqual(['PIERRE-ALAIN MURIEL']);
    expect(xpath(n3.bytes, `${patient}/h:name/h:given[@qualifier="BR"]`)).toEqual(['PIERRE-ALAIN']);
    expect(xpath(n3.bytes, `${patient}/h:name/h:family[@qualifier="CL"]`)).toEqual(['NOËL-TEST']);
    expect(xpath(n3.bytes, `${patient}/h:birthTime/@value`)).toEqual(['20010617']);
    expect(xpath(n3.bytes, `${patient}/h:birthplace//h:county`)).toEqual(['63220']);
  });

  test.each(['provisoire', 'recuperee', 'validee'] as const)('has no INS when the identity is %s', async (status) => {
    const report = sampleReport();
    const { n3, n1 } = await buildReportDocuments({ ...report, patient: { ...report.patient, status } }, config, none);
    for (const document of [n3, n1]) {
      const text = Buffer.from(document.bytes).toString();
      expect(text).not.toContain('1.2.250.1.213.1.4.10');
      expect(text).not.toContain('101066322083675');
    }
  });

  test('gives local times with their offset, in summer as in winter', async () => {
    const summer = sampleReport({ validatedAt: new Date('2026-07-01T22:30:00Z') });
    const times = await Promise.all(
      [sampleReport(), summer].map(async (report) => {
        const { n3 } = await buildReportDocuments(report, config, none);
        return xpath(n3.bytes, '/h:ClinicalDocument/h:effectiveTime/@value')[0];
      }),
    );
    expect(times).toEqual(['20260105160530+0100', '20260702003000+0200']);
  });

  test('names every recipient by MSSanté address, the prescriber by name as well', async () => {
    const { n3 } = await buildReportDocuments(sampleReport(), config, none);
    const recipient = '/h:ClinicalDocument/h:informationRecipient/h:intendedRecipient';
    expect(xpath(n3.bytes, `${recipient}/h:telecom/@value`)).toEqual([
      'mailto:prescripteur@cabinet.mssante.test',
      'mailto:cardio@hopital.mssante.test',
    ]);
    expect(xpath(n3.bytes, `${recipient}/h:id/@extension`)).toEqual([PRESCRIBER.nationalId]);
    expect(xpath(n3.bytes, '//h:inFulfillmentOf/h:order/h:id/@extension')).toEqual(['DEM-2026-0001']);
  });

  test('one documentationOf per chapter, the first with status and performer', async () => {
    const { n3 } = await buildReportDocuments(sampleReport(), config, none);
    expect(xpath(n3.bytes, '//h:serviceEvent/h:code/@code')).toEqual(['18723-7', '18719-5', '18718-7']);
    expect(xpath(n3.bytes, '//h:serviceEvent[1]/lab:statusCode/@code')).toEqual(['completed']);
    expect(xpath(n3.bytes, '//h:performer//h:standardIndustryClassCode/@code')).toEqual(['AMBULATOIRE']);
  });

  test('identifiers are OIDs without extension, new at each call; setId is stable and differs between levels', async () => {
    const [first, second] = await Promise.all([
      buildReportDocuments(sampleReport(), config, none),
      buildReportDocuments(sampleReport({ version: 2 }), config, none),
    ]);
    const ids = [first.n3, first.n1, second.n3, second.n1].map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(id).toMatch(/^1\.2\.250\.1\.999\.1\.1(\.(0|[1-9]\d*))+$/);
    const setId = (document: BuiltDocument) => xpath(document.bytes, '/h:ClinicalDocument/h:setId/@root')[0];
    expect(setId(first.n3)).toBe(setId(second.n3));
    expect(setId(first.n3)).not.toBe(setId(first.n1));
    expect(xpath(second.n3.bytes, '/h:ClinicalDocument/h:versionNumber/@value')).toEqual(['2']);
    expect(xpath(first.n3.bytes, '/h:ClinicalDocument/h:id/@extension')).toEqual([]);
  });
});

describe('body', () => {
  test('results are PQ with interpretation and reference range, and point to their narrative', async () => {
    const { n3 } = await buildReportDocuments(sampleReport(), config, none);
    const result = '//h:observation[h:templateId/@root="1.2.250.1.213.1.1.3.80"]';
    expect(xpath(n3.bytes, `${result}/h:code/@code`)).toEqual(['789-8', '3016-3', '2345-7', '1988-5']);
    expect(xpath(n3.bytes, `${result}/h:value/@value`)).toEqual(['3.9', '5.1', '0.95', '3']);
    expect(xpath(n3.bytes, `${result}/h:value/@unit`)).toEqual(['10*12/L', 'm[IU]/L', 'g/L', 'mg/L']);
    expect(xpath(n3.bytes, `${result}/h:interpretationCode/@code`)).toEqual(['L', 'H', 'N', 'N']);
    expect(xpath(n3.bytes, `${result}//h:observationRange/h:value/h:low/@value`)).toEqual(['4.2', '0.27', '0.7']);
    const references = xpath(n3.bytes, '//h:reference/@value').map((value) => value.slice(1));
    const anchors = xpath(n3.bytes, '//*/@ID');
    expect(references.filter((reference) => !anchors.includes(reference))).toEqual([]);
    expect(xpath(n3.bytes, '//h:content[@ID="resultat-3"]')).toEqual(["Glucose d'essai <à jeun>"]);
  });

  test('a small value is written without exponent, and without bound there is no interpretation', async () => {
    const report = sampleReport({ results: [{ loinc: '630-4', label: 'x', value: 1e-7, unit: '/mL' }] });
    const { n3 } = await buildReportDocuments(report, config, none);
    expect(xpath(n3.bytes, '//h:value[@unit="/mL"]/@value')).toEqual(['0.0000001']);
    expect(xpath(n3.bytes, '//h:interpretationCode')).toEqual([]);
  });

  test('the PDF is the same in the three documents', async () => {
    const { n3, n1, pdf } = await buildReportDocuments(sampleReport(), config, none);
    const base64 = Buffer.from(pdf.bytes).toString('base64');
    expect(xpath(n3.bytes, '//h:observationMedia/h:value')).toEqual([base64]);
    expect(xpath(n3.bytes, '//h:renderMultiMedia/@referencedObject')).toEqual(
      xpath(n3.bytes, '//h:observationMedia/@ID'),
    );
    expect(xpath(n1.bytes, '//h:nonXMLBody/h:text')).toEqual([base64]);
    expect(xpath(n1.bytes, '//h:nonXMLBody/h:text/@mediaType')).toEqual(['application/pdf']);
    expect(xpath(n1.bytes, '/h:ClinicalDocument/h:templateId/@root')[2]).toBe('1.3.6.1.4.1.19376.1.2.20');
  });
});

test('the fault cda-n1-sans-ins takes the INS out of the N1 recordTarget and touches nothing else', async () => {
  const report = sampleReport();
  const sound = await buildReportDocuments(report, config, none);
  const faulty = await buildReportDocuments(report, config, new Set(['cda-n1-sans-ins']));
  expect(xpath(faulty.n1.bytes, HEADER_INS)).toEqual([]);
  // Identifiers made at each call and the PDF, whose file identifier is new, are not what is compared.
  const comparable = ({ bytes, id }: BuiltDocument) =>
    Buffer.from(bytes)
      .toString()
      .replaceAll(id, 'ID')
      .replace(/<id root="1\.2\.250\.1\.999\.1\.1\.8\.[\d.]+"\/>/g, '')
      .replace(/B64">[^<]+</g, '');
  const ins = '<id root="1.2.250.1.213.1.4.10" extension="101066322083675"/>';
  expect(comparable(faulty.n1)).toBe(comparable(sound.n1).replace(ins, ''));
  expect(comparable(faulty.n3)).toBe(comparable(sound.n3));
});
