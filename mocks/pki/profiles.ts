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
  /** Whose it is: given to the product (`clients`), or shown by the bench's own listeners (`servers`). */
  readonly folder: 'clients' | 'servers';
  readonly expired?: boolean;
  /** Begins when the life of the whole PKI ends, so that it is never valid. */
  readonly notYetValid?: boolean;
  /** `ocsp`: only the responder says it, the list does not hold it (yet). */
  readonly revoked?: boolean | 'ocsp';
  /** Its revocation list and its responder never answer. */
  readonly unreachable?: boolean;
  /** Names of a server certificate; those of the loopback and of the real services when absent. */
  readonly hosts?: readonly string[];
}

/** Whose names the certificates carry. */
export interface Holders {
  readonly laboratory: Pick<TestStructure, 'id' | 'name'>;
  /** One card each, two of them or more: `CPS-1-…`, `CPS-2-…` in this order. */
  readonly professionals: readonly Professional[];
}

type Professional = Pick<TestProfessional, 'nationalId' | 'lastName' | 'firstName' | 'profession'>;

/** How many professionals get a card: keys take time to make, and two are enough to tell one from another. */
const CARDS = 2;

/** Whose names the certificates of a bench carry: its laboratory, and its first professionals. */
export function cardHolders(people: {
  readonly laboratory: Holders['laboratory'];
  readonly professionals: Holders['professionals'];
}): Holders {
  return { laboratory: people.laboratory, professionals: people.professionals.slice(0, CARDS) };
}

const TITLES: Readonly<Record<string, string>> = { '10': 'Médecin', '21': 'Pharmacien' };

/**
 * Client profiles: those of DESIGN §4.2, then more bad ones. OU is the only place of the structure id; INSi reads the CN
 * exactly. Source of the profiles and subjects: protocols.md §0.3, §1.2.
 */
export function clientProfiles({ laboratory, professionals }: Holders): readonly Profile[] {
  const organisation = (commonName: string) => [
    { C: ['FR'] },
    { ST: ['Puy-de-Dôme (63)'] },
    { O: [laboratory.name] },
    { OU: [laboratory.id] },
    { CN: [commonName] },
  ];
  const client = { issuer: 'organisations', usage: 'client', folder: 'clients' } as const;
  const like = organisation('INSI-AUTO');
  return [
    { ...client, name: 'INSI-AUTO', subject: organisation('INSI-AUTO') },
    { ...client, name: 'INSI-MANU', subject: organisation('INSI-MANU') },
    { ...client, name: 'ORG_AUTH_CLI', subject: organisation('LPS LABORATOIRE') },
    // For a listener of the product itself; it names no host of the real services.
    { ...client, name: 'ORG_AUTH_SRV', subject: organisation('localhost'), usage: 'server', hosts: [] },
    { ...client, name: 'ORG_SIGN', subject: organisation('CACHET LABORATOIRE'), usage: 'signature' },
    ...professionals.flatMap((professional, index) => cards(`CPS-${index + 1}`, professional)),
    // Only its fault sets each of the next ones apart from a certificate that INSi takes.
    { ...client, name: 'EXPIRED', subject: like, expired: true },
    { ...client, name: 'NOT-YET-VALID', subject: like, notYetValid: true },
    { ...client, name: 'REVOKED', subject: like, revoked: true },
    { ...client, name: 'OTHER-CA', subject: like, issuer: 'other' },
    { ...client, name: 'WRONG-PROFILE', subject: like, usage: 'signature' },
    { ...client, name: 'WRONG-CN', subject: organisation('INSI_AUTO') },
    ...professionals.slice(0, 1).flatMap((professional) => [
      { ...card('CPS-EXPIRED-SIGN', professional, 'signature'), expired: true },
      { ...card('CPS-REVOKED-SIGN', professional, 'signature'), revoked: true },
    ]),
  ];
}

function cards(name: string, professional: Professional): readonly Profile[] {
  return [card(`${name}-AUTH`, professional, 'client'), card(`${name}-SIGN`, professional, 'signature')];
}

/** One of the two certificates of a CPS card. */
function card(name: string, { profession, nationalId, lastName, firstName }: Professional, usage: Usage): Profile {
  const subject = [
    { C: ['FR'] },
    { O: ['ASIP-SANTE'] },
    { T: [TITLES[profession] ?? 'Professionnel de santé'] },
    // One RDN of three types, as CPS cards carry, put in the order of DER when issued; OIDs of surname and given name, whose short names differ by tool.
    { CN: [nationalId], '2.5.4.4': [lastName], '2.5.4.42': [firstName] },
  ];
  return { name, issuer: 'personnes', folder: 'clients', subject, usage };
}

/** Server profiles: the good one, then those a client must refuse. */
export function serverProfiles(): readonly Profile[] {
  const subject = [{ C: ['FR'] }, { O: ['BANC JALON'] }, { OU: ['10B0127189'] }, { CN: ['localhost'] }];
  const server = { issuer: 'organisations', usage: 'server', folder: 'servers', subject } as const;
  return [
    { ...server, name: 'SERVER' },
    { ...server, name: 'SERVER-EXPIRED', expired: true },
    { ...server, name: 'SERVER-NOT-YET-VALID', notYetValid: true },
    { ...server, name: 'SERVER-REVOKED', revoked: true },
    { ...server, name: 'SERVER-REVOKED-OCSP', revoked: 'ocsp' },
    // Good; nobody can know whether it still is.
    { ...server, name: 'SERVER-NO-REVOCATION', unreachable: true },
    { ...server, name: 'SERVER-OTHER-CA', issuer: 'other' },
    // Good in all but its name: only a client that checks the host refuses it.
    { ...server, name: 'SERVER-WRONG-HOST', hosts: ['autre-service.test'] },
  ];
}
