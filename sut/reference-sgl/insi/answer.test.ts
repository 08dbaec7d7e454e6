import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAULT, FOUND, NONE, person, result, soap } from '../testing/insi-answers.ts';
import type { FakeAnswer } from '../testing/fake-service.ts';
import { readAnswer } from './answer.ts';

const SOAP_TYPE = 'application/soap+xml; charset=utf-8';

function read(answer: FakeAnswer) {
  const { headers, body } = answer as { headers: Record<string, string>; body: string };
  return readAnswer(headers['content-type'], Buffer.from(body));
}

describe('an answer of INSi', () => {
  it('is read by namespace, whatever the prefixes', () => {
    expect(read(FOUND())).toEqual({
      kind: 'trouve',
      code: '00',
      label: 'OK',
      identity: {
        ins: { matricule: '279035121518989', oid: '1.2.250.1.213.1.4.10' },
        history: [],
        birthName: 'PAT-TROIS',
        firstName: 'DOMINIQUE',
        firstNameList: 'DOMINIQUE MARIE-LOUISE',
        sex: 'F',
        birthDate: '1979-03-28',
        birthPlace: '51215',
      },
    });
  });

  it('keeps the history in its order', () => {
    const histo = (number: string, key: string) =>
      `<INSHISTO><IdIndividu><NumIdentifiant>${number}</NumIdentifiant><Cle>${key}</Cle></IdIndividu><OID>1.2.250.1.213.1.4.8</OID><DateDeb>2015-01-01</DateDeb><DateFin>2009-07-14</DateFin></INSHISTO>`;
    const answer = read(FOUND({ history: histo('2090763220834', '39') + histo('2090663220123', '55') }));
    expect(answer).toMatchObject({
      identity: {
        history: [
          { matricule: '209076322083439', oid: '1.2.250.1.213.1.4.8' },
          { matricule: '209066322012355', oid: '1.2.250.1.213.1.4.8' },
        ],
      },
    });
  });

  it('tells 01 and 02 apart, and a fault by its own code', () => {
    expect(read(NONE)).toMatchObject({ kind: 'sans-reponse', code: '01' });
    expect(read(result('02', 'Plusieurs identites trouvees'))).toMatchObject({ kind: 'sans-reponse', code: '02' });
    expect(read(FAULT('desir_550'))).toMatchObject({ kind: 'erreur', code: 'desir_550' });
  });

  it('gives the subcode of a fault without detail', () => {
    const fault = soap(
      '<env:Fault><env:Code><env:Value>env:Sender</env:Value><env:Subcode><env:Value>S:siram_100</env:Value></env:Subcode></env:Code><env:Reason><env:Text xml:lang="fr">refus</env:Text></env:Reason></env:Fault>',
    );
    expect(read(fault)).toEqual({ kind: 'erreur', code: 'siram_100', label: 'refus' });
  });
});

describe('what is not an answer of INSi', () => {
  it.each([
    ['another namespace', soap('<RESULTAT xmlns="urn:autre"><CR><CodeCR>00</CodeCR></CR></RESULTAT>')],
    ['00 without a person', result('00', 'OK')],
    ['unknown code', result('03', '?', person())],
    ['empty body', soap('')],
  ])('%s', (_name, answer) => {
    expect(read(answer)).toMatchObject({ kind: 'illisible' });
  });

  it.each([
    ['HTML', 'text/html', '<html><body>Maintenance</body></html>'],
    ['plain text', 'text/plain', (FOUND() as { body: string }).body],
    ['truncated XML', SOAP_TYPE, (FOUND() as { body: string }).body.slice(0, 300)],
    ['HTML under the SOAP type', SOAP_TYPE, '<!DOCTYPE html><html><br></html>'],
    ['a DTD', SOAP_TYPE, '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['nothing', SOAP_TYPE, ''],
    ['depth', SOAP_TYPE, '<a>'.repeat(50_000)],
  ])('%s', (_name, type, body) => {
    expect(readAnswer(type, Buffer.from(body))).toMatchObject({ kind: 'illisible' });
  });

  it('never throws on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(readAnswer(SOAP_TYPE, bytes).kind).toBe('illisible');
      }),
    );
  });

  it('never throws on a cut answer', () => {
    const whole = Buffer.from((FOUND() as { body: string }).body);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), (end) => {
        expect(readAnswer(SOAP_TYPE, whole.subarray(0, end)).kind).toBe('illisible');
      }),
    );
  });
});
