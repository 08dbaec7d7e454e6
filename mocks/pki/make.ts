import { randomBytes } from 'node:crypto';
import { AUTHORITIES, AUTHORITY_NAMES, type AuthorityName } from './authorities.ts';
import { issueAuthority, issueLeaf } from './issue.ts';
import { newKeyPem } from './keys.ts';
import { makePkcs12 } from './pkcs12.ts';
import { clientProfiles, serverProfiles, type Holders, type Profile } from './profiles.ts';

/** Changes when what is made changes, so that a folder of an older version is remade. */
export const LAYOUT = 3;

/** What the data folder tells of its PKI. */
export interface Manifest {
  readonly layout: number;
  /** Port of the revocation listener that the certificates point at. */
  readonly port: number;
  readonly host: string;
  readonly passphrase: string;
  /** Holders the certificates were made for. */
  readonly structure: string;
  readonly professionals: readonly string[];
  /** Keys and certificates PEM by name: authorities, then profiles. */
  readonly authorities: Readonly<Record<AuthorityName, KeyAndCertificate>>;
  readonly leaves: Readonly<Record<string, KeyAndCertificate>>;
}

export interface KeyAndCertificate {
  readonly key: string;
  readonly certificate: string;
}

/** A file of the folder, relative path. */
export interface MadeFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

export interface MakeOptions {
  readonly host: string;
  readonly port: number;
  readonly at: Date;
  readonly holders: Holders;
  /** Keys, root and passphrase are taken from it: only certificates change. */
  readonly previous?: Manifest;
}

/** Every profile of the folder, clients then servers. */
export function profiles(holders: Holders): readonly Profile[] {
  return [...clientProfiles(holders), ...serverProfiles()];
}

/** Makes a whole PKI in memory. */
export async function makePki({ host, port, at, holders, previous }: MakeOptions): Promise<Manifest> {
  const origin = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const issuing = { origin, at };
  const wanted = profiles(holders);
  const keyOf = async (known: KeyAndCertificate | undefined) => known?.key ?? (await newKeyPem());
  const [root, organisations, personnes, other] = await Promise.all([
    keyOf(previous?.authorities.root),
    keyOf(previous?.authorities.organisations),
    keyOf(previous?.authorities.personnes),
    keyOf(previous?.authorities.other),
  ]);
  const keys: Readonly<Record<AuthorityName, string>> = { root, organisations, personnes, other };
  const authority = async (name: AuthorityName): Promise<KeyAndCertificate> => {
    const self = AUTHORITIES[name].issuer === name;
    const kept = self ? previous?.authorities[name].certificate : undefined;
    const certificate = kept ?? (await issueAuthority(name, keys[name], keys[AUTHORITIES[name].issuer], issuing));
    return { key: keys[name], certificate };
  };
  const leaves = await Promise.all(
    wanted.map(async (profile) => {
      const key = await keyOf(previous?.leaves[profile.name]);
      const certificate = await issueLeaf(profile, key, keys[profile.issuer], issuing);
      return [profile.name, { key, certificate }] as const;
    }),
  );
  const made = await Promise.all(AUTHORITY_NAMES.map(authority));
  const [madeRoot, madeOrganisations, madePersonnes, madeOther] = made;
  if (!madeRoot || !madeOrganisations || !madePersonnes || !madeOther) throw new RangeError('an authority is missing');
  return {
    layout: LAYOUT,
    port,
    host,
    passphrase: previous?.passphrase ?? randomBytes(9).toString('base64url'),
    structure: holders.laboratory.id,
    professionals: holders.professionals.map(({ nationalId }) => nationalId),
    authorities: {
      root: madeRoot,
      organisations: madeOrganisations,
      personnes: madePersonnes,
      other: madeOther,
    },
    leaves: Object.fromEntries(leaves),
  };
}

/** PEM chain of a profile, leaf first; the root is left out, as a TLS server sends it. */
export function chainOf(manifest: Manifest, profile: Profile): readonly string[] {
  const own = manifest.leaves[profile.name];
  return own === undefined ? [] : [own.certificate, manifest.authorities[profile.issuer].certificate];
}

/** The files for people and tools; `pki.json` keeps everything and is what the bench reads back. */
export function filesOf(manifest: Manifest, holders: Holders): readonly MadeFile[] {
  const files: MadeFile[] = [
    { path: 'ca.pem', content: pem([manifest.authorities.root.certificate]) },
    {
      path: 'authorities.pem',
      content: pem([
        manifest.authorities.root.certificate,
        manifest.authorities.organisations.certificate,
        manifest.authorities.personnes.certificate,
      ]),
    },
  ];
  for (const profile of profiles(holders)) {
    const chain = chainOf(manifest, profile);
    const key = manifest.leaves[profile.name]?.key ?? '';
    const base = `${profile.folder}/${profile.name}`;
    files.push(
      { path: `${base}.pem`, content: pem(chain) },
      { path: `${base}.key.pem`, content: key },
      { path: `${base}.p12`, content: makePkcs12(key, chain, manifest.passphrase, profile.name) },
    );
  }
  return [...files, { path: 'pki.json', content: `${JSON.stringify(manifest, undefined, 1)}\n` }];
}

/** PEM blocks one after the other, each on its own lines. */
export function pem(blocks: readonly string[]): string {
  return blocks.map((block) => `${block.trim()}\n`).join('');
}
