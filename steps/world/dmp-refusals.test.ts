import { expect, it } from 'vitest';
import { refusalsIn, unsaid } from './dmp-refusals.ts';

const answered = (body: string) => ({ response: { status: 200, headers: [], body: Buffer.from(body) } });

it.each([
  [
    'registry errors, whatever the prefix and the order of attributes',
    `<x:RegistryErrorList><x:RegistryError codeContext="L&apos;INS &#233;tait &lt;autre&gt;" errorCode='XDSUnknownPatientId'/><x:RegistryError errorCode="A" codeContext="B"/></x:RegistryErrorList>`,
    [
      { code: 'XDSUnknownPatientId', label: "L'INS était <autre>" },
      { code: 'A', label: 'B' },
    ],
  ],
  [
    'a SOAP fault',
    '<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>s:DMPInvalidCertificate</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="fr">Certificat invalide</s:Text></s:Reason></s:Fault>',
    [{ code: 'DMPInvalidCertificate', label: 'Certificat invalide' }],
  ],
  [
    'an acknowledgement of TD0.2',
    '<acknowledgement typeCode="AE"><acknowledgementDetail><code code="DMPStructure"/><text>Structure introuvable</text></acknowledgementDetail></acknowledgement>',
    [{ code: 'DMPStructure', label: 'Structure introuvable' }],
  ],
  ['nothing', '<RegistryResponse status="urn:x:Success"/>', []],
])('reads %s', (_name, body, expected) => {
  expect(refusalsIn(answered(body))).toEqual(expected);
});

it('says what a sentence leaves out, whatever its case and its accents', () => {
  const refusal = { code: 'XDSRegistryError', label: 'Registre indisponible.' };
  expect(unsaid(refusal, 'Refus du DMP. xdsregistryerror : REGISTRE  INDISPONIBLE')).toEqual([]);
  expect(unsaid(refusal, 'Refus du DMP : XDSRegistryError')).toEqual(['le libellé « Registre indisponible. »']);
  expect(unsaid(refusal, 'Refusé.')).toHaveLength(2);
});
