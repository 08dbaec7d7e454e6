import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SglError, type TlsIdentity } from '../model/index.ts';

/** A certificate that signs, as the signatures need it. */
export interface Signer {
  /** PEM. */
  readonly privateKey: string;
  /** Base64 of the DER certificate, without line breaks. */
  readonly certificate: string;
  /** Subject, most specific first: `CN=…,OU=…,O=…,C=FR`. */
  readonly subject: string;
  readonly issuer: string;
  /** Decimal. */
  readonly serialNumber: string;
}

/**
 * Reads the seal of the laboratory; of a PEM file with a chain, the leaf, which comes first.
 * @throws {SglError} `SCEAU_ILLISIBLE`
 */
export async function readSigner(identity: TlsIdentity): Promise<Signer> {
  try {
    const [certificate, privateKey] = await Promise.all([readFile(identity.cert), readFile(identity.key, 'utf8')]);
    const leaf = new X509Certificate(certificate);
    return {
      privateKey,
      certificate: leaf.raw.toString('base64'),
      subject: distinguishedName(leaf.subject),
      issuer: distinguishedName(leaf.issuer),
      serialNumber: BigInt(`0x${leaf.serialNumber}`).toString(),
    };
  } catch (cause) {
    throw new SglError(
      'SCEAU_ILLISIBLE',
      'Le certificat de signature du laboratoire est absent ou illisible.',
      'Vérifiez dmp.sign dans la configuration : certificat et clé au format PEM.',
      { cause },
    );
  }
}

/** RFC 2253 form of the lines that node gives, one attribute a line, most general first. */
function distinguishedName(lines: string): string {
  return lines.split('\n').toReversed().join(',');
}

/** `KeyInfo` content common to the two signatures. */
export function keyInfo(signer: Signer): string {
  return `<ds:X509Data><ds:X509Certificate>${signer.certificate}</ds:X509Certificate></ds:X509Data>`;
}
