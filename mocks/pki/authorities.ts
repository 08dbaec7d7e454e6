/** Who signs whom in the test IGC-Santé. Names: protocols.md §0.3, the real ones prefixed TEST. */
export type AuthorityName = 'root' | 'organisations' | 'personnes' | 'other';

interface AuthorityDefinition {
  readonly commonName: string;
  readonly issuer: AuthorityName;
  /** Name of the published CRL, as the real ones are named (`ACI-EL-ORG-TEST.crl`). */
  readonly crl: string;
}

export const AUTHORITIES: Readonly<Record<AuthorityName, AuthorityDefinition>> = {
  root: { commonName: 'TEST AC RACINE IGC-SANTE ELEMENTAIRE', issuer: 'root', crl: 'ACR-EL-TEST' },
  organisations: { commonName: 'TEST AC IGC-SANTE ELEMENTAIRE ORGANISATIONS', issuer: 'root', crl: 'ACI-EL-ORG-TEST' },
  personnes: { commonName: 'TEST AC IGC-SANTE ELEMENTAIRE PERSONNES', issuer: 'root', crl: 'ACI-EL-PP-TEST' },
  /** An authority that nobody must trust. */
  other: { commonName: 'AC INCONNUE DU BANC', issuer: 'other', crl: 'AC-INCONNUE' },
};

export const AUTHORITY_NAMES: readonly AuthorityName[] = ['root', 'organisations', 'personnes', 'other'];

/** Distinguished name, one RDN an entry, most general first (issuer shape: protocols.md §0.3). */
export function authoritySubject(name: AuthorityName): readonly Record<string, string[]>[] {
  const commonName = { CN: [AUTHORITIES[name].commonName] };
  if (name === 'other') return [{ C: ['FR'] }, { O: ['AUTORITE INCONNUE'] }, commonName];
  return [{ C: ['FR'] }, { O: ['ASIP-SANTE'] }, { OU: ['0002 187512751'] }, { OU: ['IGC-SANTE TEST'] }, commonName];
}
