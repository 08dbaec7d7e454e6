import { addProblem } from './problems.ts';
import type { MailProblem } from './types.ts';

const CR = 0x0d;
const LF = 0x0a;
/** RFC 5322 §2.1.1, without its CRLF. */
const LONGEST_LINE = 998;

/** What is wrong with the lines of a source, each defect once, where it first stands. */
export function checkLines(source: Uint8Array, problems: MailProblem[]): void {
  let bare: number | undefined;
  let long: number | undefined;
  let line = 1;
  for (let start = 0; start < source.length; line += 1) {
    const feed = source.indexOf(LF, start);
    const end = feed === -1 ? source.length : feed;
    const returned = end > start && source[end - 1] === CR;
    if (feed !== -1 && !returned) bare ??= line;
    if (end - start - (returned ? 1 : 0) > LONGEST_LINE) long ??= line;
    start = end + 1;
  }
  if (bare !== undefined) {
    addProblem(problems, {
      code: 'MAIL_BARE_LINE_FEED',
      where: `ligne ${bare}`,
      message: 'Une ligne finit par LF seul au lieu de CRLF (RFC 5322 §2.3).',
    });
  }
  if (long !== undefined) {
    addProblem(problems, {
      code: 'MAIL_LINE_TOO_LONG',
      where: `ligne ${long}`,
      message: `Une ligne dépasse ${LONGEST_LINE} octets : un serveur peut la refuser ou la couper (RFC 5322 §2.1.1).`,
    });
  }
  const nul = source.indexOf(0);
  if (nul !== -1) {
    addProblem(problems, {
      code: 'MAIL_NUL',
      where: `octet ${nul + 1}`,
      message: 'Le message contient un octet nul, que le courriel n’admet pas (RFC 5322 §4, RFC 2045 §2.8).',
    });
  }
}

const STARTS: readonly (readonly [bytes: readonly number[], sentence: string])[] = [
  [[0xd0, 0xcf, 0x11, 0xe0], 'C’est un fichier Outlook (.msg) : exportez la source du message (.eml).'],
  [[0x50, 0x4b, 0x03, 0x04], 'C’est une archive ZIP, pas une source de mail.'],
  [[0xff, 0xfe], 'Ce fichier est en UTF-16 : enregistrez la source du message telle quelle (.eml).'],
  [[0xfe, 0xff], 'Ce fichier est en UTF-16 : enregistrez la source du message telle quelle (.eml).'],
];

/** French sentence: why a file cannot be the source of a mail; undefined when nothing tells. */
export function notAMail(source: Uint8Array): string | undefined {
  const known = STARTS.find(([bytes]) => bytes.every((byte, at) => source[at] === byte));
  if (known !== undefined) return known[1];
  return source.includes(CR) && !source.includes(LF)
    ? 'Les lignes de ce fichier finissent par CR seul : exportez la source du message sans conversion (CRLF).'
    : undefined;
}
