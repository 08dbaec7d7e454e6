import type { Finding } from '#dsr/verdict/index.ts';
import type { Exchange } from '#formats/exchange/index.ts';
import { openReport } from '../report/index.ts';
import { RULES, type InsRule } from './rules.ts';

/** A server that a product must not talk to. */
export type BadServer = 'expired' | 'not-yet-valid' | 'other-authority' | 'other-name' | 'revoked' | 'old-tls';

const SHOWN: Readonly<Record<BadServer, { readonly rule: InsRule; readonly text: string; readonly remedy: string }>> = {
  expired: certificate('un certificat expiré'),
  'not-yet-valid': certificate('un certificat pas encore valide'),
  'other-authority': certificate('un certificat d’une autre autorité'),
  'other-name': certificate('un certificat à un autre nom que le sien'),
  revoked: {
    rule: 'INSI-SERVER-REVOKED',
    text: 'un certificat révoqué',
    remedy:
      'Consultez la liste de révocation ou le répondeur OCSP que le certificat annonce, avant d’envoyer la requête.',
  },
  'old-tls': {
    rule: 'INSI-SERVER-TLS-VERSION',
    text: 'TLS 1.1 seulement',
    remedy: 'Bornez à TLS 1.2 la version minimale que le client accepte.',
  },
};

function certificate(text: string): (typeof SHOWN)[BadServer] {
  return {
    rule: 'INSI-SERVER-CERTIFICATE',
    text,
    remedy:
      'Contrôlez la chaîne, la période de validité et le nom du certificat du serveur, et ne sautez jamais ce contrôle, même en test.',
  };
}

/**
 * Judges that nothing was sent to a server that showed such a thing. A handshake that ended without request is right,
 * whoever ended it.
 *
 * @param exchanges all that came to INSi meanwhile
 */
export function checkRefusedServer(server: BadServer, exchanges: readonly Exchange[]): readonly Finding[] {
  const report = openReport(RULES);
  const { rule, text, remedy } = SHOWN[server];
  for (const { id, operation, protocol } of exchanges) {
    if (protocol !== 'http') continue;
    report.add(rule, {
      where: `échange ${id}`,
      received: `la requête ${operation}, envoyée à un serveur qui présentait ${text}`,
      expected: 'aucune requête : la connexion est abandonnée',
      remedy,
    });
  }
  return report.findings;
}
