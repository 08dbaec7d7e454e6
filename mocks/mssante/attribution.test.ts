import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { createTestContext } from '../testing.ts';
import { attributionOf } from './attribution.ts';
import { PATIENT_DOMAIN, makeDirectory } from './mailboxes.ts';

const context = await createTestContext();
const directory = makeDirectory(context);
const patient = context.population.draw('nominal');
const doctor = context.population.drawProfessional();
const envelope = { from: doctor.mailbox, to: [context.population.laboratory.mailbox] };

const metadata = `<lcm:SubmitObjectsRequest xmlns:lcm="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0" xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"><RegistryObjectList>
<ExtrinsicObject id="D1" objectType="urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1" mimeType="text/xml">
<ExternalIdentifier id="e1" registryObject="D1" identificationScheme="urn:uuid:58a6f841-87b3-4a3e-92fd-a8ffeff98427" value="${patient.ins}^^^&amp;1.2.250.1.213.1.4.10&amp;ISO^NH"><Name><LocalizedString value="XDSDocumentEntry.patientId"/></Name></ExternalIdentifier>
<ExternalIdentifier id="e2" registryObject="D1" identificationScheme="urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab" value="1.2.250.9.1"><Name><LocalizedString value="XDSDocumentEntry.uniqueId"/></Name></ExternalIdentifier>
</ExtrinsicObject></RegistryObjectList></lcm:SubmitObjectsRequest>`;

async function archive(): Promise<Buffer> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(metadata), 'IHE_XDM/SUBSET01/METADATA.XML');
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function mailWith(zip: Uint8Array): Uint8Array {
  const encoded = Buffer.from(zip).toString('base64').replace(/.{76}/gu, '$&\r\n');
  return Buffer.from(
    `From: <${doctor.mailbox}>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n` +
      `--b\r\nContent-Type: text/plain\r\n\r\nBonjour\r\n--b\r\nContent-Type: application/zip; name="IHE_XDM.ZIP"\r\n` +
      `Content-Disposition: attachment; filename="IHE_XDM.ZIP"\r\nContent-Transfer-Encoding: base64\r\n\r\n${encoded}\r\n--b--\r\n`,
  );
}

describe('attributionOf', () => {
  it('finds the patient and the documents of a mail to a professional in its archive', async () => {
    const attribution = await attributionOf(mailWith(await archive()), envelope, directory, context.population);
    expect(attribution).toEqual({
      mailboxes: [envelope.from, ...envelope.to],
      professional: doctor.nationalId,
      ins: patient.ins,
      patient: patient.key,
      documentIds: ['1.2.250.9.1'],
    });
  });

  it('believes the address of a patient before the archive', async () => {
    const other = context.population.draw('nominal');
    const to = [`${other.ins}@${PATIENT_DOMAIN}`];
    const attribution = await attributionOf(
      mailWith(await archive()),
      { ...envelope, to },
      directory,
      context.population,
    );
    expect(attribution).toMatchObject({ ins: other.ins, patient: other.key });
  });

  it('falls back to the envelope whatever the bytes are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        for (const source of [bytes, mailWith(bytes)]) {
          const attribution = await attributionOf(source, envelope, directory, context.population);
          expect(attribution.mailboxes).toEqual([envelope.from, ...envelope.to]);
        }
      }),
      { numRuns: 60 },
    );
  });
});
