import { createHash } from 'node:crypto';
import { at, attribute, canonicalXml, children, descendants, readXml, type XmlElement } from '#formats/xml/index.ts';
import type { DmpCall } from '../call.ts';
import type { RegistryProblem } from '../types.ts';
import { readCertificate } from '../vihf/certificates.ts';
import { verifySignature } from '../vihf/signature.ts';
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
    const bytes = signature.bytes;
    const blames = [...judgeManifest(bytes, submission), ...judgeCryptography(bytes, call)];
    problems.push(...blames.map((context) => ({ code: REPOSITORY, context, location: signature.entry.id })));
  }
  return problems;
}

function judgeManifest(bytes: Uint8Array, { uniqueId, documents }: Submission): string[] {
  const reading = readXml(bytes);
  if (!reading.ok) return [`Signature illisible : ${reading.fault.message}`];
  const manifest = descendants(reading.root, 'Manifest', DSIG)[0];
  if (!manifest) return ['Signature sans ds:Manifest'];
  const references = children(manifest, 'Reference', DSIG);
  const find = (oid: string): XmlElement | undefined =>
    references.find((reference) => attribute(reference, 'URI') === `urn:oid:${oid}`);
  const blames = find(uniqueId) ? [] : [`Le manifeste ne cite pas le lot ${uniqueId}`];
  for (const document of documents.filter(({ isSignature }) => !isSignature)) {
    const reference = find(document.uniqueId);
    if (!reference) blames.push(`Le manifeste ne cite pas le document ${document.uniqueId}`);
    else if (!digestMatches(reference, document)) {
      blames.push(`L'empreinte du document ${document.uniqueId} dans le manifeste est fausse`);
    }
  }
  return blames;
}

const ALGORITHMS: ReadonlyMap<string, string> = new Map([
  ['http://www.w3.org/2000/09/xmldsig#sha1', 'sha1'],
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'sha256'],
]);

/** The digest may be of the bytes or of their canonical form: the transform is not written alike by all producers. */
function digestMatches(reference: XmlElement, { bytes }: SubmittedDocument): boolean {
  const method = at(reference, 'DigestMethod');
  const algorithm = ALGORITHMS.get((method && attribute(method, 'Algorithm')) ?? '');
  const digest = at(reference, 'DigestValue')?.text.replaceAll(/\s/g, '') ?? '';
  if (!bytes || algorithm === undefined) return bytes === undefined;
  const of = (content: string | Uint8Array): string => createHash(algorithm).update(content).digest('base64');
  if (of(bytes) === digest) return true;
  return [true, false].some((comments) =>
    [false, true].some((exclusive) => {
      const canonical = canonicalXml(bytes, { comments, exclusive });
      return canonical !== undefined && of(canonical) === digest;
    }),
  );
}

function judgeCryptography(bytes: Uint8Array, { state }: DmpCall): string[] {
  if (!state.settings.profile.lotSignatureVerified) return [];
  const signature = verifySignature(bytes, '(//ds:Signature)[1]');
  if (!signature.ok) return [`La signature du lot est invalide : ${signature.reason}`];
  const refusal = state.pki.judge(signature.certificate, state.now());
  if (refusal !== undefined)
    return [`Le certificat ayant signé le lot est invalide : ${CERTIFICATE_REFUSALS[refusal]}`];
  return readCertificate(signature.certificate)?.signs === true
    ? []
    : ["Le certificat ayant signé le lot n'est pas un certificat de signature"];
}
