import { readXml } from '#formats/xml/index.ts';
import type { XdmEntry } from '#formats/xdm/index.ts';
import type { Breach } from '../rule/index.ts';
import data from './presentation.json' with { type: 'json' };
import { ITI, MAILED } from './layout.ts';
import type { XdmRule, XdmSubject } from './types.ts';

/** More than a presentation needs; what is beyond is not looked at. */
const MAX_BYTES = 256 * 1024;

const TOPICS: readonly { readonly name: string; readonly pattern: RegExp; readonly weak: boolean }[] = data.readme.map(
  ({ name, pattern, severity }) => ({ name, pattern: new RegExp(pattern, 'i'), weak: severity === 'warning' }),
);

/** Rules on what README.TXT and INDEX.HTM tell the person who opens the archive. */
export const PRESENTATION_RULES: readonly XdmRule[] = [
  {
    id: 'XDM-README-CONTENT',
    layer: 'business',
    severity: 'error',
    requirements: MAILED,
    source: ITI('README.TXT'),
    title: 'README.TXT présente l’émetteur, son application, les instructions et l’arborescence.',
    expected:
      'émetteur (nom, organisme, adresse, téléphone), application (nom, version, éditeur), instructions, arborescence',
    remedy: 'Complétez README.TXT : une rubrique par sujet.',
    judge: (subject) => {
      const entry = fileOf(subject, 'README.TXT');
      if (!entry || entry.bytes.length === 0) return [];
      const text = textOf(entry);
      return TOPICS.filter(({ pattern }) => !pattern.test(text)).map(({ name, weak }): Breach => ({
        where: entry.name,
        received: `rien sur ${name}`,
        ...(weak ? { severity: 'warning' as const } : {}),
      }));
    },
  },
  {
    id: 'XDM-INDEX-CONTENT',
    layer: 'business',
    severity: 'error',
    requirements: MAILED,
    source: ITI('INDEX.HTM'),
    title: 'INDEX.HTM dit qui envoie, et mène à README.TXT.',
    expected: 'une page XHTML avec l’identité de l’émetteur et un lien vers README.TXT',
    remedy: 'Écrivez le nom de l’émetteur et un lien relatif README.TXT dans INDEX.HTM.',
    judge: (subject) => {
      const entry = fileOf(subject, 'INDEX.HTM');
      if (!entry || entry.bytes.length === 0) return [];
      const text = textOf(entry);
      // The DTD of XHTML is named, never fetched.
      const page = readXml(text.replace(/^\uFEFF/, '').replace(/<!DOCTYPE[^>[]{0,500}>/i, ''));
      const body = page.ok ? (bodyOf(text) ?? '') : text;
      const said = seenIn(body);
      return [
        ...(/<a\s[^>]{0,500}?href\s*=\s*["'](?:\.\/)?README\.TXT["']/i.test(text)
          ? []
          : [{ where: entry.name, received: 'aucun lien vers README.TXT' }]),
        ...(/\p{L}{2}/u.test(said) ? [] : [{ where: entry.name, received: 'aucune identité de l’émetteur' }]),
        ...(page.ok
          ? []
          : [
              {
                where: entry.name,
                received: `XHTML mal formé : ${page.fault.message}`,
                severity: 'warning' as const,
              },
            ]),
      ];
    },
  },
];

function fileOf({ xdm }: XdmSubject, name: string): XdmEntry | undefined {
  const wanted = `${xdm.prefix}${name}`.toUpperCase();
  return xdm.entries.find((one) => one.name.toUpperCase() === wanted);
}

function textOf({ bytes }: XdmEntry): string {
  const head = bytes.subarray(0, MAX_BYTES);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(head);
  } catch {
    return new TextDecoder('windows-1252').decode(head);
  }
}

function bodyOf(html: string): string | undefined {
  const start = html.search(/<body[\s>]/i);
  return start === -1 ? undefined : html.slice(start);
}

/** What is read outside of markup and of links. */
function seenIn(html: string): string {
  let seen = '';
  let link = false;
  for (const piece of html.split('<').slice(1)) {
    const end = piece.indexOf('>');
    const tag = piece.slice(0, end === -1 ? piece.length : end);
    if (/^a[\s]/i.test(tag)) link = true;
    else if (/^\/a\s*$/i.test(tag)) link = false;
    if (!link && end !== -1) seen += ` ${piece.slice(end + 1)}`;
  }
  return seen;
}
