import type { MailPart } from '#formats/mail/index.ts';
import type { MailRule } from '../types.ts';
import { ECO } from '../vocabulary.ts';
import { firstDifference, wordsOf, wordsOfHtml } from '../words.ts';

/** Rules on a body written twice, in plain text and in HTML (MSS/va1.11). */
export const TEXT_RULES: readonly MailRule[] = [
  {
    id: 'MAIL-ALTERNATIVE-ORDER',
    layer: 'business',
    severity: 'error',
    requirements: ['MSS/va1.11'],
    source: ECO('2.2.4'),
    title: 'Dans une alternative, le texte simple vient avant le HTML.',
    expected: 'une première partie text/plain, une seconde text/html',
    remedy: 'Écrivez la partie text/plain d’abord : un lecteur prend la dernière partie qu’il sait montrer.',
    judge: ({ mail }) =>
      alternatives(mail.root).flatMap((part) => {
        const types = part.parts.map((one) => one.contentType?.type ?? 'type absent');
        const plain = types.indexOf('text/plain');
        const html = types.indexOf('text/html');
        return plain === -1 || html === -1 || plain < html
          ? []
          : [{ where: part.path === '' ? 'corps du message' : `partie ${part.path}`, received: types.join(', ') }];
      }),
  },
  {
    id: 'MAIL-ALTERNATIVE-SAME',
    layer: 'business',
    severity: 'error',
    requirements: ['MSS/va1.11'],
    source: ECO('2.2.4'),
    title: 'Le texte simple et le HTML disent la même chose.',
    expected: 'les mêmes mots, dans le même ordre, dans les deux parties',
    remedy: 'Tirez les deux versions du corps d’un même texte.',
    judge: ({ mail }) => {
      if (mail.text === undefined || mail.html === undefined) return [];
      // A plain text writes the address that HTML keeps behind a link.
      const linkless = mail.text.replace(/[<([]?\bhttps?:\/\/[^\s<>)\]]{1,2000}[>)\]]?/gi, ' ');
      const seen = wordsOfHtml(mail.html);
      const differences = [mail.text, linkless].map((text) => firstDifference(wordsOf(text), seen));
      const [first] = differences;
      return first === undefined || differences.includes(undefined)
        ? []
        : [{ where: 'text/plain / text/html', received: first }];
    },
  },
];

function alternatives(part: MailPart): readonly MailPart[] {
  const own = part.contentType?.type === 'multipart/alternative' ? [part] : [];
  return [...own, ...part.parts.flatMap(alternatives)];
}
