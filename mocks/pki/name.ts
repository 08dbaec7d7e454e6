import type { Profile } from './profiles.ts';
import { x509 } from './x509.ts';

/**
 * A subject whose RDNs of several types are in the order that DER wants: an RDN is a SET OF, sorted by the encoding of its
 * members (X.690 §11.6). The generator writes them in the order given.
 */
export function inDer(subject: Profile['subject']): Record<string, string[]>[] {
  return subject.map((rdn) => {
    const members = Object.entries(rdn).flatMap(([type, values]) =>
      values.map((value) => ({ type, value, der: encoded(type, value) })),
    );
    members.sort((one, other) => Buffer.compare(one.der, other.der));
    const sorted: Record<string, string[]> = {};
    for (const { type, value } of members) (sorted[type] ??= []).push(value);
    return sorted;
  });
}

/** DER of one AttributeTypeAndValue, as the generator writes it: the only member of a name of one RDN. */
function encoded(type: string, value: string): Uint8Array {
  const name = Buffer.from(new x509.Name([{ [type]: [value] }]).toArrayBuffer());
  // SEQUENCE { SET { member } }: two headers to skip.
  return content(content(name));
}

function content(der: Uint8Array): Uint8Array {
  const length = der[1] ?? 0;
  return der.subarray(length < 0x80 ? 2 : 2 + (length & 0x7f));
}
