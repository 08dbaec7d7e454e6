/**
 * Whether a document declares a DTD. Only the prolog may hold one (XML 1.0 §2.8), so the scan stops at the first element:
 * it is linear, and it runs before the parser sees anything.
 *
 * @param text the document without BOM
 */
export function declaresDtd(text: string): boolean {
  let at = 0;
  for (;;) {
    while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
    if (text.startsWith('<?', at)) at = after(text, '?>', at);
    else if (text.startsWith('<!--', at)) at = after(text, '-->', at);
    else return text.startsWith('<!DOCTYPE', at);
  }
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found === -1 ? text.length : found + mark.length;
}
