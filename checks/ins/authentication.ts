import type { TlsPeer } from '#formats/exchange/index.ts';
import { WSSE, type SoapEnvelope } from '#formats/soap/index.ts';
import { at, child, type XmlElement } from '#formats/xml/index.ts';
import type { Report } from '../report/index.ts';
import type { InsRule } from './rules.ts';
import { BAM, LPS, ORGANISATION_CN, SAML } from './vocabulary.ts';

/**
 * Judges how the call is authenticated (protocols.md §1.2, A6): organisation certificate without SAML, or CPx assertion.
 * Without a TLS peer only what the message itself says is judged.
 */
export function checkAuthentication(report: Report<InsRule>, envelope: SoapEnvelope, tls: TlsPeer | undefined): void {
  const security = envelope.header && child(envelope.header, 'Security', WSSE);
  const assertion = security && child(security, 'Assertion', SAML);
  const subject = tls?.subject ?? [];
  const commonName = valueOf(subject, 'CN');
  if (assertion !== undefined && commonName !== undefined && ORGANISATION_CN.includes(commonName)) {
    report.add('INSI-ORG-NO-SAML', {
      where: assertion.path,
      received: `une assertion SAML et le certificat d’organisation ${commonName}`,
      expected: 'l’un ou l’autre',
      remedy: 'Retirez l’assertion quand l’appel passe par le certificat d’organisation.',
    });
  } else if (assertion !== undefined) {
    checkSender(report, envelope, at(assertion, 'Subject', 'NameID')?.text.trim(), 'le NameID de l’assertion');
  } else if (tls !== undefined) checkOrganisation(report, envelope, subject, commonName);
}

function checkOrganisation(
  report: Report<InsRule>,
  envelope: SoapEnvelope,
  subject: readonly string[],
  commonName: string | undefined,
): void {
  if (commonName === undefined) {
    report.add('INSI-AUTHENTICATION', {
      where: '/Envelope/Header[1]/Security[1] et session TLS',
      received: 'ni assertion SAML, ni certificat client',
      expected: 'une assertion signée par la carte CPx, ou un certificat d’organisation INSI-AUTO ou INSI-MANU',
      remedy: 'Présentez un certificat d’organisation dans la session TLS, ou une assertion dans wsse:Security.',
    });
    return;
  }
  if (!ORGANISATION_CN.includes(commonName)) {
    report.add('INSI-ORG-CERTIFICATE', {
      where: 'certificat client TLS, CN du sujet',
      received: commonName,
      expected: ORGANISATION_CN.join(' ou '),
      remedy:
        'Demandez à l’ANS un certificat ORG_AUTH_CLI dont le CN est INSI-AUTO ou INSI-MANU ; tout autre est refusé (desir_560).',
    });
  }
  checkSender(report, envelope, valueOf(subject, 'OU'), 'l’OU du certificat');
}

function checkSender(
  report: Report<InsRule>,
  envelope: SoapEnvelope,
  expected: string | undefined,
  what: string,
): void {
  for (const e of senders(envelope)) {
    if (expected !== undefined && e.text.trim() === expected) continue;
    report.add('INSI-EMETTEUR', {
      where: e.path,
      received: e.text.trim() || 'vide',
      expected: `${expected ?? 'absent'} (${what})`,
      remedy: `Recopiez ${what} dans Emetteur.`,
    });
  }
}

/** Emetteur is optional in both contexts: those that are sent must be right. */
function senders(envelope: SoapEnvelope): readonly XmlElement[] {
  const { header } = envelope;
  if (header === undefined) return [];
  return (
    [
      ['ContexteBAM', BAM],
      ['ContexteLPS', LPS],
    ] as const
  ).flatMap(([name, namespace]) => {
    const context = child(header, name, namespace);
    const sender = context && child(context, 'Emetteur', namespace);
    return sender === undefined ? [] : [sender];
  });
}

function valueOf(subject: readonly string[], type: string): string | undefined {
  return subject.find((rdn) => rdn.startsWith(`${type}=`))?.slice(type.length + 1);
}
