import { describe, expect, it } from 'vitest';
import { filesOf } from '../schematron/files.fixture.ts';
import { openXsd } from './index.ts';

const XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"';
const MAIN = `<xs:schema ${XS} targetNamespace="urn:t" xmlns="urn:t" elementFormDefault="qualified"><xs:include schemaLocation="parts/types.xsd"/>
<xs:element name="doc"><xs:complexType><xs:sequence><xs:element name="id" type="Id"/><xs:element name="n" type="xs:integer" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element></xs:schema>`;
const TYPES = `<xs:schema ${XS} targetNamespace="urn:t" xmlns="urn:t"><xs:simpleType name="Id"><xs:restriction base="xs:string"><xs:pattern value="[0-9.]+"/></xs:restriction></xs:simpleType></xs:schema>`;

const open = (texts: Readonly<Record<string, string>>) => openXsd(filesOf(texts), 'xsd/main.xsd');
function validate(document: string | Uint8Array, texts = { 'xsd/main.xsd': MAIN, 'xsd/parts/types.xsd': TYPES }) {
  const opening = open(texts);
  if (!opening.ok) throw new Error(opening.message);
  return opening.schema.validate(Buffer.from(document));
}

describe('an XSD schema', () => {
  it('accepts what is valid, through what it includes', () => {
    expect(validate('<doc xmlns="urn:t"><id>1.2</id><n>3</n></doc>')).toEqual({ ok: true, faults: [] });
  });

  it('tells every fault with its line and its path', () => {
    const reading = validate('<doc xmlns="urn:t">\n<id>x</id>\n<n>3</n>\n<n>trois</n>\n<m/></doc>');
    expect(reading).toMatchObject({ ok: true });
    const faults = reading.ok ? reading.faults : [];
    expect(faults.map(({ line }) => line)).toEqual([2, 4, 5]);
    expect(faults.map(({ path }) => path)).toEqual(['/*/*[1]', '/*/*[3]', '/*/*[4]']);
    expect(faults[0]?.message).toContain('[0-9.]+');
  });

  it('serves many documents, of any encoding that XML allows', () => {
    const opening = open({ 'xsd/main.xsd': MAIN, 'xsd/parts/types.xsd': TYPES });
    const document = '<?xml version="1.0" encoding="ISO-8859-1"?><doc xmlns="urn:t"><id>1</id><n>3</n><!-- é --></doc>';
    for (let count = 0; count < 20; count += 1)
      expect(opening.ok && opening.schema.validate(Buffer.from(document, 'latin1'))).toEqual({ ok: true, faults: [] });
  });

  it('is found whatever the case of its includes', () => {
    expect(open({ 'xsd/main.xsd': MAIN, 'xsd/Parts/Types.xsd': TYPES }).ok).toBe(true);
  });

  it.each([
    ['<doc', 'mal formé'],
    ['<!DOCTYPE doc [<!ENTITY a "b">]><doc xmlns="urn:t"><id>1</id><n>&a;</n></doc>', 'DTD'],
    [`<doc xmlns="urn:t">${'<a>'.repeat(500)}${'</a>'.repeat(500)}</doc>`, ''],
  ])('gives a fault of reading for what cannot be read: %.40s', (document, part) => {
    const reading = validate(document);
    expect(reading.ok).toBe(false);
    expect(reading.ok ? '' : reading.message).toContain(part);
  });

  it.each([
    ['absent', {}],
    ['not XML', { 'xsd/main.xsd': '<xs:schema' }],
    ['no schema', { 'xsd/main.xsd': '<a/>' }],
    ['without what it includes', { 'xsd/main.xsd': MAIN }],
    ['that includes a file of the disk', { 'xsd/main.xsd': MAIN.replace('parts/types.xsd', 'file:///etc/hostname') }],
    ['that leaves the pack', { 'xsd/main.xsd': MAIN.replace('parts/types.xsd', '../../../../../etc/hostname') }],
    ['that includes the network', { 'xsd/main.xsd': MAIN.replace('parts/types.xsd', 'http://127.0.0.1:1/types.xsd') }],
    ['with a path that is no UTF-8', { 'xsd/main.xsd': MAIN.replace('parts/types.xsd', '%E9%.xsd') }],
  ])('%s does not serve, and says so', (_, texts) => {
    const opening = open(texts);
    expect(opening.ok).toBe(false);
    expect(opening.ok ? '' : opening.message).not.toBe('');
  });
});
