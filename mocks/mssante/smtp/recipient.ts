import { isMssanteDomain } from '../domains.ts';
import { PATIENT_DOMAIN, domainOf } from '../mailboxes.ts';
import { RECIPIENT_SITUATIONS } from '../situations.ts';
import { takeSituation } from '../take-situation.ts';
import type { MssanteDesk } from '../types.ts';

/** A refusal of the server: reply code and text as sent, French reason for the journal. */
export interface SmtpRefusal {
  readonly code: number;
  readonly text: string;
  readonly why: string;
}

/**
 * Judges a recipient: a domain of the MSSanté space (554 otherwise, nothing is relayed outside), then a mailbox that exists
 * (550 otherwise).
 * Source: protocols.md §5.2 (checks of operators).
 * @returns undefined when accepted
 */
export function judgeRecipient(desk: MssanteDesk, address: string): SmtpRefusal | undefined {
  const played = takeSituation(desk, address, RECIPIENT_SITUATIONS)?.situation;
  if (played === 'boite-pleine-452') {
    return { code: 452, text: 'Mailbox full', why: `boîte pleine : ${address}` };
  }
  if (played === 'inconnu-550') {
    return { code: 550, text: 'No such user here', why: `destinataire inconnu (situation) : ${address}` };
  }
  if (played === 'greylist-450') {
    return { code: 450, text: 'Greylisted, try again later', why: `à réessayer plus tard (situation) : ${address}` };
  }
  if (played === 'disque-452') {
    return {
      code: 452,
      text: 'Insufficient system storage',
      why: `espace disque insuffisant (situation) : ${address}`,
    };
  }
  const domain = domainOf(address);
  if (!isMssanteDomain(domain, desk.directory.domains)) {
    return {
      code: 554,
      text: 'Relaying denied, not an MSSante domain',
      why: `domaine « ${domain} » hors de l'espace de confiance MSSanté`,
    };
  }
  if (desk.directory.find(address) !== undefined) return undefined;
  return {
    code: 550,
    text: 'No such user here',
    why: unknownMailbox(desk, domain, address),
  };
}

function unknownMailbox({ directory }: MssanteDesk, domain: string, address: string): string {
  if (domain === PATIENT_DOMAIN) return `patient inconnu ou sans messagerie : ${address}`;
  return directory.domains.has(domain)
    ? `boîte inconnue : ${address}`
    : `boîte inconnue, d'un domaine MSSanté que le banc ne sert pas : ${address}`;
}
