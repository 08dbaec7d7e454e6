import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fragmentOf, schemaOf } from '../schematron/files.fixture.ts';

const XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"';
const HL7 = 'targetNamespace="urn:hl7-org:v3" xmlns="urn:hl7-org:v3" elementFormDefault="qualified"';
const PROFILES = 'schematrons/profils';

const pattern = (context: string, content: string): string =>
  `<pattern><rule context="${context}">${content}</rule></pattern>`;

/**
 * A pack of our own with the layout of the official one: a small XSD (title of two characters at least, integer version),
 * and in each schematron one rule that says its name. Nothing of it is official.
 */
export const MINI_PACK: Readonly<Record<string, string>> = {
  'infrastructure/cda/CDA_extended.xsd': `<xs:schema ${XS} ${HL7}><xs:include schemaLocation="types.xsd"/>
<xs:element name="title" type="Title"/><xs:element name="versionNumber" type="Version"/>
<xs:element name="ClinicalDocument"><xs:complexType><xs:sequence><xs:any processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element></xs:schema>`,
  'infrastructure/cda/types.xsd': `<xs:schema ${XS} ${HL7}>
<xs:simpleType name="Title"><xs:restriction base="xs:string"><xs:minLength value="2"/></xs:restriction></xs:simpleType>
${['IVL_TS', 'PQ', 'IVL_PQ'].map((name) => `<xs:complexType name="${name}"><xs:sequence><xs:any processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence><xs:anyAttribute processContents="lax"/></xs:complexType>`).join('')}
<xs:complexType name="Version"><xs:attribute name="value" type="xs:integer" use="required"/></xs:complexType></xs:schema>`,
  [`${PROFILES}/structurationMinimale/ASIP-STRUCT-MIN-StrucMin.sch`]: schemaOf(
    pattern(
      'cda:realmCode',
      '<assert test="@code = \'FR\'">Entête : realmCode vaut FR, pas <value-of select="@code"/>.</assert>',
    ),
  ),
  [`${PROFILES}/IHE.sch`]: schemaOf(
    pattern('cda:ClinicalDocument', '<assert id="IHE1" test="cda:templateId">IHE : templateId obligatoire.</assert>'),
  ),
  [`${PROFILES}/CI-SIS_ModelesDeContenusCDA.sch`]: schemaOf('<include href="../include/section.sch"/>'),
  'schematrons/include/section.sch': fragmentOf(
    'pattern',
    'id="S_section"',
    '<rule context="cda:section"><assert role="warning" test="cda:title">Modèles : section sans titre.</assert></rule>',
  ),
  [`${PROFILES}/CI-SIS_Modeles_ANS.sch`]: schemaOf(
    pattern('cda:author/cda:time', '<assert test="@value">ANS : date de l’auteur absente.</assert>'),
  ),
  [`${PROFILES}/terminologies/schematron/terminologie.sch`]: schemaOf(
    pattern(
      'cda:confidentialityCode',
      `<let name="set" value="'../../../../jeuxDeValeurs/jdv-confidentialite.xml'"/><assert test="@code = document($set)//svs:Concept/@code">Terminologies : <value-of select="@code"/> inconnu.</assert>`,
    ),
  ),
  'schematrons/CI-SIS_BIO-CR-BIO_2024.01.sch': schemaOf(
    pattern('cda:ClinicalDocument', '<assert test="cda:inFulfillmentOf">Volet : inFulfillmentOf obligatoire.</assert>'),
  ),
  'jeuxDeValeurs/jdv-confidentialite.xml': `<RetrieveValueSetResponse xmlns="urn:ihe:iti:svs:2008"><ValueSet><ConceptList><Concept code="N"/><Concept code="R"/></ConceptList></ValueSet></RetrieveValueSetResponse>`,
};

/**
 * Writes the pack in a folder of its own.
 *
 * @param changes texts or bytes that take the place of some, or are added; undefined for a file that must not be there
 */
export function writeMiniPack(changes: Readonly<Record<string, string | Uint8Array | undefined>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'jalon-pack-'));
  for (const [path, text] of Object.entries({ ...MINI_PACK, ...changes })) {
    if (text === undefined) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}
