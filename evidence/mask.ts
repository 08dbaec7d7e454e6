/** The sign left where a secret stood: same in every piece, so that a reader knows it is ours. */
const MASK = '***masqué***';

/**
 * Secrets by place: HTTP credentials, form fields of the token endpoint, tokens in JSON, SASL answers. A form field begins a
 * line or follows `?` or `&`: after a space, `code=` is an attribute of an XML fault, and the reviewer needs it.
 * Source: RFC 7617, RFC 6750, RFC 6749 §4.1.3 and §5.1, RFC 4954 (AUTH), RFC 3501 (LOGIN).
 */
const SECRETS: readonly RegExp[] = [
  /(?<=^(?:Proxy-)?Authorization: *(?:Basic|Bearer|DPoP) +)[^\r\n]+/gim,
  /(?<=^(?:Set-)?Cookie: *)[^\r\n]+/gim,
  /(?<=^(?:ESANTE-API-KEY|X-Api-Key): *)[^\r\n]+/gim,
  /(?<=(?:^|[&?])(?:client_secret|code|code_verifier|refresh_token|access_token|id_token|id_token_hint|password|assertion)=)[^&\s"]+/gim,
  /(?<="(?:access_token|refresh_token|id_token|client_secret|password|code_verifier)"\s*:\s*")[^"]+/gi,
  /(?<=^AUTH (?:PLAIN|XOAUTH2|LOGIN) )[^\r\n]+/gim,
  /(?<=^\S+ LOGIN )[^\r\n]+/gim,
  /-----BEGIN (?:[A-Z ]+)?PRIVATE KEY-----[\s\S]*?-----END (?:[A-Z ]+)?PRIVATE KEY-----/g,
];

const TEXT = /^(text\/|application\/(json|http|x-www-form-urlencoded|xml|soap\+xml)|message\/)/;

/**
 * The rendering that may be shared: secrets replaced, everything else byte for byte the same. Binary pieces carry no
 * secret that we know the place of and come back untouched.
 */
export function maskSecrets(
  bytes: Uint8Array,
  mediaType: string,
): { readonly bytes: Uint8Array; readonly masked: boolean } {
  if (!TEXT.test(mediaType)) return { bytes, masked: false };
  // latin1 keeps every byte; the mask itself is written in UTF-8.
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const mask = Buffer.from(MASK, 'utf8').toString('latin1');
  const text = SECRETS.reduce((current, secret) => current.replace(secret, mask), source);
  return text === source ? { bytes, masked: false } : { bytes: Buffer.from(text, 'latin1'), masked: true };
}
