import type { XmlElement } from 'libxml2-wasm';
import { element, NAMESPACES, readSoap, text } from './soap.ts';
import type { VerificationAnswer } from './types.ts';

/**
 * Reads the answer to a verification, unit or bulk. Never throws. The form is that of `operations.json`, not confirmed.
 *
 * @param ref of the only identity of a unit request; undefined for a bulk one, whose answer names each
 */
export function readVerification(
  contentType: string | undefined,
  body: Uint8Array,
  ref: string | undefined,
): VerificationAnswer {
  return readSoap<VerificationAnswer>(contentType, body, (content) => {
    const result = element(content.get('v:RESULTATVERIF', NAMESPACES));
    if (!result) return { kind: 'illisible', why: "la réponse n'est pas un résultat de vérification INSi" };
    const verdicts = new Map<string, 'OK' | 'KO'>();
    const lines: [string | undefined, XmlElement | undefined][] =
      ref === undefined
        ? result.find('v:Verification', NAMESPACES).map((node) => [element(node)?.attr('ref')?.value, element(node)])
        : [[ref, result]];
    for (const [name, line] of lines) {
      const verdict = line && text(line, 'v:CR/v:LibelleCR')?.toUpperCase();
      if (name === undefined || (verdict !== 'OK' && verdict !== 'KO')) {
        return { kind: 'illisible', why: 'résultat de vérification incomplet' };
      }
      verdicts.set(name, verdict);
    }
    return verdicts.size > 0
      ? { kind: 'verifie', verdicts }
      : { kind: 'illisible', why: 'résultat de vérification vide' };
  });
}
