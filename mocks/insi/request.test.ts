import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawHeader } from '#formats/exchange/index.ts';
import { readCriteria } from './criteria.ts';
import { readInsiRequest } from './request.ts';
import { insiSettings } from './settings.ts';
import { searchMessage, SOAP_12_MEDIA } from './testing.ts';

const HEADERS: readonly RawHeader[] = [['content-TYPE', SOAP_12_MEDIA]];
const SETTINGS = insiSettings('strict');

describe('readInsiRequest', () => {
  it('reads a correct message', () => {
    const criteria =
      '<NomNaissance> A </NomNaissance><Prenom>B</Prenom><Sexe>F</Sexe><DateNaissance>1980-02-00</DateNaissance>';
    const reading = readInsiRequest(HEADERS, Buffer.from(searchMessage({ criteria })), SETTINGS);
    expect(reading).toMatchObject({ ok: true, request: { idam: 'ABCDEFGHIJ', messageId: 'uuid:1' } });
    expect(reading.ok && readCriteria(reading.request, SETTINGS)).toEqual({
      ok: true,
      value: {
        kind: 'traits',
        traits: { birthName: 'A', firstNames: ['B'], sex: 'F', birthDate: '1980-02-00' },
      },
    });
  });

  it('refuses any noise without failing', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => !readInsiRequest(HEADERS, bytes, SETTINGS).ok));
  });

  it('survives any text as a trait', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('NomNaissance', 'Prenom', 'Sexe', 'DateNaissance', 'X'),
        fc.string(),
        (tag, value) => {
          const criteria = `<${tag}><![CDATA[${value.replaceAll(']]>', '')}]]></${tag}>`;
          const reading = readInsiRequest(HEADERS, Buffer.from(searchMessage({ criteria })), SETTINGS);
          if (reading.ok) readCriteria(reading.request, SETTINGS);
        },
      ),
    );
  });
});
