import type { TlsPeer } from '#formats/exchange/index.ts';
import { WSSE, type SoapEnvelope } from '#formats/soap/index.ts';
import { at, child, children, type XmlElement } from '#formats/xml/index.ts';
import type { Report } from '../report/index.ts';
import { checkAssertion, type SeenAssertion } from './assertion.ts';
import type { InsRule } from './rules.ts';
import type { InsiOptions, InsiRequest } from './types.ts';
import { BAM, LPS, ORGANISATION_CN, ORGANISATION_ISSUER, SAML } from './vocabulary.ts';

/**
 * Judges how the call is authenticated (protocols.md §1.2, A6): organisation certificate without SAML, or CPx assertion.
 * Without a TLS peer only what the message itself says is judged.
 */
export function checkAuthentication(
  report: Report<InsRule>,
  envelope: SoapEnvelope,
  request: InsiRequest,
  options: InsiOptions,
): void {
  const { tls } = request;
  const assertions = (envelope.header ? children(envelope.header, 'Security', WSSE) : []).flatMap((security) =>
    children(security, 'Assertion', SAML),
  );
  const [first] = assertions;
  const commonName = valueOf(tls?.subject ?? [], 'CN');
  checkMode(report, first, tls, options);
  if (first === undefined) {
    if (tls !== undefined) checkOrganisation(report, envelope, tls, commonName);
  } else if (commonName !== undefined && ORGANISATION_CN.includes(commonName)) {
    report.add('INSI-ORG-NO-SAML', {
      where: first.path,
      received: `une assertion SAML et le certificat d’organisation ${commonName}`,
      expected: 'l’un ou l’autre',
      remedy: 'Retirez l’assertion quand l’appel passe par le certificat d’organisation.',
    });
  } else {
    const seen = assertions.map((e) => checkAssertion(report, request.body, e, request.at));
    checkRoles(report, envelope, seen);
  }
}

function checkMode(
  report: Report<InsRule>,
  assertion: XmlElement | undefined,
  tls: TlsPeer | undefined,
  { authentication }: InsiOptions,
): void {
  const used = assertion === undefined ? 'organisation' : 'cpx';
  if (authentication === undefined || authentication === used || (assertion === undefined && tls === undefined)) return;
  report.add('INSI-MODE', {
    where: assertion?.path ?? '/Envelope/Header[1]/Security[1]',
    received: used === 'cpx' ? 'une assertion CPx' : 'pas d’assertion',
    expected: authentication === 'cpx' ? 'une assertion signée par la carte CPx' : 'le certificat d’organisation seul',
    remedy: 'Permettez les deux modes d’authentification, et employez celui qui est demandé.',
  });
}

/** One assertion of the professional; for a Vitale search, one of the card, which must be the card searched with. */
function checkRoles(report: Report<InsRule>, envelope: SoapEnvelope, seen: readonly SeenAssertion[]): void {
  const people = seen.filter(({ ofCard }) => !ofCard);
  const cards = seen.filter(({ ofCard }) => ofCard);
  const vitale = envelope.payload?.name.local === 'RECVITALE';
  const [person] = people;
  if (people.length !== 1) {
    report.add('INSI-ASSERTION-FORM', {
      where: '/Envelope/Header[1]/Security[1]',
      received: `${people.length} assertion(s) de professionnel`,
      expected: 'une seule',
      remedy: 'Placez dans wsse:Security l’assertion du professionnel, et elle seule hors recherche par carte Vitale.',
    });
  }
  const numbers = cardNumbers(envelope.payload);
  const [card] = cards;
  const known = card !== undefined && numbers.some((one) => one.startsWith(card.assertion.nameId));
  if (vitale ? cards.length !== 1 || !known : cards.length > 0) {
    report.add('INSI-ASSERTION-CARD', {
      where: card?.element.path ?? '/Envelope/Header[1]/Security[1]',
      received: card === undefined ? 'aucune assertion de carte Vitale' : `la carte de ${card.assertion.nameId}`,
      expected: vitale
        ? `une assertion de la carte Vitale de ${numbers.join(' ou ') || 'la personne cherchée'}`
        : 'aucune assertion de carte Vitale hors recherche par carte',
      remedy: 'Joignez à la recherche par carte, et à elle seule, l’assertion de la carte Vitale lue.',
    });
  }
  if (person !== undefined) checkSender(report, envelope, person.assertion.nameId, 'le NameID de l’assertion');
}

/** Numbers of a Vitale search, number and key glued. */
function cardNumbers(payload: XmlElement | undefined): readonly string[] {
  if (payload?.name.local !== 'RECVITALE') return [];
  return ['MatriculeIndividu', 'MatriculeOD'].flatMap((local) => {
    const number = at(payload, local, 'NumIdentifiant')?.text.trim() ?? '';
    return number === '' ? [] : [number + (at(payload, local, 'Cle')?.text.trim() ?? '')];
  });
}

function checkOrganisation(
  report: Report<InsRule>,
  envelope: SoapEnvelope,
  tls: TlsPeer,
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
  const issuer = valueOf(tls.issuer ?? [], 'CN');
  const wrongIssuer = issuer !== undefined && !ORGANISATION_ISSUER.test(issuer);
  if (!ORGANISATION_CN.includes(commonName) || wrongIssuer) {
    report.add('INSI-ORG-CERTIFICATE', {
      where: `certificat client TLS, CN ${wrongIssuer ? 'de l’autorité' : 'du sujet'}`,
      received: wrongIssuer ? issuer : commonName,
      expected: wrongIssuer ? 'AC IGC-SANTE ELEMENTAIRE ORGANISATIONS' : ORGANISATION_CN.join(' ou '),
      remedy:
        'Demandez à l’ANS un certificat ORG_AUTH_CLI dont le CN est INSI-AUTO ou INSI-MANU ; tout autre est refusé (desir_560).',
    });
  }
  checkSender(report, envelope, valueOf(tls.subject ?? [], 'OU'), 'l’OU du certificat');
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
  // A card has its common name, surname and given name in one RDN, on one line.
  const names = subject.flatMap((rdn) => rdn.split(' + '));
  return names.find((name) => name.startsWith(`${type}=`))?.slice(type.length + 1);
}
