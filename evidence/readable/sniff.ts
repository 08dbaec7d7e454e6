/** What bytes are, whatever they are said to be. */
export type Kind = 'mail' | 'http' | 'text' | 'zip' | 'gzip' | 'pdf' | 'media' | 'key' | 'binary';

const MEDIA: readonly (readonly [offset: number, hex: string])[] = [
  [0, '89504e470d0a1a0a'],
  [0, 'ffd8ff'],
  [0, '47494638'],
  [0, '49492a00'],
  [0, '4d4d002a'],
  [0, '424d'],
  [4, '66747970'],
  [0, '1a45dfa3'],
  [0, '4f676753'],
  [0, '494433'],
  [0, '00000100'],
];
/** Headers that open a mail or one of its parts. */
const MAIL_FIELD = /^(?:from|to|subject|date|received|mime-version|content-type|message-id|return-path):/iu;
const FIELD = /^[!-9;-~]+:|^[ \t]/u;
const MOST_FIELDS = 60;
const HTTP_LINE = /^(?:HTTP\/\d(?:\.\d)? \d{3}|[A-Z]{3,10} \S{1,4000} HTTP\/\d)/u;

/** @param mediaType as announced; decides where bytes alone cannot */
export function kindOf(bytes: Uint8Array, mediaType: string): Kind {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 4096));
  const starts = (hex: string, offset = 0): boolean => head.toString('hex', offset, offset + hex.length / 2) === hex;
  if (starts('504b0304') || starts('504b0506')) return 'zip';
  if (starts('1f8b08')) return 'gzip';
  if (head.toString('latin1', 0, 1024).includes('%PDF-')) return 'pdf';
  if (MEDIA.some(([offset, hex]) => starts(hex, offset)) || isRiff(head)) return 'media';
  if (isDerKey(bytes)) return 'key';
  if (!isText(head)) return 'binary';
  const text = head.toString('latin1');
  if (HTTP_LINE.test(text)) return 'http';
  if (mediaType.startsWith('message/rfc822') || opensLikeMail(text)) return 'mail';
  return 'text';
}

/** Fields of a header, one of which only mails and their parts have. */
function opensLikeMail(text: string): boolean {
  for (const line of text.split('\n', MOST_FIELDS)) {
    if (MAIL_FIELD.test(line)) return true;
    if (!FIELD.test(line)) return false;
  }
  return false;
}

function isRiff(head: Buffer): boolean {
  return head.toString('latin1', 0, 4) === 'RIFF' && /^(?:WEBP|AVI |WAVE)$/u.test(head.toString('latin1', 8, 12));
}

/** PKCS#12, PKCS#8, PKCS#1 and SEC1 private keys, in DER: by their version and first identifiers. */
function isDerKey(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 80)).toString('hex');
  if (!head.startsWith('30')) return false;
  return (
    /^30(?:8[1-4](?:[0-9a-f]{2}){1,4}?|[0-7][0-9a-f])020103308[0-4]?(?:[0-9a-f]{2}){1,4}?06092a864886f70d0107/u.test(
      head,
    ) ||
    /^30(?:8[1-4](?:[0-9a-f]{2}){1,4}?|[0-7][0-9a-f])02010030(?:[0-9a-f]{2})(?:06092a864886f70d0101|06072a8648ce3d0201|06032b65)/u.test(
      head,
    ) ||
    /^30(?:8[1-4](?:[0-9a-f]{2}){1,4}?|[0-7][0-9a-f])020101042[0-9a-f]/u.test(head) ||
    /^308[12](?:[0-9a-f]{2}){1,2}02010002(?:8[12](?:[0-9a-f]{2}){1,2}|[0-7][0-9a-f])00/u.test(head)
  );
}

/** Text has few controls; UTF-16 has a zero every other byte. */
function isText(head: Buffer): boolean {
  if (head.length === 0) return true;
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return true;
  let controls = 0;
  let zeros = 0;
  for (const byte of head) {
    if (byte === 0) zeros += 1;
    else if (byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b && byte !== 0x1c) controls += 1;
  }
  if (controls / head.length > 0.02) return false;
  return zeros === 0 || Math.abs(zeros / head.length - 0.5) < 0.1;
}
