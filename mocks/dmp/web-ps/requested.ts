import { isValidIns } from '#formats/nir/index.ts';
import catalogue from './pages.json' with { type: 'json' };

/** A page of direct access. Source: `pages.json`. */
export interface Page {
  readonly name: string;
  readonly title: string;
  /** Whether an INS follows: `obligatoire`, `facultatif`, `aucun`. */
  readonly patient: string;
  /** Shown whatever the state of the record is. */
  readonly whatever: boolean;
}

/** What the browser asked. */
export interface Requested {
  readonly page: string;
  /** Absent when the path holds no INS. */
  readonly ins?: string;
  /** Query string without `?`. */
  readonly query: string;
  readonly userAgent: string;
  readonly referer: string;
}

/** One check of the request, and what it found. */
export interface WebPsCheck {
  readonly id: 'WEBPS-PATH' | 'WEBPS-INS' | 'WEBPS-CONTEXT' | 'WEBPS-REFERER' | 'WEBPS-BROWSER';
  readonly title: string;
  readonly ok: boolean;
  readonly received: string;
  readonly expected: string;
}

/** The page of exactly this name. */
export function pageOf(name: string): Page | undefined {
  return catalogue.pages.find((one) => one.name === name);
}

/** The page that was probably meant: the same letters in another case. */
export function pageMeant(name: string): Page | undefined {
  return catalogue.pages.find((one) => one.name.toLowerCase() === name.toLowerCase());
}

const BROWSER = /^Mozilla\/5\.0 /;
/** Fifteen characters that read as an INS, wherever they are. */
const ANY_INS = /[12378]\d{4}(?:\d\d|2[AB])\d{8}/i;

/**
 * What can be seen of a direct access from the site: path, INS, nothing else about the patient, a browser.
 * Source: protocols.md §3, W1 to W4.
 */
export function checkRequested({ page, ins, query, userAgent, referer }: Requested): readonly WebPsCheck[] {
  const known = pageOf(page);
  const meant = pageMeant(page);
  const path = `/${catalogue.root}/${page}${ins === undefined ? '' : `/${ins}`}`;
  const pathOk =
    known !== undefined && (ins === undefined ? known.patient !== 'obligatoire' : known.patient !== 'aucun');
  const names = catalogue.pages.map(({ name }) => name).join(', ');
  return [
    {
      id: 'WEBPS-PATH',
      title: "L'adresse est l'une des dix du guide, à la majuscule près.",
      ok: pathOk,
      received: path,
      expected: shapeOf(known ?? meant) ?? `/${catalogue.root}/ puis l'un de : ${names}`,
    },
    ...(ins === undefined ? [] : [checkIns(ins)]),
    {
      id: 'WEBPS-CONTEXT',
      title: "Rien d'autre que l'INS n'est transmis dans l'adresse.",
      ok: query === '',
      received: query === '' ? 'aucun paramètre' : `?${query}`,
      expected: 'aucun paramètre de requête',
    },
    {
      id: 'WEBPS-REFERER',
      title: "La page d'où vient l'utilisateur ne dit rien du patient.",
      ok: !ANY_INS.test(decoded(referer)) && !referer.includes('?'),
      received: referer === '' ? 'absent' : referer,
      expected: 'pas de Referer, ou une adresse sans paramètre ni INS',
    },
    {
      id: 'WEBPS-BROWSER',
      title: "La page est ouverte par le navigateur de l'utilisateur.",
      ok: BROWSER.test(userAgent),
      received: userAgent === '' ? 'User-Agent absent' : userAgent,
      expected: "le User-Agent d'un navigateur (Mozilla/5.0 …)",
    },
  ];
}

function shapeOf(page: Page | undefined): string | undefined {
  if (!page) return undefined;
  const path = `/${catalogue.root}/${page.name}`;
  if (page.patient === 'aucun') return path;
  return page.patient === 'obligatoire' ? `${path}/[INS]` : `${path} ou ${path}/[INS]`;
}

function checkIns(ins: string): WebPsCheck {
  return {
    id: 'WEBPS-INS',
    title: "L'INS a 15 caractères et une clé juste.",
    ok: isValidIns(ins),
    received: ins,
    expected: '13 caractères du matricule puis 2 chiffres de clé',
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
