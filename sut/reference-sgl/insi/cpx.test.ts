import { XMLValidator } from 'fast-xml-parser';
import { SignedXml } from 'xml-crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { InsiAuthentication } from '../model/index.ts';
import { sampleCard, type SampleCertificate } from '../samples/rsa.ts';
import { xpath } from '../samples/xml.ts';
import { createTestPki, type TestPki } from '../testing/certificates.ts';
import { startFakeService, type FakeService } from '../testing/fake-service.ts';
import { FOUND, verified } from '../testing/insi-answers.ts';
import { testConfig } from '../testing/laboratory.ts';
import { createInsiClient, type InsiClient, type VitaleCard } from './index.ts';

const HOLDER = '899700000001';
const NOW = new Date('2026-01-05T10:00:00Z');
const ASSERTION = '/s:Envelope/s:Header/wsse:Security/saml2:Assertion';
const VITALE: VitaleCard = {
  bearer: '109076322083489',
  holder: '279035121518989',
  birthName: 'PAT-TROIS',
  birthDate: '2009-07-14',
  birthRank: 1,
};
const QUERY = { birthName: 'PAT-TROIS', firstNames: ['DOMINIQUE'], sex: 'F', birthDate: '1979-03-28' } as const;

let pki: TestPki;
let card: SampleCertificate;
let service: FakeService;
const client = (faults: string[] = [], clientPki = pki): InsiClient => {
  const base = testConfig(clientPki);
  const config = { ...base, insi: { ...base.insi, url: `${service.origin}/lps`, cpx: card.files } };
  return createInsiClient(config, new Set(faults), () => NOW);
};
const searchTraits = (as: InsiAuthentication, faults: string[] = []) =>
  client(faults).search({ kind: 'traits', query: { ...QUERY, firstNames: [...QUERY.firstNames] } }, as);
const body = (): string => service.received.at(-1)?.body ?? '';

beforeAll(async () => {
  pki = await createTestPki();
  card = await sampleCard(pki.caFile, HOLDER);
  service = await startFakeService(pki);
});
afterAll(async () => {
  await service.close();
  await pki.remove();
});
beforeEach(() => {
  service.received.length = 0;
  service.answer = () => FOUND();
});

describe('a call in CPx mode', () => {
  it('is sent in the name of the holder of the card, who signs the assertion', async () => {
    expect(await searchTraits('cpx')).toMatchObject({ kind: 'trouve' });
    expect(XMLValidator.validate(body())).toBe(true);
    expect(xpath(body(), `${ASSERTION}/saml2:Subject/saml2:NameID`)).toEqual([HOLDER]);
    expect(body().match(/<(bam|lps):Emetteur>[^<]*/g)).toEqual([`<bam:Emetteur>${HOLDER}`, `<lps:Emetteur>${HOLDER}`]);
    expect(xpath(body(), `${ASSERTION}/saml2:Conditions/@NotBefore`)).toEqual(['2026-01-05T10:00:00.000Z']);
    expect(xpath(body(), `${ASSERTION}/saml2:Issuer`)[0]).toContain(`CN=${HOLDER}`);
  });

  it('carries a signature that holds inside the envelope', async () => {
    await searchTraits('cpx');
    const [, assertion = ''] = /<wsse:Security[^>]*>(.*)<\/wsse:Security>/s.exec(body()) ?? [];
    const signature = /<ds:Signature.*<\/ds:Signature>/s.exec(assertion)?.[0] ?? '';
    const verifier = new SignedXml({ publicCert: card.cert });
    verifier.loadSignature(signature);
    expect(verifier.checkSignature(assertion)).toBe(true);
    expect(signature).toContain('rsa-sha256');
  });

  it.each<[string, VitaleCard]>([
    ['the bearer', VITALE],
    ['the rights holder when the card has no bearer', { ...VITALE, bearer: VITALE.holder }],
  ])('adds, for a Vitale card, the assertion of %s', async (_name, vitale) => {
    await client().search({ kind: 'vitale', card: vitale }, 'cpx');
    expect(xpath(body(), `${ASSERTION}/saml2:Subject/saml2:NameID`)).toEqual([HOLDER, vitale.bearer]);
    expect(new Set(xpath(body(), `${ASSERTION}/@ID`)).size).toBe(2);
  });

  it('fails in French when the card cannot be read', async () => {
    const files = { cert: '/nulle/part.pem', key: '/nulle/part.key' };
    const base = testConfig(pki);
    const config = { ...base, insi: { ...base.insi, url: service.origin, cpx: files } };
    const answer = await createInsiClient(config, new Set(), () => NOW).search({ kind: 'vitale', card: VITALE }, 'cpx');
    expect(answer).toMatchObject({ kind: 'indisponible', code: 'technique' });
    expect(service.received).toEqual([]);
  });
});

describe('a call in organisation mode', () => {
  it('carries no assertion, even with a Vitale card, and names the structure', async () => {
    await client().search({ kind: 'vitale', card: VITALE }, 'organisation');
    expect(body()).not.toContain('Security');
    expect(body()).toContain('<bam:Emetteur>10B0000001</bam:Emetteur>');
    expect(body()).toContain(
      '<RECVITALE xmlns="http://www.cnamts.fr/INSiRecVit"><MatriculeIndividu><NumIdentifiant>1090763220834</NumIdentifiant><Cle>89</Cle></MatriculeIndividu><MatriculeOD><NumIdentifiant>2790351215189</NumIdentifiant><Cle>89</Cle></MatriculeOD><NomNaissance>PAT-TROIS</NomNaissance><DateNaissance>2009-07-14</DateNaissance><RangNaissance>1</RangNaissance></RECVITALE>',
    );
  });

  it('verifies a number with its authority and the traits', async () => {
    service.answer = () => verified('KO');
    const ins = { matricule: '279035121518989', oid: '1.2.250.1.213.1.4.10' };
    const identity = { ref: 'P1', ins, traits: { ...QUERY, firstNames: ['DOMINIQUE', 'ANNE'], birthPlace: '51215' } };
    const answer = await client().verify([identity], false, 'organisation');
    expect(answer).toEqual({ kind: 'verifie', verdicts: new Map([['P1', 'KO']]) });
    expect(body()).toContain(
      '<VERIFINS xmlns="http://www.cnamts.fr/INSiVerif"><MatriculeINS><NumIdentifiant>2790351215189</NumIdentifiant><Cle>89</Cle><OID>1.2.250.1.213.1.4.10</OID></MatriculeINS><NomNaissance>PAT-TROIS</NomNaissance><Prenom>DOMINIQUE</Prenom><Prenom>ANNE</Prenom><Sexe>F</Sexe><DateNaissance>1979-03-28</DateNaissance><LieuNaissance>51215</LieuNaissance></VERIFINS>',
    );
    expect(service.received[0]?.headers['content-type']).toContain(
      'action="urn:ServiceIdentiteCertifiee:1.0.0:verifierIns"',
    );
  });

  it('asks nothing when there is nothing to verify', async () => {
    expect(await client().verify([], true, 'organisation')).toEqual({ kind: 'verifie', verdicts: new Map() });
    expect(service.received).toEqual([]);
  });
});
