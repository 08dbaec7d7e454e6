import { describe, expect, test } from 'vitest';
import { readExistenceAnswer, readSubmissionAnswer } from './answers.ts';

const SUCCESS = 'urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success';
const FAILURE = 'urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Failure';

function soap(body: string): string {
  return `<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Header/><e:Body>${body}</e:Body></e:Envelope>`;
}
function answer(body: string, status = 200, contentType = 'application/soap+xml') {
  return { status, contentType, body: Buffer.from(body) };
}
function registry(status: string, errors: readonly string[] = []): string {
  const list = errors.map((code) => `<x:RegistryError errorCode="${code}" codeContext="texte de ${code}"/>`).join('');
  return soap(
    `<x:RegistryResponse xmlns:x="urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0" status="${status}">` +
      `<x:RegistryErrorList>${list}</x:RegistryErrorList></x:RegistryResponse>`,
  );
}

describe('ITI-41', () => {
  test('Success, whatever the prefixes', () => {
    expect(readSubmissionAnswer(answer(registry(SUCCESS))).outcome).toBe('accepted');
  });

  test('Success in a multipart answer', () => {
    const body = `--b\r\nContent-Type: application/xop+xml\r\nContent-ID: <r>\r\n\r\n${registry(SUCCESS)}\r\n--b--`;
    const type = 'Multipart/Related; boundary="b"; type="application/xop+xml"; start="<r>"';
    expect(readSubmissionAnswer(answer(body, 200, type)).outcome).toBe('accepted');
  });

  test('every error code and text reaches the user', () => {
    const verdict = readSubmissionAnswer(answer(registry(FAILURE, ['XDSPatientIdDoesNotMatch', 'XDSRegistryError'])));
    expect(verdict).toEqual({
      outcome: 'refused',
      detail:
        'Le DMP a refusé le document. XDSPatientIdDoesNotMatch : texte de XDSPatientIdDoesNotMatch ; ' +
        'XDSRegistryError : texte de XDSRegistryError',
      transient: false,
      codes: ['XDSPatientIdDoesNotMatch', 'XDSRegistryError'],
    });
  });

  test('PartialSuccess is done, and its warning reaches the user', () => {
    const partial = answer(registry(FAILURE.replace('Failure', 'PartialSuccess'), ['XDSRegistryError']));
    expect(readSubmissionAnswer(partial)).toEqual({
      outcome: 'accepted',
      detail: 'Document enregistré par le DMP. Avertissement du DMP. XDSRegistryError : texte de XDSRegistryError',
      warning: 'Avertissement du DMP. XDSRegistryError : texte de XDSRegistryError',
    });
    expect(readSubmissionAnswer(partial, new Set(['dmp-succes-partiel-refuse'])).outcome).toBe('refused');
  });

  test.each([
    ['registry not available', registry(FAILURE, ['XDSRegistryNotAvailable']), 200, true],
    ['busy', registry(FAILURE, ['XDSRegistryBusy']), 200, true],
    ['one lasting error among passing ones', registry(FAILURE, ['XDSRegistryBusy', 'XDSMissingDocument']), 200, false],
    ['failure without error', registry(FAILURE), 200, false],
    ['503 with HTML', '<html><body>Indisponible</body></html>', 503, true],
    ['503 with text that is not XML', 'Service Unavailable', 503, true],
    ['500 with HTML', '<html/>', 500, false],
    ['200 with nothing', '', 200, false],
    ['truncated', registry(SUCCESS).slice(0, 200), 200, false],
    ['document type', `<!DOCTYPE a>${registry(SUCCESS)}`, 200, false],
    [
      'SOAP 1.1',
      registry(SUCCESS).replace('http://www.w3.org/2003/05/soap-envelope', 'http://schemas.xmlsoap.org/soap/envelope/'),
      200,
      false,
    ],
    ['another namespace', registry(SUCCESS).replace('xsd:rs:3.0', 'xsd:rs:2.0'), 200, false],
  ])('refused: %s', (_, body, status, transient) => {
    expect(readSubmissionAnswer(answer(body, status))).toMatchObject({ outcome: 'refused', transient });
  });

  test('a SOAP fault gives its codes and its reason', () => {
    const fault = soap(
      '<e:Fault><e:Code><e:Value>e:Sender</e:Value><e:Subcode><e:Value>e:DMPInvalidCertificate</e:Value></e:Subcode></e:Code>' +
        '<e:Reason><e:Text xml:lang="fr">Certificat\n  invalide</e:Text></e:Reason></e:Fault>',
    );
    expect(readSubmissionAnswer(answer(fault, 500))).toEqual({
      outcome: 'refused',
      detail: 'Erreur du service DMP (Sender, DMPInvalidCertificate) : Certificat invalide',
      transient: false,
      codes: ['Sender', 'DMPInvalidCertificate'],
    });
  });
});

describe('TD0.2', () => {
  const message = (ack: string, query: string, status?: string, detail = '') =>
    soap(
      `<p:PRPA_IN201308UV02 xmlns:p="urn:hl7-org:v3"><p:acknowledgement typeCode="${ack}">${detail}</p:acknowledgement>` +
        `<p:controlActProcess>${status ? `<p:subject><p:registrationEvent><p:subject1><p:patient><p:statusCode code="${status}"/></p:patient></p:subject1></p:registrationEvent></p:subject>` : ''}` +
        `<p:queryAck><p:queryResponseCode code="${query}"/></p:queryAck></p:controlActProcess></p:PRPA_IN201308UV02>`,
    );

  test.each([
    ['open', message('AA', 'OK', 'active'), 'active'],
    ['closed', message('AA', 'OK', 'terminated'), 'closed'],
    ['none', message('AA', 'NF'), 'absent'],
  ])('%s', (_, body, existence) => {
    expect(readExistenceAnswer(answer(body))).toMatchObject({ outcome: 'accepted', existence });
  });

  test('an AE acknowledgement gives its code and text', () => {
    const detail =
      '<p:acknowledgementDetail><p:code code="DMPStructure"/><p:text>Structure introuvable</p:text></p:acknowledgementDetail>';
    expect(readExistenceAnswer(answer(message('AE', 'AE', undefined, detail)))).toEqual({
      outcome: 'refused',
      detail: "Le DMP n'a pas pu tester l'existence (AE). DMPStructure : Structure introuvable",
      transient: false,
      codes: ['DMPStructure'],
    });
  });

  test('OK without a status is not taken for an open DMP', () => {
    expect(readExistenceAnswer(answer(message('AA', 'OK')))).toMatchObject({ outcome: 'refused' });
  });
});
