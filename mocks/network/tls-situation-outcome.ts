import table from './tls-situations.json' with { type: 'json' };

/** What a product must not speak, whatever else it speaks (protocols.md §0.2). */
const WEAK: ReadonlySet<string> = new Set(table.situations.filter((one) => one.weak).map(({ name }) => name));

/** A situation that shows a certificate which must not be trusted. */
export function showsBadCertificate(situation: string): boolean {
  return situation.startsWith('certificat-');
}

/** A situation that shows what the product has to refuse: its refusal is what is expected of it. */
export function mustBeRefused(situation: string): boolean {
  return showsBadCertificate(situation) || WEAK.has(situation);
}

/**
 * French sentence of a handshake that the product ended while a situation was played: what is asked of it where it must
 * refuse, so without remedy.
 * @param reason what is known of how it ended
 */
export function refusedUnder(situation: string, reason: string): string {
  const played = `situation « ${situation} » jouée`;
  if (showsBadCertificate(situation)) {
    return `refus attendu, ${played} : le produit a refusé le certificat du serveur, comme il le doit (${reason})`;
  }
  return WEAK.has(situation)
    ? `refus attendu, ${played} : le produit a refusé cette version ou cette suite de TLS, comme il le doit (${reason})`
    : `${played} : la connexion TLS n'a pas été établie (${reason})`;
}

/** French sentence of a request that came through a handshake at which a situation was played. */
export function acceptedUnder(situation: string): string {
  const played = `situation « ${situation} » jouée`;
  if (situation === 'certificat-revoque-ocsp') {
    return `${played} : le produit a accepté le certificat du serveur, que seul OCSP dit révoqué`;
  }
  if (showsBadCertificate(situation)) {
    return `${played} : le produit a accepté le certificat du serveur, qu'il devait refuser`;
  }
  return WEAK.has(situation)
    ? `${played} : le produit a accepté cette version ou cette suite de TLS, qu'il devait refuser`
    : `${played} : le produit a établi la connexion TLS`;
}
