import { header, headers, leaves } from '#formats/mail/index.ts';
import type { MailPart, MailProblem } from '#formats/mail/index.ts';
import type { Severity } from '#dsr/verdict/index.ts';
import type { MailRule } from '../types.ts';
import { ABSENT, ECO } from '../vocabulary.ts';

const ATEXT = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const DOT_ATOM = `${ATEXT}(?:\\.${ATEXT})*`;
/** RFC 5322 §3.6.4. */
const MESSAGE_ID = new RegExp(`^<(${DOT_ATOM})@(${DOT_ATOM}|\\[[!-Z^-~]*\\])>$`);

const FATAL = new Set<MailProblem['code']>([
  'MAIL_BASE64',
  'MAIL_BOUNDARY_MISSING',
  'MAIL_BOUNDARY_UNCLOSED',
  'MAIL_HEADER_LINE',
  'MAIL_RAW_8BIT_HEADER',
]);

/** Rules on the message itself: identity, threads, type and text. */
export const MESSAGE_RULES: readonly MailRule[] = [
  {
    id: 'MAIL-SOURCE',
    layer: 'wellformed',
    severity: 'error',
    requirements: ['MSS/va1.11'],
    source: 'RFC 5322, RFC 2045 à 2047',
    title: 'La source du message respecte la syntaxe du courriel.',
    expected: 'un message RFC 5322 / MIME sans défaut',
    remedy: 'Corrigez l’écriture du message, ou confiez-la à une bibliothèque MIME.',
    judge: ({ mail, options }) => {
      // RFC 6531 and 6532: once both sides said SMTPUTF8, headers may be UTF-8.
      const utf8 = options.transcript?.some((line) => /^MAIL FROM:.*\sSMTPUTF8\b/i.test(line)) ?? false;
      return mail.problems
        .filter(({ code }) => !(utf8 && code === 'MAIL_RAW_8BIT_HEADER'))
        .map((problem) => ({
          where: problem.where,
          received: problem.message,
          severity: severityOf(problem.code),
        }));
    },
  },
  {
    id: 'MAIL-MESSAGE-ID',
    layer: 'business',
    severity: 'error',
    requirements: ['MSS/va1.12'],
    source: `${ECO('2.2.1')} ; RFC 5322 §3.6.4`,
    title: 'Le message a un Message-ID, et un seul, de la forme <gauche@droite>.',
    expected: 'Message-ID: <identifiant@domaine>',
    remedy: 'Générez un Message-ID par message, selon la RFC 5322.',
    judge: ({ mail }) => {
      const ids = headers(mail, 'Message-ID');
      const [only] = ids;
      if (ids.length === 1 && only && MESSAGE_ID.test(only.value)) return [];
      return [
        {
          where: only ? `Message-ID, ligne ${only.line}` : 'Message-ID',
          received: ids.length > 1 ? `${ids.length} en-têtes` : (only?.value ?? ABSENT),
        },
      ];
    },
  },
  {
    id: 'MAIL-MESSAGE-ID-DOMAIN',
    layer: 'business',
    severity: 'warning',
    requirements: ['MSS/va1.12'],
    source: 'RFC 5322 §3.6.4 : partie droite propre à l’émetteur',
    title: 'La partie droite du Message-ID est le domaine de la messagerie émettrice.',
    expected: 'le domaine de l’adresse From',
    remedy: 'Utilisez le domaine de la boîte émettrice, pas le nom du poste ni une adresse IP.',
    judge: ({ mail, from }) => {
      const right = MESSAGE_ID.exec(header(mail, 'Message-ID') ?? '')?.[2]?.toLowerCase();
      const domain = domainOf(from[0]?.address);
      if (right === undefined || domain === undefined) return [];
      const same = right === domain || right.endsWith(`.${domain}`) || domain.endsWith(`.${right}`);
      return same && right.includes('.') ? [] : [{ where: 'Message-ID', received: right, expected: domain }];
    },
  },
  {
    id: 'MAIL-REPLY-HEADERS',
    layer: 'business',
    severity: 'error',
    requirements: ['MSS/va1.08'],
    source: `${ECO('2.2.2')} ; RFC 5322 §3.6.4`,
    title: 'Une réponse cite le message auquel elle répond.',
    expected: 'In-Reply-To = Message-ID d’origine ; References = références d’origine puis ce Message-ID',
    remedy: 'Renseignez In-Reply-To et References à partir des en-têtes du message reçu.',
    judge: ({ mail, receipt, options: { original } }) => {
      // A receipt names its mail in its own fields.
      if (!original || receipt) return [];
      const reply = header(mail, 'In-Reply-To');
      const references = (header(mail, 'References') ?? '').split(/\s+/).filter((one) => one !== '');
      const wanted = [...(original.references ?? []), original.messageId];
      const kept = wanted.every((one) => references.includes(one)) && references.at(-1) === original.messageId;
      return [
        ...(reply?.trim() === original.messageId
          ? []
          : [{ where: 'In-Reply-To', received: reply ?? ABSENT, expected: original.messageId }]),
        ...(kept
          ? []
          : [{ where: 'References', received: references.join(' ') || ABSENT, expected: wanted.join(' ') }]),
      ];
    },
  },
  {
    id: 'MAIL-CONTENT-TYPE',
    layer: 'business',
    severity: 'error',
    requirements: ['MSS/va1.11'],
    source: ECO('2.2.4'),
    title: 'Le message et son corps déclarent leur type.',
    expected: 'MIME-Version: 1.0 et Content-Type, sur le message et sur chaque partie de texte',
    remedy: 'Ajoutez MIME-Version et Content-Type.',
    judge: ({ mail }) => [
      ...(header(mail, 'MIME-Version')?.startsWith('1.0')
        ? []
        : [{ where: 'MIME-Version', received: header(mail, 'MIME-Version') ?? ABSENT }]),
      ...(mail.root.contentType ? [] : [{ where: 'Content-Type', received: header(mail, 'Content-Type') ?? ABSENT }]),
      ...leaves(mail.root)
        .filter((part) => part !== mail.root && part.contentType === undefined)
        .map((part) => ({ where: `partie ${part.path}, Content-Type`, received: ABSENT })),
    ],
  },
  {
    id: 'MAIL-BODY',
    layer: 'business',
    severity: 'error',
    requirements: ['MSS/va1.11'],
    source: ECO('2.2.4'),
    title: 'Le corps est en texte simple, seul ou en alternative.',
    expected: 'text/plain, ou multipart/alternative qui contient text/plain',
    remedy: 'Ajoutez une version text/plain du corps.',
    judge: ({ mail }) => {
      const alternative = containerOf(mail.root, 'text/html')?.contentType?.type === 'multipart/alternative';
      if (mail.text !== undefined && (mail.html === undefined || alternative)) return [];
      const found = leaves(mail.root).map((part) => part.contentType?.type ?? 'type absent');
      return [{ where: 'corps du message', received: found.join(', ') || ABSENT }];
    },
  },
  {
    id: 'MAIL-TEXT-UTF8',
    layer: 'business',
    severity: 'error',
    requirements: ['MSS/va1.11'],
    source: ECO('2.2.3'),
    title: 'Les textes du message sont en UTF-8.',
    expected: 'charset=UTF-8, et des octets qui sont de l’UTF-8',
    remedy: 'Écrivez le corps en UTF-8 et déclarez-le dans Content-Type.',
    judge: ({ mail }) =>
      leaves(mail.root)
        .filter(({ contentType, fileName }) => contentType?.type.startsWith('text/') && fileName === undefined)
        // Header lines given back by a receipt.
        .filter(({ contentType }) => contentType?.type !== 'text/rfc822-headers')
        .flatMap((part) => {
          const charset = part.contentType?.parameters['charset'];
          const declared = charset?.toLowerCase() === 'utf-8';
          if (declared && isUtf8(part.content)) return [];
          const received = declared ? 'octets qui ne sont pas de l’UTF-8' : `charset ${charset ?? ABSENT}`;
          return [{ where: `partie ${part.path}`, received }];
        }),
  },
  {
    id: 'MAIL-SIZE',
    layer: 'business',
    severity: 'warning',
    requirements: ['MSS/va1.21', 'MSS/va1.01'],
    source: 'Limite de taille des opérateurs (assertion M11)',
    title: 'Le message tient dans la limite de l’opérateur.',
    expected: 'moins de 10 Mo, encodage compris',
    remedy: 'Prévenez l’utilisateur avant l’envoi, ou scindez l’envoi.',
    judge: ({ size, options }) => {
      const limit = options.maxBytes ?? 10 * 1024 * 1024;
      return size <= limit
        ? []
        : [{ where: 'message', received: `${size} octets`, expected: `au plus ${limit} octets` }];
    },
  },
];

/** A source saved to a file often loses its CR: said, without doubt on the mail that was sent. */
function severityOf(code: MailProblem['code']): Severity {
  if (code === 'MAIL_BARE_LINE_FEED') return 'info';
  return FATAL.has(code) ? 'error' : 'warning';
}

function domainOf(address: string | undefined): string | undefined {
  return address?.split('@')[1]?.toLowerCase();
}

function containerOf(part: MailPart, type: string): MailPart | undefined {
  if (part.parts.some((one) => one.contentType?.type === type && one.disposition !== 'attachment')) return part;
  for (const inner of part.parts) {
    const found = containerOf(inner, type);
    if (found) return found;
  }
  return undefined;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
