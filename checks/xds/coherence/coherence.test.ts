import { beforeAll, describe, expect, it } from 'vitest';
import { makeCredential, type TestCredential } from '#formats/xmldsig/credential.fixture.ts';
import { checkSubmission } from '../check.ts';
import { feeding, type FeedingEdits } from '../feeding.fixture.ts';

let seal: TestCredential;
beforeAll(async () => {
  seal = await makeCredential('CN=labo.test, OU=10B0152872, O=LABO TEST, C=FR', 'signature');
});

const PERSON =
  '<id root="1.2.250.1.71.4.2.1" extension="899700000001"/><code code="G15_10/SM03" codeSystem="1.2.250.1.213.1.1.4.5"/><assignedPerson><name><given>Éva</given><family>BLUE</family></name></assignedPerson>';
const LABORATORY = '<representedOrganization><id root="1.2.250.1.71.4.2.2" extension="10B0152872"/>';
const FRAME = '<standardIndustryClassCode code="AMBULATOIRE" codeSystem="1.2.250.1.213.1.1.4.9"/>';
const TRAITS =
  '<id root="1.2.250.1.999.2" extension="42"/><patient><name><family qualifier="BR">PAT-TROIS</family><given>DOMINIQUE MARIE-LOUISE</given><given qualifier="BR">DOMINIQUE</given></name><administrativeGenderCode code="F"/><birthTime value="19790328"/><birthplace><place><addr><county>51215</county></addr></place></birthplace></patient>';
const HEADER = `<author><time value="20260105110000+0100"/><functionCode code="PRELV" displayName="Biologiste"/><assignedAuthor>${PERSON}${LABORATORY}</representedOrganization></assignedAuthor></author><legalAuthenticator><assignedEntity>${PERSON}</assignedEntity></legalAuthenticator><inFulfillmentOf><order><id root="1.2.250.1.999.3" extension="DEM1"/></order></inFulfillmentOf><documentationOf><serviceEvent><code code="18719-5" codeSystem="2.16.840.1.113883.6.1"/><effectiveTime><low value="20260105080000+0100"/><high value="20260105100000+0100"/></effectiveTime><performer typeCode="PRF"><assignedEntity>${LABORATORY}${FRAME}</representedOrganization></assignedEntity></performer></serviceEvent></documentationOf><componentOf><encompassingEncounter><location><healthCareFacility><code code="SA25" codeSystem="1.2.250.1.71.4.2.4"/></healthCareFacility></location></encompassingEncounter></componentOf>`;
const EVENT =
  '<Classification classificationScheme="urn:uuid:2c6b8cb7-8b2a-4051-b291-b1ae6a575ef4" classifiedObject="D1" nodeRepresentation="18719-5"><Slot name="codingScheme"><ValueList><Value>2.16.840.1.113883.6.1</Value></ValueList></Slot><Name><LocalizedString value="Biochimie"/></Name></Classification>';
const SLOTS =
  '<Slot name="serviceStopTime"><ValueList><Value>20260105090000</Value></ValueList></Slot><Slot name="urn:ihe:iti:xds:2013:referenceIdList"><ValueList><Value>DEM1^^^&amp;1.2.250.1.999.3&amp;ISO^urn:ihe:iti:xds:2013:order</Value></ValueList></Slot>';
const ROLE = '<Slot name="authorRole"><ValueList><Value>BIOLOGISTE</Value></ValueList></Slot>';
const CLASS = '<Classification classificationScheme="urn:uuid:41a5887f';

const whole = (text: string): string =>
  text.replace('</patientRole>', `${TRAITS}</patientRole>`).replace('<component>', `${HEADER}<component>`);
const described = (text: string): string =>
  text
    .replace('<Slot name="sourcePatientId">', `${SLOTS}<Slot name="sourcePatientId">`)
    .replace('<Value>PID-8|F</Value>', '<Value>PID-8|F</Value><Value>PID-11|^^^^^^BDL^^51215</Value>')
    .replace(CLASS, `${EVENT}${CLASS}`)
    .replace(/(classifiedObject="D1" nodeRepresentation="">)/, `$1${ROLE}`);

const change =
  (from: string | RegExp, to: string) =>
  (text: string): string => {
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`Nothing to change: ${from}`);
    return changed;
  };
const same = (text: string): string => text;

function found({ document = same, envelope = same }: FeedingEdits) {
  const edits = {
    document: (text: string) => document(whole(text)),
    envelope: (text: string) => envelope(described(text)),
  };
  return checkSubmission(feeding(seal, edits));
}

describe('coherence of a feeding', () => {
  it('has nothing to say when everything tells the same', () => {
    expect(found({})).toEqual([]);
  });

  it.each<[string, string, FeedingEdits]>([
    ['XDS-CDA-AUTHOR', 'another person', { document: change('899700000001', '899700000009') }],
    ['XDS-CDA-AUTHOR', 'another name', { document: change('<family>BLUE', '<family>RED') }],
    ['XDS-CDA-AUTHOR', 'another structure', { document: change('extension="10B0152872"', 'extension="10B0099999"') }],
    ['XDS-CDA-AUTHOR', 'another speciality', { document: change('G15_10/SM03', 'G15_10/SM26') }],
    ['XDS-CDA-AUTHOR', 'another role', { document: change('"Biologiste"', '"Préleveur"') }],
    [
      'XDS-CDA-AUTHOR',
      'an author left out',
      {
        document: change(
          '<author>',
          '<author><assignedAuthor><id root="1.2.250.1.71.4.2.1" extension="310B0152872/SGL"/><assignedAuthoringDevice/></assignedAuthor></author><author>',
        ),
      },
    ],
    [
      'XDS-CDA-LEGAL-AUTHENTICATOR',
      'another responsible',
      { document: change(/(<legalAuthenticator>.*?)899700000001/, '$1899700000009') },
    ],
    [
      'XDS-CDA-LEGAL-AUTHENTICATOR',
      'another name',
      { document: change(/(<legalAuthenticator>.*?<family>)BLUE/, '$1RED') },
    ],
    ['XDS-CDA-PATIENT', 'local number', { document: change('extension="42"', 'extension="43"') }],
    ['XDS-CDA-PATIENT', 'birth name', { envelope: change('PID-5|PAT-TROIS', 'PID-5|PAT-QUATRE') }],
    ['XDS-CDA-PATIENT', 'first name', { envelope: change('^DOMINIQUE^', '^MARIE^') }],
    ['XDS-CDA-PATIENT', 'birth date', { envelope: change('PID-7|19790328', 'PID-7|19790329') }],
    ['XDS-CDA-PATIENT', 'sex', { envelope: change('PID-8|F', 'PID-8|M') }],
    ['XDS-CDA-PATIENT', 'birth place', { envelope: change('BDL^^51215', 'BDL^^75056') }],
    ['XDS-CDA-SERVICE-TIME', 'local time', { document: change('080000+0100', '080000+0200') }],
    ['XDS-CDA-SERVICE-TIME', 'an end left out', { envelope: change(/<Slot name="serviceStopTime">.*?<\/Slot>/, '') }],
    ['XDS-CDA-SERVICE-TIME', 'an end made up', { document: change(/<high [^>]*>/, '') }],
    ['XDS-CDA-FACILITY', 'another sector', { document: change('code="SA25"', 'code="SA01"') }],
    ['XDS-CDA-PRACTICE-SETTING', 'another frame', { document: change('"AMBULATOIRE"', '"ETABLISSEMENT"') }],
    ['XDS-CDA-EVENT-CODE', 'another act', { document: change('code="18719-5"', 'code="18723-7"') }],
    ['XDS-CDA-TITLE', 'another title', { document: change('<title>CR<', '<title>Autre<') }],
    [
      'XDS-CDA-CONFIDENTIALITY',
      'R',
      { document: change('confidentialityCode code="N"', 'confidentialityCode code="R"') },
    ],
    ['XDS-CDA-ORDER', 'another order', { document: change('extension="DEM1"', 'extension="DEM2"') }],
    [
      'XDS-MIME-TYPE',
      'announced as a style sheet',
      { envelope: change('mimeType="text/xml"', 'mimeType="application/xslt+xml"') },
    ],
    ['XDS-LOT-AUTHOR', 'somebody else', { envelope: change('<Value>899700000001^BLUE', '<Value>899700000009^BLUE') }],
    [
      'XDS-STYLE-SHEET-EXTERNAL',
      'an address',
      { document: (text) => `<?xml-stylesheet type="text/xsl" href="https://labo.test/cr.xsl"?>${text}` },
    ],
  ])('%s: %s', (rule, _what, edits) => {
    expect(found(edits).map((one) => one.rule)).toEqual([rule]);
  });

  it('XDS-AUTHOR-ROLE: a speciality of the VIHF, another of the lot and of the entry', () => {
    const findings = found({ envelope: change('code="SM03"', 'code="SM26"') });
    expect([...new Set(findings.map((one) => one.rule))]).toEqual(['XDS-AUTHOR-ROLE']);
    expect(findings[0]).toMatchObject({ received: 'G15_10/SM03, pour 899700000001', expected: 'G15_10/SM26 (VIHF)' });
  });

  it('leaves names and the order of what a document repeats alone', () => {
    expect(found({ document: change('<family>BLUE', '<family>Blüe') })).toEqual([]);
    expect(found({ envelope: change('^DOMINIQUE^', '^DOMINIQUE MARIE-LOUISE^') })).toEqual([]);
  });
});

const XSL = 'xmlns:xsl="http://www.w3.org/1999/XSL/Transform"';
const carried =
  (page: string) =>
  (text: string): string =>
    `<xsl:stylesheet version="1.0" ${XSL}><xsl:template match="/"><html>${page}</html></xsl:template>${text}</xsl:stylesheet>`;
const self = change('mimeType="text/xml"', 'mimeType="application/xslt+xml"');

describe('a document carried by its style sheet', () => {
  it.each([
    '<head><style>p { color: red }</style></head><img src="data:image/png;base64,AA=="/>',
    '<a href="https://labo.test">Site</a><xsl:attribute name="src">{.}</xsl:attribute>',
  ])('may show itself (%s)', (page) => {
    expect(found({ document: carried(page), envelope: self })).toEqual([]);
  });

  it.each([
    ['XDS-STYLE-SHEET-SCRIPT', '<script>alert(1)</script>'],
    ['XDS-STYLE-SHEET-SCRIPT', '<p onclick="go()"/>'],
    ['XDS-STYLE-SHEET-SCRIPT', '<a href=" javascript:go()"/>'],
    ['XDS-STYLE-SHEET-SCRIPT', '<p><xsl:attribute name="onload">go()</xsl:attribute></p>'],
    ['XDS-STYLE-SHEET-EXTERNAL', '<img src="https://labo.test/logo.png"/>'],
    ['XDS-STYLE-SHEET-EXTERNAL', '<link rel="stylesheet" href="cr.css"/>'],
    ['XDS-STYLE-SHEET-EXTERNAL', '<style>@import "cr.css";</style>'],
    ['XDS-STYLE-SHEET-EXTERNAL', '<xsl:import href="cr.xsl"/>'],
    ['XDS-STYLE-SHEET-EXTERNAL', `<xsl:value-of select="document('codes.xml')"/>`],
  ])('%s: %s', (rule, page) => {
    const findings = found({ document: carried(page), envelope: self });
    expect(findings.map((one) => one.rule)).toEqual([rule]);
    expect(findings[0]?.where).toMatch(/^document D1, \/stylesheet\//);
  });

  it('is announced as such', () => {
    expect(found({ document: carried('') }).map(({ rule }) => rule)).toEqual(['XDS-MIME-TYPE']);
  });
});
