import { createHash } from 'node:crypto';
import type { About, ManifestFile } from './types.ts';

/** Files of the seal, in the order in which they end the archive. */
export const SEAL = {
  manifest: 'MANIFESTE.json',
  timestamp: 'HORODATAGE.tsr',
  key: 'CLE-PUBLIQUE.pem',
  how: 'VERIFIER.txt',
  sums: 'SHA256SUMS',
  signature: 'SIGNATURE',
} as const;

const FORMAT = 'jalon-dossier/1';

/** The manifest: what is said of the whole, then each file with its digest. The same input gives the same bytes. */
export function writeManifest(about: About, files: readonly ManifestFile[]): Buffer {
  const sorted = files.toSorted((one, other) => (one.path < other.path ? -1 : 1));
  return Buffer.from(`${JSON.stringify({ format: FORMAT, about, files: sorted }, null, 1)}\n`, 'utf8');
}

export interface ReadManifest {
  readonly about: About;
  readonly files: readonly ManifestFile[];
}

/** @returns undefined when it is not a manifest of ours, or not in the form that we write */
export function readManifest(bytes: Buffer): ReadManifest | undefined {
  try {
    const value = JSON.parse(bytes.toString('utf8')) as Partial<ReadManifest> & { readonly format?: unknown };
    const { format, about, files } = value;
    if (format !== FORMAT || typeof about !== 'object' || about === null || !Array.isArray(files)) return undefined;
    if (!files.every(isFile)) return undefined;
    return writeManifest(about, files).equals(bytes) ? { about, files } : undefined;
  } catch {
    return undefined;
  }
}

function isFile(value: unknown): value is ManifestFile {
  if (typeof value !== 'object' || value === null) return false;
  const { path, size, sha256 } = value as Partial<ManifestFile>;
  return typeof path === 'string' && Number.isSafeInteger(size) && /^[0-9a-f]{64}$/u.test(sha256 ?? '');
}

/** What `sha256sum -c` reads: everything but the signature, which is made over it. */
export function writeSums(files: readonly Pick<ManifestFile, 'path' | 'sha256'>[]): Buffer {
  const sorted = files.toSorted((one, other) => (one.path < other.path ? -1 : 1));
  return Buffer.from(sorted.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join(''), 'utf8');
}

/** How somebody without Jalon verifies the whole, with tools that every system has. */
export function writeHow(fingerprint: string, timestamped: boolean): Buffer {
  const lines = [
    'Vérifier ce dossier sans installer Jalon',
    '=========================================',
    '',
    'Dans le dossier décompressé, avec OpenSSL 3 et les outils GNU :',
    '',
    '1. La signature de l’éditeur porte sur la liste des empreintes :',
    '',
    `   openssl pkeyutl -verify -pubin -inkey ${SEAL.key} -rawin -in ${SEAL.sums} -sigfile ${SEAL.signature}`,
    '',
    '2. Chaque fichier a l’empreinte que la liste lui donne :',
    '',
    `   sha256sum --check --strict ${SEAL.sums}`,
    '',
    `3. Rien n’a été ajouté : hors ${SEAL.sums} et ${SEAL.signature}, chaque fichier est dans la liste :`,
    '',
    `   find . -type f ! -name ${SEAL.sums} ! -name ${SEAL.signature} | wc -l`,
    `   wc -l < ${SEAL.sums}`,
    '',
    '4. La clé est bien celle de l’éditeur : demandez-lui son empreinte par un autre canal et comparez-la :',
    '',
    `   openssl pkey -pubin -in ${SEAL.key} -outform DER | sha256sum`,
    '',
    `   empreinte de la clé de ce dossier : ${fingerprint}`,
    '',
    ...(timestamped
      ? [
          '5. L’horodatage (RFC 3161) dit quand le manifeste existait ; AUTORITE.pem est le certificat racine de l’autorité :',
          '',
          `   openssl ts -verify -data ${SEAL.manifest} -in ${SEAL.timestamp} -CAfile AUTORITE.pem`,
          '',
        ]
      : []),
    'Avec Jalon : npm run jalon -- dossier verify DOSSIER',
    '',
  ];
  return Buffer.from(lines.join('\n'), 'utf8');
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
