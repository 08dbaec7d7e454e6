import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, attribute, escapeXml } from '../xml/index.ts';
import { readSoap, SOAP_11, SOAP_12, WSA, writeSoap, writeSoapFault, type SoapEnvelope } from './index.ts';

function envelope(source: string): SoapEnvelope {
  const reading = readSoap(Buffer.from(source));
  if (!reading.ok) throw new Error(reading.fault.message);
  return reading.envelope;
}

describe('readSoap', () => {
  it('reads addressing, trimmed, and the payload', () => {
    const read = envelope(
      writeSoap({
        header:
          `<w:Action xmlns:w="${WSA}"> urn:a </w:Action><w:MessageID xmlns:w="${WSA}">uuid:1</w:MessageID>` +
          `<w:To xmlns:w="${WSA}">x</w:To><w:ReplyTo xmlns:w="${WSA}"><w:Address>y</w:Address></w:ReplyTo>` +
          `<w:RelatesTo xmlns:w="${WSA}">uuid:0</w:RelatesTo>`,
        body: ' <q xmlns="u:q">v</q>',
      }),
    );
    expect(read.version).toBe('1.2');
    expect(read.payload?.name).toEqual({ namespace: 'u:q', local: 'q', prefix: '' });
    expect(read.addressing).toEqual({
      action: 'urn:a',
      messageId: 'uuid:1',
      to: 'x',
      replyTo: 'y',
      relatesTo: 'uuid:0',
    });
  });

  it('takes no block of another namespace for addressing', () => {
    const read = envelope(writeSoap({ header: '<Action xmlns="urn:other">x</Action>', body: '' }));
    expect(read.addressing).toEqual({});
    expect(read.payload).toBeUndefined();
  });

  it('names SOAP 1.1 as such, and takes any prefixes', () => {
    expect(envelope(`<e:Envelope xmlns:e="${SOAP_11}"><e:Body/></e:Envelope>`).version).toBe('1.1');
    const mixed = `<soap:Envelope xmlns:soap="${SOAP_12}"><env:Body xmlns:env="${SOAP_12}"><r/></env:Body></soap:Envelope>`;
    expect(envelope(mixed).payload?.name.local).toBe('r');
    expect(envelope(writeSoap({ body: '<r/>', prefix: 'S' })).root.name.prefix).toBe('S');
  });

  it.each([
    ['<Envelope/>', 'SOAP_NOT_AN_ENVELOPE'],
    [`<Body xmlns="${SOAP_12}"/>`, 'SOAP_NOT_AN_ENVELOPE'],
    [`<Envelope xmlns="${SOAP_12}"/>`, 'SOAP_NOT_AN_ENVELOPE'],
    [`<e:Envelope xmlns:e="${SOAP_12}"><Body/></e:Envelope>`, 'SOAP_NOT_AN_ENVELOPE'],
    ['<html><p></html>', 'XML_NOT_WELL_FORMED'],
    ['<!DOCTYPE html><html/>', 'XML_DTD_REFUSED'],
  ])('refuses %s', (source, code) => {
    expect(readSoap(Buffer.from(source))).toMatchObject({ ok: false, fault: { code } });
  });
});

describe('writeSoapFault', () => {
  it('says code, subcode, reason and detail', () => {
    const read = envelope(
      writeSoapFault({
        code: 'Sender',
        subcode: { value: 'S:siram_100', namespaces: { S: 'urn:siram' } },
        reason: 'Numéro < inconnu',
        detail: '<e:Erreur xmlns:e="urn:siram" code="desir_550"/>',
      }),
    );
    const fault = read.payload;
    if (fault === undefined) throw new Error('no fault');
    expect(at(fault, 'Code', 'Value')?.text).toBe('soap:Sender');
    expect(at(fault, 'Code', 'Subcode', 'Value')?.text).toBe('S:siram_100');
    const text = at(fault, 'Reason', 'Text');
    expect(text?.text).toBe('Numéro < inconnu');
    expect(text && attribute(text, 'lang')).toBe('fr');
    const error = at(fault, 'Detail', 'Erreur');
    expect(error && attribute(error, 'code')).toBe('desir_550');
  });

  it('carries any reason', () => {
    fc.assert(
      fc.property(fc.string(), (reason) => {
        const { payload } = envelope(writeSoapFault({ code: 'Receiver', reason }));
        expect(escapeXml(payload ? (at(payload, 'Reason', 'Text')?.text ?? '?') : '?')).toBe(escapeXml(reason));
      }),
    );
  });
});
