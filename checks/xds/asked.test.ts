import { beforeAll, describe, expect, it } from 'vitest';
import { makeCredential, type TestCredential } from '#formats/xmldsig/credential.fixture.ts';
import { DOCUMENT, feeding, type FeedingEdits } from './feeding.fixture.ts';
import { checkAskedConfidentiality, checkBlockedFeeding, checkTwoCopies } from './index.ts';
import type { DmpRequest } from './transaction.ts';

let seal: TestCredential;
beforeAll(async () => {
  seal = await makeCredential('CN=labo.test, OU=10B0152872, O=LABO TEST, C=FR', 'signature');
});

/** The sample is invisible to the patient. */
const fed = (edits: FeedingEdits = {}): DmpRequest => ({ url: '/repository', ...feeding(seal, edits) });
const masked = (text: string): string =>
  text.replace('nodeRepresentation="INVISIBLE_PATIENT"', 'nodeRepresentation="MASQUE_PS"');
const update = (codes: readonly string[]): DmpRequest => ({
  url: '/registry',
  contentType: undefined,
  body: Buffer.from(
    `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><l:SubmitObjectsRequest xmlns:l="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0"><RegistryObjectList xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"><ExtrinsicObject id="D1">${codes
      .map(
        (code) =>
          `<Classification classificationScheme="urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f" classifiedObject="D1" nodeRepresentation="${code}"/>`,
      )
      .join('')}</ExtrinsicObject></RegistryObjectList></l:SubmitObjectsRequest></s:Body></s:Envelope>`,
  ),
});

describe('what the user asked for', () => {
  it('finds nothing in a feeding that hides what was asked', () => {
    expect(checkAskedConfidentiality([fed()], ['INVISIBLE_PATIENT'])).toEqual([]);
    expect(checkAskedConfidentiality([update(['N'])], [])).toEqual([]);
    expect(
      checkAskedConfidentiality(
        [update(['MASQUE_PS', 'N', 'INVISIBLE_REPRESENTANTS_LEGAUX'])],
        ['INVISIBLE_REPRESENTANTS_LEGAUX', 'MASQUE_PS'],
      ),
    ).toEqual([]);
  });

  it.each([
    [['MASQUE_PS'], 'MASQUE_PS'],
    [[], 'aucun masquage'],
  ] as const)('tells a choice that was not transmitted (%j)', (asked, expected) => {
    expect(checkAskedConfidentiality([fed()], asked)).toMatchObject([
      { rule: 'XDS-CONFIDENTIALITY-ASKED', received: 'INVISIBLE_PATIENT', expected },
    ]);
  });

  it('tells a restriction that an update drops', () => {
    expect(checkAskedConfidentiality([update(['N'])], ['INVISIBLE_REPRESENTANTS_LEGAUX'])).toMatchObject([
      { rule: 'XDS-CONFIDENTIALITY-ASKED', received: 'aucun masquage' },
    ]);
  });

  it('wants each copy hidden from those who have the other', () => {
    expect(checkTwoCopies([fed()], { patient: [], professionnel: [DOCUMENT] })).toEqual([]);
    expect(checkTwoCopies([fed({ envelope: masked })], { patient: [DOCUMENT], professionnel: [] })).toEqual([]);
    expect(checkTwoCopies([fed()], { patient: [DOCUMENT], professionnel: [] })).toMatchObject([
      { rule: 'XDS-TWO-COPIES', received: 'INVISIBLE_PATIENT' },
    ]);
    expect(checkTwoCopies([], { patient: [], professionnel: [DOCUMENT] })).toMatchObject([
      { rule: 'XDS-TWO-COPIES', received: 'document absent' },
    ]);
  });

  it('wants no feeding once it is blocked', () => {
    expect(checkBlockedFeeding([update([])])).toEqual([]);
    expect(checkBlockedFeeding([fed()])).toMatchObject([{ rule: 'DMP-FEEDING-BLOCKED' }]);
  });
});
