import { getDiffieHellman } from 'node:crypto';

const INTEGER = 0x02;
const SEQUENCE = 0x30;

/** Named groups of RFC 2409 and RFC 3526, by size: published numbers, so that nothing is drawn at start. */
const GROUPS = { 1024: 'modp2', 2048: 'modp14' } as const;

export type DhBits = keyof typeof GROUPS;

/**
 * Diffie-Hellman parameters of a size, for a listener of TLS 1.2.
 * @returns PEM `DH PARAMETERS` (PKCS #3: prime, generator)
 */
export function dhParameters(bits: DhBits): string {
  const group = getDiffieHellman(GROUPS[bits]);
  const body = Buffer.concat([integer(group.getPrime()), integer(group.getGenerator())]);
  const base64 = tagged(SEQUENCE, body).toString('base64');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return `-----BEGIN DH PARAMETERS-----\n${lines.join('\n')}\n-----END DH PARAMETERS-----\n`;
}

function integer(value: Buffer): Buffer {
  // A leading bit set would make it negative.
  const signed = ((value[0] ?? 0) & 0x80) === 0 ? value : Buffer.concat([Buffer.from([0]), value]);
  return tagged(INTEGER, signed);
}

function tagged(tag: number, body: Buffer): Buffer {
  const size = body.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}
