import type { Finding } from '#dsr/verdict/index.ts';
import type { Wave } from '#dsr/rem/index.ts';
import type { TlsPeer } from '#formats/exchange/index.ts';
import { openReport, type Report } from '../report/index.ts';
import { allowedSuites, isAllowedSuite, type CipherProfile } from './ciphers.ts';
import { RULES, type TlsRule } from './rules.ts';

export interface TlsOptions {
  /** Wave 1 wants TLS 1.2 only, wave 2 at least TLS 1.2. */
  readonly wave: Wave;
  /** List of suites. Default `mssante`. */
  readonly suites?: CipherProfile;
  /** Whether the service asks for a client certificate. Default true. */
  readonly clientCertificate?: 'required' | 'none';
}

/**
 * Judges a TLS session as the bench saw it.
 *
 * @param tls peer of the exchange, undefined when it came in clear
 */
export function checkTls(tls: TlsPeer | undefined, options: TlsOptions): readonly Finding[] {
  const report = openReport(RULES);
  if (tls === undefined) {
    report.add('TLS-PRESENT', {
      where: 'session TLS',
      received: 'échange en clair',
      expected: options.wave === 'va1' ? 'TLS 1.2' : 'TLS 1.2 au moins',
      remedy: 'Ouvrez la session TLS (STARTTLS pour SMTP et IMAP) avant tout échange.',
    });
    return report.findings;
  }
  // A handshake that failed before agreeing leaves these empty: what failed is said by the certificate rules.
  if (tls.protocol !== '') checkVersion(report, tls, options.wave);
  if (tls.cipher !== '') checkCipher(report, tls, options.suites ?? 'mssante');
  if (options.clientCertificate !== 'none' && !tls.authorized) checkCertificate(report, tls);
  return report.findings;
}

function checkVersion(report: Report<TlsRule>, tls: TlsPeer, wave: Wave): void {
  const allowed = wave === 'va1' ? ['TLSv1.2'] : ['TLSv1.2', 'TLSv1.3'];
  if (allowed.includes(tls.protocol)) return;
  report.add('TLS-VERSION', {
    where: 'session TLS, version',
    received: tls.protocol,
    expected: wave === 'va1' ? 'TLSv1.2 uniquement (vague 1)' : 'TLSv1.2 ou TLSv1.3 (vague 2)',
    remedy:
      tls.protocol === 'TLSv1.3'
        ? 'Bornez la version maximale proposée par le client à TLS 1.2 pour la vague 1.'
        : 'Bornez la version minimale proposée par le client à TLS 1.2.',
  });
}

function checkCipher(report: Report<TlsRule>, tls: TlsPeer, profile: CipherProfile): void {
  if (isAllowedSuite(tls.cipher, profile)) return;
  report.add('TLS-CIPHER', {
    where: 'session TLS, suite cryptographique',
    received: tls.cipher,
    expected: allowedSuites(profile).join(', '),
    remedy: 'Limitez les suites proposées par le client à cette liste.',
  });
}

/** Reasons of the bench that have no rule of their own; any other is the text of the TLS stack. */
const REFUSALS: Readonly<Record<string, string>> = {
  'not-yet-valid': 'il n’est pas encore valide',
  'wrong-profile': 'il n’est pas fait pour authentifier un client (certificat de cachet ou de signature)',
};

function checkCertificate(report: Report<TlsRule>, tls: TlsPeer): void {
  const where = 'session TLS, certificat client';
  const subject = tls.subject?.toReversed().join(', ') ?? '';
  const who = subject === '' ? 'sujet inconnu' : subject;
  const expiry = frenchDate(tls.notAfter);
  switch (tls.refusal) {
    case undefined:
    case 'absent':
      report.add('TLS-CLIENT-CERTIFICATE-ABSENT', {
        where,
        received: 'aucun certificat',
        expected: "un certificat d'organisation ou de carte émis par l'IGC-Santé",
        remedy:
          'Configurez dans le client TLS le certificat et sa clé privée (fichier PKCS#12 et son mot de passe), ' +
          'avec l’autorité intermédiaire dans la chaîne présentée.',
      });
      return;
    case 'expired':
      report.add('TLS-CLIENT-CERTIFICATE-EXPIRED', {
        where,
        received: `le certificat « ${who} » a expiré ${expiry === '' ? 'à une date inconnue' : `le ${expiry}`}`,
        expected: 'un certificat dans sa période de validité',
        remedy:
          `Le certificat « ${who} » a expiré ${expiry === '' ? 'à une date inconnue' : `le ${expiry}`} : ` +
          'commandez son renouvellement sur la plateforme IGC-Santé de l’ANS, installez le nouveau certificat avec sa clé, ' +
          'puis redémarrez le produit et relancez le scénario.',
      });
      return;
    case 'revoked':
      report.add('TLS-CLIENT-CERTIFICATE-REVOKED', {
        where,
        received: `le certificat « ${who} » (n° ${tls.serialNumber ?? 'inconnu'}) est révoqué`,
        expected: 'un certificat qui ne figure pas dans la liste de révocation',
        remedy:
          'Une révocation est définitive : commandez un nouveau certificat sur la plateforme IGC-Santé, ' +
          'installez-le et retirez l’ancien du produit.',
      });
      return;
    case 'unknown-authority':
      report.add('TLS-CLIENT-CERTIFICATE-AUTHORITY', {
        where,
        received: `le certificat « ${who} » est émis par « ${tls.issuer?.toReversed().join(', ') ?? 'inconnu'} »`,
        expected: "un certificat émis par une autorité de l'IGC-Santé (ici, l'IGC-Santé de test du banc)",
        remedy:
          'Présentez un certificat de l’IGC-Santé (sur le banc, ceux du dossier pki) avec son autorité intermédiaire ; ' +
          'un certificat auto-signé ou d’une autre autorité est refusé.',
      });
      return;
    default:
      report.add('TLS-CLIENT-CERTIFICATE-REFUSED', {
        where,
        received: `le certificat « ${who} » est refusé : ${REFUSALS[tls.refusal] ?? tls.refusal}`,
        expected: "un certificat de l'IGC-Santé, valide et non révoqué",
        remedy:
          'Présentez le certificat d’authentification (client TLS) de l’IGC-Santé, pas celui de cachet ou de signature ; ' +
          'vérifiez aussi sa clé, sa chaîne et l’horloge du poste.',
      });
  }
}

/** `05/01/2026 à 10:00 UTC`; empty when the date is absent or unreadable. */
function frenchDate(iso: string | undefined): string {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d)/.exec(iso ?? '');
  return match === null ? '' : `${match[3]}/${match[2]}/${match[1]} à ${match[4]} UTC`;
}
