import { createHash } from 'node:crypto';
import { verifySignature } from '#formats/xmldsig/index.ts';
import { at, attribute, canonicalXml, children, descendants, readXml, type XmlElement } from '#formats/xml/index.ts';
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
  const form = judgeForm(signed, certificate, call);
  const refused = call.state.settings.profile.lotSignatureForm === 'refused';
  if (!refused) for (const sentence of form) call.warn(sentence);
  return [
    ...judgeManifest(signed.find(isManifest), submission, call),
    ...judgeCertificate(certificate, call),
    ...(refused ? form : []),
  ];
}

/** Namespaces of the versions of XAdES begin alike; `v1.1.1` is that of the published lots. */
const XADES = 'http://uri.etsi.org/01903/';

/**
 * What makes an XML signature a XAdES, and this one the signature of the caller: its properties are signed, with an
 * instant, and its certificate is of the structure, or of the person under a card, that the VIHF names.
 * Source: protocols.md §2.5 (signature of the submission set).
 */
function judgeForm(signed: readonly XmlElement[], certificate: Uint8Array, { vihf }: DmpCall): string[] {
  const properties = signed.find(({ name }) => name.local === 'SignedProperties' && name.namespace.startsWith(XADES));
  const time = properties && descendants(properties, 'SigningTime', properties.name.namespace)[0]?.text.trim();
  const signer = readCertificate(certificate);
  const own =
    vihf.mode === 'DIRECTE' ? signer?.commonName === vihf.nameId : signer?.structures.includes(vihf.structure) === true;
  return [
    ...(properties ? [] : ["La signature du lot n'est pas une XAdES : aucun SignedProperties signé"]),
    ...(properties && Number.isNaN(Date.parse(time ?? ''))
      ? ['La signature du lot ne dit pas son instant (SigningTime)']
      : []),
    ...(own ? [] : ["Le certificat ayant signé le lot n'est pas celui de l'appelant du VIHF"]),
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
    else {
      const matches = digestMatches(reference, document);
      if (matches === 'unknown') {
        call.warn(`empreinte de la forme canonique de ${document.uniqueId} non vérifiée : document trop grand`);
      } else if (!matches) blames.push(`L'empreinte du document ${document.uniqueId} dans le manifeste est fausse`);
    }
  }
  return blames;
}

const ALGORITHMS: ReadonlyMap<string, string> = new Map([
  ['http://www.w3.org/2000/09/xmldsig#sha1', 'sha1'],
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'sha256'],
]);

/**
 * The digest may be of the bytes or of their canonical form: the transform is not written alike by all producers. The tree
 * that the canonical form of a large document needs costs many times its size: it is then not made.
 */
function digestMatches(reference: XmlElement, { bytes, hash }: SubmittedDocument): boolean | 'unknown' {
  const method = at(reference, 'DigestMethod');
  const algorithm = ALGORITHMS.get((method && attribute(method, 'Algorithm')) ?? '');
  const digest = at(reference, 'DigestValue')?.text.replaceAll(/\s/g, '') ?? '';
  if (!bytes || algorithm === undefined) return bytes === undefined;
  const of = (content: string | Uint8Array): string => createHash(algorithm).update(content).digest('base64');
  const plain = algorithm === 'sha1' ? Buffer.from(hash, 'hex').toString('base64') : of(bytes);
  if (plain === digest) return true;
  if (bytes.length > limits.canonicalBytes) return 'unknown';
  return [true, false].some((comments) =>
    [false, true].some((exclusive) => {
      const canonical = canonicalXml(bytes, { comments, exclusive });
      return canonical !== undefined && of(canonical) === digest;
    }),
  );
}

function judgeCertificate(certificate: Uint8Array, { state }: DmpCall): string[] {
  const refusal = state.pki.judge(certificate, state.now());
  if (refusal !== undefined)
    return [`Le certificat ayant signé le lot est invalide : ${CERTIFICATE_REFUSALS[refusal]}`];
  return readCertificate(certificate)?.signs === true
    ? []
    : ["Le certificat ayant signé le lot n'est pas un certificat de signature"];
}
