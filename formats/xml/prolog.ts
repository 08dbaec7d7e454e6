/**
 * Whether a document declares a DTD. Only the prolog may hold one (XML 1.0 §2.8), so the scan stops at the first element:
 * it is linear, and it runs before the parser sees anything.
 *
 * @param text the document without BOM
 */
export function declaresDtd(text: string): boolean {
  return text.startsWith('<!DOCTYPE', prologOf(text).end);
}

/**
 * Processing instructions before the first element, comments left out.
 *
 * @param text the document without BOM
 * @returns what stands between `<?` and `?>` of each; the XML declaration is the first, when there is one
 */
export function instructionsOf(text: string): readonly string[] {
  return prologOf(text).instructions;
}

function prologOf(text: string): { readonly instructions: readonly string[]; readonly end: number } {
  const instructions: string[] = [];
  let at = 0;
  for (;;) {
    while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
    if (text.startsWith('<?', at)) {
      const end = after(text, '?>', at);
      instructions.push(text.slice(at + 2, end - 2));
      at = end;
    } else if (text.startsWith('<!--', at)) at = after(text, '-->', at);
    else return { instructions, end: at };
  }
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found === -1 ? text.length : found + mark.length;
}
