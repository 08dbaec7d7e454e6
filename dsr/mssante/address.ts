/** A mailbox of the trusted space: every operator of MSSanté names its domains under `mssante.fr`. */
const ADDRESS = /^[^\s@<>()",;:]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+mssante\.fr$/iu;

/**
 * Whether a text is an address of MSSanté, blanks around it aside; whether the box exists is its operator's to say. The
 * VA or the MOM must give one that is in use at the client (decks 001 and 002, FAQ of the ASP).
 *
 * @example isMssanteAddress('labo@pommeverte.mssante.fr') // true
 * @example isMssanteAddress('labo@pommeverte.fr') // false
 */
export function isMssanteAddress(text: string): boolean {
  return ADDRESS.test(text.trim());
}
