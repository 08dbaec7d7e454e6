import { compareDigest, verifySignature } from '#formats/xmldsig/index.ts';
import { attribute, children, descendants, readXml, type XmlElement } from '#formats/xml/index.ts';
import type { DmpCall } from '../call.ts';
import limits from '../limits.json' with { type: 'json' };
import type { RegistryProblem } from '../types.ts';
import { readCertificate } from '../vihf/certificates.ts';
import { ASSOCIATIONS, DSIG } from '../vocabulary.ts';
import type { Submission, SubmittedDocument } from './submission.ts';
import { CERTIFICATE_REFUSALS } from '../../pki/index.ts';

const REPOSITORY = 'XDSRepositoryMetadataError';
const REGISTRY = 'XDSRegistryMetadataError';

/**
 * The signature object of the lot: present, bound to it, its manifest names the lot and each document with the right
 * digest; with the profile asking for it, the signature verifies and its certificate may sign.
 * Source: protocols.md §2.5 (signature of the submission set), annex B.2 step 7.
 */
export function judgeSignature(submission: Submission, call: DmpCall): readonly RegistryProblem[] {
  const { set, associations, documents } = submission;
  const location = set?.id ?? '';
  const signatures = documents.filter(({ isSignature }) => isSignature);
  const [signature] = signatures;
  if (!signature || signatures.length > 1) {
    const context = `Le lot doit porter une signature et une seule, ${signatures.length} reçues`;
    return [{ code: REGISTRY, context, location }];
  }
  const problems: RegistryProblem[] = [];
  const signs = associations.some(
    ({ associationType, sourceObject, targetObject }) =>
      associationType === ASSOCIATIONS.signs && sourceObject === signature.entry.id && targetObject === location,
  );
  if (!signs) {
    const context = 'Aucune association « signs » de la signature vers le lot';
    problems.push({ code: REGISTRY, context, location: signature.entry.id });
  }
  if (signature.bytes) {
    const blames = judgeBytes(signature.bytes, submission, call);
    problems.push(...blames.map((context) => ({ code: REPOSITORY, context, location: signature.entry.id })));
  }
  return problems;
}

function judgeBytes(bytes: Uint8Array, submission: Submission, call: DmpCall): string[] {
  const reading = readXml(bytes, { maxBytes: limits.signatureBytes });
  if (!reading.ok) return [`Signature illisible : ${reading.fault.message}`];
  const found = [reading.root, ...descendants(reading.root, 'Signature', DSIG)].find(
    ({ name }) => name.local === 'Signature' && name.namespace === DSIG,
  );
  if (!found) return ['Le document de signature ne contient pas de ds:Signature'];
  const isManifest = (one: XmlElement): boolean => one.name.local === 'Manifest' && one.name.namespace === DSIG;
  if (!call.state.settings.profile.lotSignatureVerified) {
    return judgeManifest(descendants(found, 'Manifest', DSIG)[0], submission, call);
  }
  const verified = verifySignature(bytes, found.path);
  if (!verified.ok) return [`La signature du lot est invalide : ${verified.fault.message}`];
  const { certificate, signed } = verified.signature;
  // The manifest that was signed, not another one of the document.
  const { lotSignatureForm, lotSignatureSigner } = call.state.settings.profile;
  const refusedOrNoted = (how: string, sentences: readonly string[]): readonly string[] => {
    if (how === 'refused') return sentences;
    for (const sentence of sentences) call.warn(sentence);
    return [];
  };
  return [
    ...judgeManifest(signed.find(isManifest), submission, call),
    ...judgeCertificate(certificate, call),
    ...refusedOrNoted(lotSignatureSigner, judgeSigner(certificate, call)),
    ...refusedOrNoted(lotSignatureForm, judgeForm(signed)),
  ];
}

/** Namespaces of the versions of XAdES begin alike; `v1.1.1` is that of the published lots. */
const XADES = 'http://uri.etsi.org/01903/';

/**
 * What makes an XML signature a XAdES: its properties are signed, with an instant.
 * Source: protocols.md §2.5 (signature of the submission set).
 */
function judgeForm(signed: readonly XmlElement[]): readonly string[] {
  const properties = signed.find(({ name }) => name.local === 'SignedProperties' && name.namespace.startsWith(XADES));
  const time = properties && descendants(properties, 'SigningTime', properties.name.namespace)[0]?.text.trim();
  if (!properties) return ["La signature du lot n'est pas une XAdES : aucun SignedProperties signé"];
  return Number.isNaN(Date.parse(time ?? '')) ? ['La signature du lot ne dit pas son instant (SigningTime)'] : [];
}

/**
 * Who signs the lot is who makes the call: the holder of the card, which the VIHF names, in direct authentication; the
 * structure of the VIHF otherwise.
 * Source: protocols.md §2.10 (server checks, 7), §2.11 (EX_GEN-1450).
 */
function judgeSigner(certificate: Uint8Array, { vihf }: DmpCall): readonly string[] {
  const signer = readCertificate(certificate);
  if (vihf.mode === 'DIRECTE') {
    const holder = signer?.commonName ?? '';
    return holder === vihf.nameId
      ? []
      : [
          `Le lot est signé par la carte de ${holder.slice(0, 60) || 'personne'}, le VIHF par celle de ${vihf.nameId.slice(0, 60)}`,
        ];
  }
  return signer?.structures.includes(vihf.structure) === true
    ? []
    : [
        `Le lot est signé par ${signer?.structures.join(', ').slice(0, 100) || 'un certificat sans structure'}, et non par la structure du VIHF, ${vihf.structure.slice(0, 60)}`,
      ];
}

function judgeManifest(manifest: XmlElement | undefined, { uniqueId, documents }: Submission, call: DmpCall): string[] {
  if (!manifest) return ['Signature sans ds:Manifest signé'];
  const references = new Map(
    children(manifest, 'Reference', DSIG).map((reference) => [attribute(reference, 'URI') ?? '', reference]),
  );
  const find = (oid: string): XmlElement | undefined => references.get(`urn:oid:${oid}`);
  const blames = find(uniqueId) ? [] : [`Le manifeste ne cite pas le lot ${uniqueId}`];
  for (const document of documents.filter(({ isSignature }) => !isSignature)) {
    const reference = find(document.uniqueId);
    if (!reference) blames.push(`Le manifeste ne cite pas le document ${document.uniqueId}`);
    else blames.push(...judgeDigest(reference, document, call));
  }
  return blames;
}

/** The digest is that of the bytes once the transforms of its reference are applied, and of nothing else. */
function judgeDigest(reference: XmlElement, { bytes, uniqueId }: SubmittedDocument, call: DmpCall): readonly string[] {
  if (!bytes) return [];
  const compared = compareDigest(reference, bytes, limits.canonicalBytes);
  const of = `l'empreinte du document ${uniqueId} dans le manifeste`;
  switch (compared.kind) {
    case 'right':
      return [];
    case 'limit':
      call.warn(`empreinte de la forme canonique de ${uniqueId} non vérifiée : document trop grand`);
      return [];
    case 'unsupported':
      return [`L'algorithme « ${compared.algorithm.slice(0, 100)} » n'est pas admis pour ${of}`];
    case 'not-xml':
      return [`Une forme canonique est annoncée pour ${of}, qui n'est pas du XML : ${compared.message}`];
    case 'wrong': {
      const { isThatOf, transforms } = compared;
      if (isThatOf === undefined) return [`L${of.slice(1)} est fausse`];
      const sentence =
        isThatOf === 'raw'
          ? `${of} est celle des octets bruts, la transformation ${transforms.join(', ').slice(0, 200)} était annoncée`
          : `${of} est celle de la forme canonique, aucune transformation n'était annoncée`;
      if (call.state.settings.profile.manifestTransformsApplied) return [`L${sentence.slice(1)}`];
      call.warn(sentence);
      return [];
    }
  }
}

function judgeCertificate(certificate: Uint8Array, { state }: DmpCall): string[] {
  const refusal = state.pki.judge(certificate, state.now());
  if (refusal !== undefined)
    return [`Le certificat ayant signé le lot est invalide : ${CERTIFICATE_REFUSALS[refusal]}`];
  return readCertificate(certificate)?.signs === true
    ? []
    : ["Le certificat ayant signé le lot n'est pas un certificat de signature"];
}
