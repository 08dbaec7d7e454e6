import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SglError, type TlsIdentity } from '../model/index.ts';

/** The CPS card of a professional, as the assertion needs it. */
export interface ProfessionalCard {
  /** PEM. */
  readonly privateKey: string;
  /** Base64 of the DER certificate. */
  readonly certificate: string;
  /** Subject, most specific first. */
  readonly subject: string;
  /** PS_IdNat of the holder, its common name. */
  readonly nationalId: string;
}

/** @throws {SglError} `CARTE_ILLISIBLE` */
export async function readProfessionalCard(identity: TlsIdentity): Promise<ProfessionalCard> {
  try {
    const [certificate, privateKey] = await Promise.all([readFile(identity.cert), readFile(identity.key, 'utf8')]);
    const leaf = new X509Certificate(certificate);
    const nationalId = /(?:^|\n|\+ ?)CN=([^\n+]+)/.exec(leaf.subject)?.[1]?.trim();
    if (nationalId === undefined) throw new Error('no common name');
    return {
      privateKey,
      certificate: leaf.raw.toString('base64'),
      subject: leaf.subject.split('\n').toReversed().join(','),
      nationalId,
    };
  } catch (cause) {
    throw new SglError(
      'CARTE_ILLISIBLE',
      'La carte du professionnel est absente ou illisible.',
      'Vérifiez insi.cpx dans la configuration : certificat et clé au format PEM.',
      { cause },
    );
  }
}
