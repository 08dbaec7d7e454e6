import type { XmlElement } from '#formats/xml/index.ts';

/** Children that a sequence allows, in order. */
export interface Sequence {
  readonly names: readonly string[];
  /** Those that may come several times. */
  readonly repeated?: readonly string[];
}

/**
 * Judges the children of an element as `xs:sequence` does, every element being optional and qualified.
 * @returns a French reason, undefined when they fit
 * Source: protocols.md §1.4 (elementFormDefault qualified, sequences of RECSANSVITALE and RECVITALE).
 */
export function breachOf(parent: XmlElement, { names, repeated = [] }: Sequence): string | undefined {
  let reached = -1;
  for (const node of parent.children) {
    if (node.kind === 'text') {
      if (node.value.trim() === '') continue;
      return `du texte se trouve entre les éléments de ${parent.name.local}`;
    }
    const { local, namespace } = node.name;
    const shown = local.slice(0, 60);
    const place = names.indexOf(local);
    if (place === -1) return `élément ${shown} inconnu dans ${parent.name.local}`;
    if (namespace !== parent.name.namespace) {
      return `élément ${shown} dans l'espace de noms « ${namespace.slice(0, 80)} » au lieu de « ${parent.name.namespace} »`;
    }
    if (place < reached) return `élément ${shown} mal placé dans ${parent.name.local} : ordre ${names.join(', ')}`;
    if (place === reached && !repeated.includes(local)) return `élément ${shown} présent plusieurs fois`;
    reached = place;
  }
  return undefined;
}
