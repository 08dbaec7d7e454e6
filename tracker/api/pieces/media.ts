/** Types that a browser shows without running anything of theirs. SVG is not one: it may hold scripts. */
const SHOWN_AS_IS = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'video/mp4',
  'video/webm',
  'audio/mpeg',
  'audio/wav',
]);

const TEXT =
  /^(?:text\/|message\/|image\/svg\+xml$|application\/(?:[\w.+-]+\+)?(?:xml|json|x-ndjson|http|x-www-form-urlencoded|hl7-v2|edi-hl7|javascript|pem-certificate-chain)$)/;

/** Whether a piece is read as text: XML, HTML, SVG, mail, HL7… */
export function isShownAsText(mediaType: string): boolean {
  return TEXT.test(bare(mediaType));
}

/**
 * How a piece is served: whatever could run in the tracker's own origin (HTML, SVG, XML with a stylesheet) is plain
 * text, and what is neither text, image nor film is a download.
 */
export function servedAs(mediaType: string): { readonly contentType: string; readonly inline: boolean } {
  const type = bare(mediaType);
  if (SHOWN_AS_IS.has(type)) return { contentType: type, inline: true };
  if (isShownAsText(type)) return { contentType: 'text/plain; charset=utf-8', inline: true };
  return { contentType: 'application/octet-stream', inline: false };
}

function bare(mediaType: string): string {
  return (mediaType.split(';')[0] ?? '').trim().toLowerCase();
}
