import { beforeAll, describe, expect, it } from 'vitest';
import { makeCredential, type TestCredential } from '#formats/xmldsig/credential.fixture.ts';
import { feeding } from './feeding.fixture.ts';
import { checkDeletion, checkReportStatus } from './index.ts';
import type { DmpRequest } from './transaction.ts';

let seal: TestCredential;
beforeAll(async () => {
  seal = await makeCredential('CN=labo.test, OU=10B0152872, O=LABO TEST, C=FR', 'signature');
});

const N3 =
  (status: string) =>
  (text: string): string =>
    text.replace(
      /<component>.*<\/component>/s,
      `<documentationOf><serviceEvent>${status}<effectiveTime><low value="20260105083000+0100"/></effectiveTime><performer typeCode="PRF"><assignedEntity><representedOrganization><standardIndustryClassCode code="AMBULATOIRE"/></representedOrganization></assignedEntity></performer></serviceEvent></documentationOf><component><structuredBody><component><section><title>Biochimie</title></section></component></structuredBody></component>`,
    );
const LAB = 'xmlns:lab="urn:oid:1.3.6.1.4.1.19376.1.3.2"';
const fed = (status?: string): DmpRequest => ({
  url: '/repository',
  ...feeding(seal, status === undefined ? {} : { document: N3(status) }),
});

describe('status of a report', () => {
  it('is that of the structured report; an N1 has none', () => {
    expect(checkReportStatus([fed(`<lab:statusCode ${LAB} code="active"/>`)], 'partiel')).toEqual([]);
    expect(checkReportStatus([fed(`<lab:statusCode ${LAB} code="completed"/>`)], 'complet')).toEqual([]);
    expect(checkReportStatus([fed()], 'partiel')).toEqual([]);
  });

  it.each([
    [`<lab:statusCode ${LAB} code="completed"/>`, 'completed'],
    ['', 'absent'],
  ])('is not written otherwise (%s)', (status, received) => {
    expect(checkReportStatus([fed(status)], 'partiel')).toMatchObject([{ rule: 'XDS-REPORT-STATUS', received }]);
  });
});

const ENTRY = 'urn:uuid:00000000-0000-4000-8000-00000000000a';
const deletion = (to: string, target = ENTRY): DmpRequest => ({
  url: '/registry',
  contentType: undefined,
  body: Buffer.from(
    `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><l:SubmitObjectsRequest xmlns:l="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0"><RegistryObjectList xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"><Association associationType="urn:ihe:iti:2010:AssociationType:UpdateAvailabilityStatus" sourceObject="SS" targetObject="${target}"><Slot name="NewStatus"><ValueList><Value>${to}</Value></ValueList></Slot></Association></RegistryObjectList></l:SubmitObjectsRequest></s:Body></s:Envelope>`,
  ),
});
const DELETED = 'urn:asip:ci-sis:2010:StatusType:Deleted';

describe('deletion', () => {
  it('takes the entry in force to Deleted', () => {
    expect(checkDeletion(deletion(DELETED), [ENTRY])).toEqual([]);
  });

  it.each([
    ['another status', deletion('urn:oasis:names:tc:ebxml-regrep:StatusType:Deprecated')],
    ['another entry', deletion(DELETED, 'urn:uuid:00000000-0000-4000-8000-00000000000b')],
    ['no change', { ...deletion(DELETED), body: Buffer.from('<a/>') }],
  ])('is not %s', (_what, call) => {
    expect(checkDeletion(call, [ENTRY])).toMatchObject([{ rule: 'XDS-DELETION' }]);
  });
});
