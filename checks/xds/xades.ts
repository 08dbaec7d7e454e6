import { createHash, X509Certificate } from 'node:crypto';
import { attribute, child, children, descendants, type XmlElement } from '#formats/xml/index.ts';
import { DSIG, readDistinguishedName } from '#formats/xmldsig/index.ts';
import type { Judged } from './types.ts';
import data from './signature.json' with { type: 'json' };

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

/**
 * What makes a signature XAdES: signed properties, covered by a reference of their type, that name the instant and the
 * certificate (protocols.md §2.5, signature of the submission set).
 *
 * @param where of the signature document
 */
export function checkXades({ report }: Judged, where: string, signature: XmlElement): void {
  const add = (path: string, received: string, expected: string, remedy: string, weak = false): void =>
    report.add('XDS-SIGNATURE-XADES', {
      where: `${where}, ${path}`,
      received,
      expected,
      remedy,
      ...(weak ? { severity: 'warning' as const } : {}),
    });
  const properties = data.xades
    .flatMap((namespace) => descendants(signature, 'SignedProperties', namespace))
    .find((one) => one.name.local === 'SignedProperties');
  if (properties === undefined) {
    add(
      signature.path,
      'une signature XML sans SignedProperties',
      'ds:Object/xades:QualifyingProperties/xades:SignedProperties',
      'Signez en XAdES : ajoutez QualifyingProperties (instant de signature, certificat) et faites-le couvrir par SignedInfo.',
    );
    return;
  }
  const { namespace } = properties.name;
  const id = attribute(properties, 'Id', '') ?? '';
  const info = child(signature, 'SignedInfo', DSIG);
  const reference = (info ? children(info, 'Reference', DSIG) : []).find(
    (one) => id !== '' && attribute(one, 'URI', '') === `#${id}`,
  );
  const type = (reference && attribute(reference, 'Type', '')) ?? '';
  if (reference === undefined || !type.endsWith('#SignedProperties')) {
    add(
      reference?.path ?? info?.path ?? signature.path,
      reference === undefined ? 'aucune référence vers SignedProperties' : `Type ${type || 'absent'}`,
      `une référence #${id || 'Id de SignedProperties'}, de Type ${namespace}SignedProperties`,
      'Ajoutez SignedProperties aux références signées, avec son Type.',
    );
  }
  const time = descendants(properties, 'SigningTime', namespace)[0]?.text.trim() ?? '';
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(time) || Number.isNaN(Date.parse(time))) {
    add(properties.path, time || 'pas de SigningTime', 'SigningTime, une date et heure', 'Datez la signature.');
  }
  checkSigningCertificate(signature, properties, add);
  const purposes = descendants(signature, 'SignatureProperty', DSIG).map(({ text }) => text.trim());
  if (!purposes.some((text) => text.includes(data.purpose))) {
    add(
      signature.path,
      purposes.join(', ') || 'pas de SignatureProperty',
      `le but de la signature, ${data.purpose} (Source)`,
      'Ajoutez SignatureProperties/SignatureProperty, dont le contenu est le but de la signature.',
      true,
    );
  }
}

type Add = (path: string, received: string, expected: string, remedy: string, weak?: boolean) => void;

/** SigningCertificate must be there, and be the one of KeyInfo: its digest tells. */
function checkSigningCertificate(signature: XmlElement, properties: XmlElement, add: Add): void {
  const { namespace } = properties.name;
  const holder = ['SigningCertificate', 'SigningCertificateV2'].flatMap((name) =>
    descendants(properties, name, namespace),
  )[0];
  const digest = holder && descendants(holder, 'CertDigest', namespace)[0];
  // Elements of its own in XAdES 1.1.1, those of XML Signature from 1.2.2 on.
  const inside = (name: string): XmlElement | undefined =>
    [DSIG, namespace].flatMap((one) => (digest ? descendants(digest, name, one) : []))[0];
  const value = inside('DigestValue')?.text.replaceAll(/\s/g, '');
  const remedy = 'Mettez dans SigningCertificate le condensat du certificat de KeyInfo, celui qui signe.';
  if (holder === undefined || digest === undefined || !value) {
    add(holder?.path ?? properties.path, 'pas de SigningCertificate', 'SigningCertificate/Cert/CertDigest', remedy);
    return;
  }
  const method = inside('DigestMethod');
  const name = (method && attribute(method, 'Algorithm', '')) ?? '';
  const algorithm = (data.digests as Readonly<Record<string, string>>)[name];
  const certificate = certificateOf(signature);
  if (certificate === undefined || algorithm === undefined) return;
  const expected = createHash(algorithm).update(certificate.raw).digest('base64');
  if (value === expected) return;
  add(digest.path, value, `${expected}, condensat du certificat de KeyInfo`, remedy);
}

function certificateOf(signature: XmlElement): X509Certificate | undefined {
  const info = child(signature, 'KeyInfo', DSIG);
  const text = info && descendants(info, 'X509Certificate', DSIG)[0]?.text;
  if (text === undefined) return undefined;
  try {
    return new X509Certificate(Buffer.from(text, 'base64'));
  } catch {
    return undefined;
  }
}

/** The certificate that signs the set: one that signs, of the structure of the VIHF (D1 of §2.11, EX_GEN-1450). */
export function checkSetCertificate({ report, vihf, request }: Judged, where: string, signature: XmlElement): void {
  const certificate = certificateOf(signature);
  if (certificate === undefined) return;
  const place = `${where}, ${signature.path}/KeyInfo[1]`;
  // Node names `keyUsage` the extended key usages, and gives undefined when the extension is absent.
  const usages: readonly string[] | undefined = certificate.keyUsage;
  const tls = request.tls?.certificate;
  const ofTls = tls !== undefined && Buffer.from(tls).equals(certificate.raw);
  if (usages?.includes(CLIENT_AUTH) || ofTls) {
    report.add('XDS-SIGNATURE-CERTIFICATE', {
      where: place,
      received: ofTls ? 'le certificat présenté dans la session TLS' : 'un certificat d’authentification (clientAuth)',
      expected: 'un certificat de signature (CPS signature, ou cachet ORG_SIGN)',
      remedy: 'Signez le lot avec le certificat qui signe le VIHF ; gardez celui d’authentification pour TLS.',
    });
  }
  if (vihf?.mode === 'DIRECTE') {
    checkSameCard(report, place, certificate, vihf.nameId);
    return;
  }
  // With a CPS card the OU of the certificate is a profession: only organisation certificates name the structure.
  if (vihf === undefined || !vihf.mode.startsWith('INDIRECTE') || vihf.structure === '') return;
  const units = readDistinguishedName(certificate.subject).flatMap((rdn) =>
    rdn.startsWith('OU=') ? [rdn.slice(3)] : [],
  );
  if (units.length === 0 || units.includes(vihf.structure)) return;
  report.add('XDS-SIGNATURE-CERTIFICATE', {
    where: place,
    received: `le certificat de la structure ${units.join(', ')}`,
    expected: `celui de la structure du VIHF, ${vihf.structure}`,
    remedy: 'Signez le lot avec le cachet de la structure au nom de laquelle la requête est faite.',
  });
}

/** In direct authentication the holder of the card signs the VIHF and the set: his number is in both. */
function checkSameCard(report: Judged['report'], place: string, certificate: X509Certificate, nameId: string): void {
  const holder =
    readDistinguishedName(certificate.subject)
      .find((rdn) => rdn.startsWith('CN='))
      ?.slice(3) ?? '';
  if (nameId === '' || holder === nameId) return;
  report.add('XDS-SIGNATURE-CERTIFICATE', {
    where: place,
    received: `la carte de ${holder || 'personne (pas de CN)'}`,
    expected: `celle du VIHF, ${nameId} : l’authentification est directe`,
    remedy: 'Signez le lot avec la carte qui signe le VIHF.',
  });
}
