import type { TlsPeer } from '#formats/exchange/index.ts';
import { type AssertionVerification, verifyAssertion } from '#formats/saml/index.ts';
import { type SoapEnvelope, WSSE } from '#formats/soap/index.ts';
import { child } from '#formats/xml/index.ts';
import type { Pki } from '../../pki/types.ts';
import type { DmpSettings, FaultChannel } from '../settings.ts';
import type { DmpFault } from '../types.ts';
import { OIDS, SAML2 } from '../vocabulary.ts';
import { type CertificateProfile, namesSubject, readCertificate } from './certificates.ts';
import { HOMOLOGATION_SHAPE } from './homologation.ts';
import { authenticationBreach, authenticationWarnings } from './modes.ts';
import { readVihf, type Vihf, VIHF_ATTRIBUTES } from './read.ts';
import { CERTIFICATE_REFUSALS } from '../../pki/index.ts';

type VerifiedAssertion = Extract<AssertionVerification, { readonly ok: true }>;

export type VihfJudgement =
  | {
      readonly ok: true;
      readonly vihf: Vihf;
      /** French; what was accepted and should not last. */
      readonly warnings: readonly string[];
    }
  | { readonly ok: false; readonly fault: DmpFault };

export interface VihfContext {
  readonly settings: DmpSettings;
  readonly pki: Pki;
  readonly now: Date;
  readonly tls: TlsPeer | undefined;
}

/**
 * Judges the VIHF of a call in the order of the real front end: client certificate, presence, signature and its
 * certificate, freshness, issuer, attributes, structure, homologation number. The first breach is answered.
 *
 * @param bytes the XML of the envelope as received (root part of an MTOM package)
 * Source: protocols.md §2.10, server checks.
 */
export function judgeVihf(bytes: Uint8Array, envelope: SoapEnvelope, context: VihfContext): VihfJudgement {
  const refuse = refuser(context.settings);
  const tls = context.tls?.certificate && readCertificate(context.tls.certificate);
  if (!tls?.authenticates) {
    return refuse('certificate', "Le certificat client TLS n'est pas un certificat d'authentification de l'IGC-Santé.");
  }
  const security = envelope.header && child(envelope.header, 'Security', WSSE);
  const assertion = security && child(security, 'Assertion', SAML2);
  if (!assertion) return refuse('vihfMissing', 'VIHF absent du message.');

  const verified = verifyAssertion(bytes, assertion);
  if (!verified.ok) return refuse('certificate', `La signature du VIHF est invalide : ${verified.fault.message}`);
  const certificate = readCertificate(verified.certificate);
  const refusal = context.pki.judge(verified.certificate, context.now);
  if (!certificate || refusal !== undefined) {
    return refuse(
      'certificate',
      `Le certificat ayant signé le VIHF est invalide : ${refusal === undefined ? 'illisible' : CERTIFICATE_REFUSALS[refusal]}`,
    );
  }
  if (!certificate.signs) {
    return refuse('certificate', 'Le certificat ayant signé le VIHF est invalide : Not a valid signature certificate');
  }
  // Only what was signed is read: the assertion in the message may say more.
  const vihf = readVihf(verified.assertion.element);
  const breach =
    judgeInstants(vihf, context) ??
    judgeIssuer(vihf, certificate) ??
    judgeAttributes(vihf, context.settings) ??
    judgeStructure(vihf, certificate, tls) ??
    judgeHomologation(vihf, context.settings);
  return breach
    ? refuse(breach.channel, breach.text)
    : { ok: true, vihf, warnings: [...warningsOf(verified), ...authenticationWarnings(vihf)] };
}

const SHA1 = /sha1$/;

/** What the DMP still accepts and the bench tells. Source: protocols.md §2.10 (signature algorithm). */
function warningsOf({ signatureAlgorithm, digestAlgorithms }: VerifiedAssertion): readonly string[] {
  return SHA1.test(signatureAlgorithm) || digestAlgorithms.some((algorithm) => SHA1.test(algorithm))
    ? ['VIHF signé avec SHA-1, accepté : SHA-256 est attendu']
    : [];
}

interface Breach {
  readonly channel: FaultChannel;
  readonly text: string;
}

function refuser(settings: DmpSettings): (channel: FaultChannel, text: string) => VihfJudgement {
  return (channel, text) => ({
    ok: false,
    fault: { side: 'Sender', subcode: settings.profile.subcodes[channel], text },
  });
}

function judgeInstants(vihf: Vihf, { settings, now }: VihfContext): Breach | undefined {
  const { vihfMaxAgeSeconds, clockSkewSeconds } = settings.profile;
  const issued = Date.parse(vihf.issueInstant);
  const channel = 'vihfInvalid';
  if (Number.isNaN(issued)) return { channel, text: `VIHF mal formé : IssueInstant « ${vihf.issueInstant} ».` };
  const age = (now.getTime() - issued) / 1000;
  if (age > vihfMaxAgeSeconds || age < -clockSkewSeconds) {
    return { channel, text: `VIHF périmé : émis le ${vihf.issueInstant}.` };
  }
  const notBefore = Date.parse(vihf.notBefore ?? '');
  const notOnOrAfter = Date.parse(vihf.notOnOrAfter ?? '');
  if (notBefore - now.getTime() > clockSkewSeconds * 1000 || notOnOrAfter <= now.getTime()) {
    return { channel, text: 'VIHF hors de sa période de validité (Conditions).' };
  }
  return undefined;
}

function judgeIssuer(vihf: Vihf, certificate: CertificateProfile): Breach | undefined {
  return namesSubject(vihf.issuer, certificate)
    ? undefined
    : { channel: 'vihfInvalid', text: `L'émetteur du VIHF n'est pas le titulaire du certificat de signature.` };
}

/** Attributes asked for in every call; the name as the field writes it, for the message. */
const MANDATORY = [
  'VIHF_Version',
  'Identifiant_Structure',
  'Secteur_Activite',
  VIHF_ATTRIBUTES.role,
  'Authentification_Mode',
  'Ressource_URN',
  VIHF_ATTRIBUTES.purpose,
  'LPS_Nom',
  'LPS_Version',
];
/** G15: doctors and pharmacists must carry a speciality (R01) or a section (G05). */
const WITH_SPECIALITY: ReadonlyMap<string, string> = new Map([
  ['10', 'Médecins'],
  ['21', 'Pharmaciens'],
]);

function judgeAttributes(vihf: Vihf, { profile }: DmpSettings): Breach | undefined {
  const channel = 'vihfInvalid';
  const has = (name: string): boolean => (vihf.attributes.get(name.toLowerCase())?.[0] ?? '') !== '';
  const missing = MANDATORY.filter((name) => !has(name));
  if (vihf.nameId === '') missing.unshift('NameID');
  if (missing.length > 0) return { channel, text: `VIHF mal formé : ${missing.join(', ')} absent.` };
  if (vihf.attributes.get('ressource_urn')?.[0] !== 'urn:dmp') {
    return { channel, text: 'VIHF mal formé : Ressource_URN doit valoir urn:dmp.' };
  }
  const authentication = authenticationBreach(vihf, profile);
  if (authentication !== undefined) return { channel, text: authentication };
  const [role, speciality] = vihf.roles;
  const profession = role?.system === OIDS.profession ? WITH_SPECIALITY.get(role.code) : undefined;
  if (profession !== undefined && (speciality === undefined || speciality.code === '')) {
    return { channel, text: `Aucune spécialité dans le vihf. Spécialité obligatoire pour les ${profession}.` };
  }
  return undefined;
}

function judgeStructure(vihf: Vihf, signing: CertificateProfile, tls: CertificateProfile): Breach | undefined {
  if (vihf.mode === 'DIRECTE') {
    // The structure is not in the certificate of a card: only the holder can be compared.
    return signing.commonName === vihf.nameId && tls.commonName === vihf.nameId
      ? undefined
      : { channel: 'structure', text: "Erreur d'authentification de la personne physique." };
  }
  const coherent = [signing, tls].every(({ structures }) => structures.includes(vihf.structure));
  return coherent ? undefined : { channel: 'structure', text: "Erreur d'authentification de la personne morale." };
}

function judgeHomologation({ homologation }: Vihf, { homologations }: DmpSettings): Breach | undefined {
  const known = HOMOLOGATION_SHAPE.test(homologation) && homologations?.includes(homologation) !== false;
  return known
    ? undefined
    : { channel: 'homologation', text: `Logiciel non homologué : LPS_ID_HOMOLOGATION_DMP « ${homologation} ».` };
}
