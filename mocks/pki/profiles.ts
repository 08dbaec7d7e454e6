import type { TestProfessional, TestStructure } from '../population/types.ts';
import type { AuthorityName } from './authorities.ts';

/** What the certificate is for: key usages differ (protocols.md §0.3). */
export type Usage = 'client' | 'signature' | 'server';

/** A certificate to make. Subject: one RDN an entry, most general first; an entry with several types is one RDN. */
export interface Profile {
  readonly name: string;
  readonly issuer: AuthorityName;
  readonly subject: readonly Record<string, string[]>[];
  readonly usage: Usage;
  readonly expired?: boolean;
  readonly revoked?: boolean;
}

/** Whose names the certificates carry. */
export interface Holders {
  readonly laboratory: Pick<TestStructure, 'id' | 'name'>;
  readonly professional: Pick<TestProfessional, 'nationalId' | 'lastName' | 'firstName' | 'profession'>;
}

const TITLES: Readonly<Record<string, string>> = { '10': 'Médecin', '21': 'Pharmacien' };

/** Client profiles of DESIGN §4.2. OU is the only place of the structure id; INSi reads the CN exactly. */
export function clientProfiles({ laboratory, professional }: Holders): readonly Profile[] {
  const organisation = (commonName: string) => [
    { C: ['FR'] },
    { ST: ['Puy-de-Dôme (63)'] },
    { O: [laboratory.name] },
    { OU: [laboratory.id] },
    { CN: [commonName] },
  ];
  const card = [
    { C: ['FR'] },
    { O: ['ASIP-SANTE'] },
    { T: [TITLES[professional.profession] ?? 'Professionnel de santé'] },
    // One RDN of three types, as CPS cards carry; OIDs of surname and given name, whose short names differ by tool.
    { CN: [professional.nationalId], '2.5.4.4': [professional.lastName], '2.5.4.42': [professional.firstName] },
  ];
  const client = { issuer: 'organisations', usage: 'client' } as const;
  return [
    { ...client, name: 'INSI-AUTO', subject: organisation('INSI-AUTO') },
    { ...client, name: 'INSI-MANU', subject: organisation('INSI-MANU') },
    { ...client, name: 'ORG_AUTH_CLI', subject: organisation('LPS LABORATOIRE') },
    { ...client, name: 'ORG_SIGN', subject: organisation('CACHET LABORATOIRE'), usage: 'signature' },
    { name: 'CPS-1-AUTH', issuer: 'personnes', subject: card, usage: 'client' },
    { name: 'CPS-1-SIGN', issuer: 'personnes', subject: card, usage: 'signature' },
    // Only their fault sets the next three apart from a certificate that INSi takes.
    { ...client, name: 'EXPIRED', subject: organisation('INSI-AUTO'), expired: true },
    { ...client, name: 'REVOKED', subject: organisation('INSI-AUTO'), revoked: true },
    { ...client, name: 'OTHER-CA', subject: organisation('INSI-AUTO'), issuer: 'other' },
  ];
}

/** Server profiles: the good one, then those a client must refuse. */
export function serverProfiles(): readonly Profile[] {
  const subject = [{ C: ['FR'] }, { O: ['BANC JALON'] }, { OU: ['10B0127189'] }, { CN: ['localhost'] }];
  const server = { issuer: 'organisations', usage: 'server', subject } as const;
  return [
    { ...server, name: 'SERVER' },
    { ...server, name: 'SERVER-EXPIRED', expired: true },
    { ...server, name: 'SERVER-REVOKED', revoked: true },
    { ...server, name: 'SERVER-OTHER-CA', issuer: 'other' },
  ];
}
