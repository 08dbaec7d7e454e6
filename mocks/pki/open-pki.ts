import { X509Certificate } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { listen, shut } from '../network/listen.ts';
import { makeCrl, revocations, type Revocation } from './crl.ts';
import { readManifest, replaceFolder } from './folder.ts';
import { makeJudge } from './judge.ts';
import { withLock } from './lock.ts';
import { chainOf, filesOf, makePki, pem, profiles, type Manifest } from './make.ts';
import type { Holders, Profile } from './profiles.ts';
import type { Credential, Pki } from './types.ts';

const WEEK = 7 * 24 * 3600 * 1000;

export interface OpenPkiOptions {
  /** The PKI lives in `<dataDir>/pki`. */
  readonly dataDir: string;
  readonly now: () => Date;
  readonly holders: Holders;
  /** Address of the revocation listener; `127.0.0.1` when absent. */
  readonly host?: string;
  /** Port of the revocation listener. Absent: the one kept in the folder, or a free one the first time. */
  readonly port?: number;
}

/** The PKI with what its revocation listener needs. */
export interface OpenedPki {
  readonly pki: Pki;
  readonly manifest: Manifest;
  readonly revoked: readonly Revocation[];
}

/**
 * Opens the test IGC-Santé of a data folder; makes it the first time, when it expires within seven days, or when its
 * holders changed; issues its certificates again with the same keys when the revocation address changed. Two processes
 * at once do it one after the other.
 *
 * @throws {BenchError} `PKI_UNWRITABLE`, `PKI_LOCKED`
 */
export async function openPki(options: OpenPkiOptions): Promise<OpenedPki> {
  const folder = join(options.dataDir, 'pki');
  const manifest = await withLock(`${folder}.lock`, () => ensure(folder, options));
  const at = options.now();
  const revoked = revocations(manifest, profiles(options.holders));
  const credentials = new Map(
    profiles(options.holders).map((profile) => [profile.name, credential(manifest, profile, folder)]),
  );
  const named = (prefix: string, wanted: (profile: Profile) => boolean) =>
    Object.fromEntries(
      profiles(options.holders)
        .filter(wanted)
        .flatMap(({ name }) => {
          const one = credentials.get(name);
          return one === undefined ? [] : [[name.slice(prefix.length), one]];
        }),
    );
  const server = credentials.get('SERVER');
  if (server === undefined) throw new RangeError('the server profile is missing');
  const pki: Pki = {
    caPem: pem([manifest.authorities.root.certificate]),
    caFile: join(folder, 'ca.pem'),
    authoritiesPem: pem([
      manifest.authorities.root.certificate,
      manifest.authorities.organisations.certificate,
      manifest.authorities.personnes.certificate,
    ]),
    server,
    faultyServers: named('SERVER-', ({ name }) => name.startsWith('SERVER-')),
    clients: named('', ({ folder: side }) => side === 'clients'),
    crl: await makeCrl(manifest, 'organisations', revoked, at),
    judge: makeJudge(manifest, revoked),
  };
  return { pki, manifest, revoked };
}

async function ensure(folder: string, options: OpenPkiOptions): Promise<Manifest> {
  const { holders } = options;
  const host = options.host ?? '127.0.0.1';
  const at = options.now();
  const found = readManifest(folder);
  const usable = found !== undefined && isFor(found, holders) && !expiresSoon(found, holders, at) ? found : undefined;
  const port = options.port ?? usable?.port ?? (await freePort(host));
  if (usable !== undefined && usable.port === port && usable.host === host && isWhole(usable, holders)) return usable;
  const manifest = await makePki({ host, port, at, holders, ...(usable === undefined ? {} : { previous: usable }) });
  replaceFolder(folder, filesOf(manifest, holders));
  return manifest;
}

function isFor(manifest: Manifest, holders: Holders): boolean {
  return (
    manifest.structure === holders.laboratory.id &&
    manifest.professionals.join() === holders.professionals.map(({ nationalId }) => nationalId).join()
  );
}

/** False for a folder made before a profile was added: the keys of the others are kept, a product need not change them. */
function isWhole(manifest: Manifest, holders: Holders): boolean {
  return profiles(holders).every((profile) => manifest.leaves[profile.name] !== undefined);
}

/** True when a certificate that should be good ends within seven days, or is not good yet (clock set back). */
function expiresSoon(manifest: Manifest, holders: Holders, at: Date): boolean {
  return profiles(holders)
    .filter((profile) => profile.expired !== true && profile.notYetValid !== true)
    .flatMap((profile) => manifest.leaves[profile.name]?.certificate ?? [])
    .some((certificate) => {
      const { validFromDate, validToDate } = new X509Certificate(certificate);
      return validToDate.getTime() - at.getTime() < WEEK || validFromDate > at;
    });
}

function credential(manifest: Manifest, profile: Profile, folder: string): Credential {
  const base = join(folder, profile.folder, profile.name);
  return {
    name: profile.name,
    certificatePem: pem(chainOf(manifest, profile)),
    keyPem: manifest.leaves[profile.name]?.key ?? '',
    files: { cert: `${base}.pem`, key: `${base}.key.pem`, p12: `${base}.p12` },
    passphrase: manifest.passphrase,
  };
}

async function freePort(host: string): Promise<number> {
  const probe = createServer();
  const port = await listen(probe, 'pki', host, 0);
  await shut(probe);
  return port;
}
