import { randomUUID } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import { qualification, sector } from '../documents/index.ts';
import { type Professional, type SglConfig, SglError } from '../model/index.ts';
import { el, escapeXml, textEl } from '../xml/index.ts';
import { keyInfo, type Signer } from './credentials.ts';

const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const EXCLUSIVE_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';

export interface VihfRequest {
  /** The human in whose name the call is made. */
  readonly author: Professional;
  /** CX of the patient, `INS15^^^&oid&ISO^NH`. */
  readonly patient: string;
  readonly at: Date;
  /** Changes the assertion before it is signed: only for the faults. */
  readonly spoil?: (assertion: string) => string;
  /** Only with its fault: the algorithms that are not to be used any more. */
  readonly sha1?: boolean;
  /** Strengthened indirect authentication (AIR). */
  readonly air?: boolean;
  /** The connection is secret: value of the attribute that says so. */
  readonly secret?: string;
}

/** Secret connection of the patient (protocols.md §2.10). */
const CONFIDENTIALITY = 'urn:oasis:names:tc:xspa:1.0:resource:patient:hl7:confidentiality-code';

/** What AuthnContextDecl holds is not public: how the user logged in to this system. */
const DECLARATION = 'Authentification locale par mot de passe';

/**
 * VIHF 3.0 in indirect authentication: a SAML 2.0 assertion signed by the organisation's seal. It stands alone, so that
 * placing it in an envelope leaves its signature valid (exclusive canonicalization). Source: protocols.md §2.10.
 *
 * @throws {SglError} `PROFESSION_INCONNUE` when the profession of the author is unknown: a VIHF without role is refused by the DMP
 */
export function signVihf(request: VihfRequest, config: SglConfig, signer: Signer): string {
  const { sha1 = false, spoil = (text) => text } = request;
  const signature = new SignedXml({
    privateKey: signer.privateKey,
    signatureAlgorithm: sha1
      ? 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'
      : 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: EXCLUSIVE_C14N,
    getKeyInfoContent: () => keyInfo(signer),
  });
  signature.addReference({
    xpath: "/*[local-name(.)='Assertion']",
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', EXCLUSIVE_C14N],
    digestAlgorithm: sha1 ? 'http://www.w3.org/2000/09/xmldsig#sha1' : 'http://www.w3.org/2001/04/xmlenc#sha256',
  });
  signature.computeSignature(spoil(assertion(request, config, signer)), {
    prefix: 'ds',
    location: { reference: "/*[local-name(.)='Assertion']/*[local-name(.)='Issuer']", action: 'after' },
  });
  return signature.getSignedXml();
}

function assertion(
  { air = false, author, patient, at, secret }: VihfRequest,
  config: SglConfig,
  signer: Signer,
): string {
  const instant = at.toISOString();
  return el(
    'saml2:Assertion',
    { 'xmlns:saml2': SAML, ID: `_${randomUUID()}`, IssueInstant: instant, Version: '2.0' },
    textEl('saml2:Issuer', signer.subject, {
      Format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName',
    }),
    el('saml2:Subject', {}, textEl('saml2:NameID', author.nationalId)),
    el(
      'saml2:AuthnStatement',
      { AuthnInstant: instant },
      el(
        'saml2:AuthnContext',
        {},
        textEl('saml2:AuthnContextClassRef', 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport'),
        air ? textEl('saml2:AuthnContextDecl', DECLARATION) : '',
      ),
    ),
    el(
      'saml2:AttributeStatement',
      {},
      ...attributes(author, patient, config, air),
      ...(secret === undefined ? [] : [text(CONFIDENTIALITY, secret)]),
    ),
  );
}

function attributes(author: Professional, patient: string, config: SglConfig, air: boolean): readonly string[] {
  const { laboratory, product, insi, dmp } = config;
  const { code, system } = sector(laboratory.sector);
  return [
    text('VIHF_Version', '3.0'),
    text('Identifiant_Structure', laboratory.id),
    text('Secteur_Activite', `${code}^${system}`),
    text('urn:oasis:names:tc:xspa:1.0:subject:subject-id', `${author.lastName} ${author.firstName}`),
    attribute('urn:oasis:names:tc:xacml:2.0:subject:role', ...roles(author)),
    text('Authentification_Mode', air ? 'INDIRECTE_RENFORCEE' : 'INDIRECTE'),
    text('urn:oasis:names:tc:xacml:2.0:resource:resource-id', patient),
    text('Ressource_URN', 'urn:dmp'),
    attribute(
      'urn:oasis:names:tc:xspa:1.0:subject:purposeofuse',
      hl7('PurposeOfUse', {
        code: 'normal',
        codeSystem: '1.2.250.1.213.1.1.4.248',
        codeSystemName: 'mode acces VIHF 2.0',
        displayName: 'Accès normal',
      }),
    ),
    text('LPS_ID', insi.instance),
    text('LPS_Nom', product.name),
    text('LPS_Version', product.version),
    text('LPS_ID_HOMOLOGATION_DMP', dmp.homologation),
  ];
}

/** Profession, then the speciality that doctors and pharmacists must state. */
function roles(author: Professional): readonly string[] {
  const known = qualification(author);
  if (known === undefined) {
    throw new SglError(
      'PROFESSION_INCONNUE',
      `La profession du professionnel ${author.nationalId} est inconnue.`,
      "Renseignez la profession et la spécialité dans la fiche de l'utilisateur.",
    );
  }
  return [known.profession, known.speciality]
    .filter((coded) => coded !== undefined)
    .map(({ code, system, label }) => hl7('Role', { code, codeSystem: system, displayName: label }));
}

function hl7(name: string, coded: Readonly<Record<string, string>>): string {
  return el(name, { xmlns: 'urn:hl7-org:v3', 'xmlns:xsi': XSI, 'xsi:type': 'CE', ...coded });
}

function attribute(name: string, ...values: readonly string[]): string {
  return el('saml2:Attribute', { Name: name }, ...values.map((value) => el('saml2:AttributeValue', {}, value)));
}

function text(name: string, value: string): string {
  return attribute(name, escapeXml(value));
}
