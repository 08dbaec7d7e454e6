import forge from 'node-forge';

/**
 * A PKCS#12 in the form old tools read: PBE SHA-1 / 3DES, SHA-1 MAC. Modern tools read it too.
 * @param chain PEM certificates, leaf first
 */
export function makePkcs12(keyPem: string, chain: readonly string[], passphrase: string, alias: string): Uint8Array {
  const asn1 = forge.pkcs12.toPkcs12Asn1(
    forge.pki.privateKeyFromPem(keyPem),
    chain.map((pem) => forge.pki.certificateFromPem(pem)),
    passphrase,
    { algorithm: '3des', friendlyName: alias, generateLocalKeyId: true },
  );
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'latin1');
}
