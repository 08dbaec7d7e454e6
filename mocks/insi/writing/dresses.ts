import type { Space } from './parts.ts';

/**
 * How an answer is written. Real answers were seen with two prefixes for one namespace and declarations that nothing
 * uses; varying all that XML leaves free catches products that read it with regular expressions (protocols.md §1.4).
 */
export interface Dress {
  readonly name: string;
  /** Prefix of each namespace; empty for a default namespace. `siram` has always one: it qualifies a value. */
  readonly prefixes: Readonly<Record<Space, string>>;
  /** Whether wsa:Action and wsa:RelatesTo are sent; without them there is no Header, or an empty one. */
  readonly header: 'addressing' | 'empty' | 'absent';
  /** Where prefixes are declared: all on the root, or where they are first used. */
  readonly declare: 'root' | 'use';
  /** Declarations that nothing uses, on the result. */
  readonly unused?: Readonly<Record<string, string>>;
  /** XML declaration, as written; empty for none. */
  readonly prolog: string;
  /** Between elements: line end and indentation; empty for none. */
  readonly newline: string;
  readonly indent: string;
  readonly quote: '"' | "'";
  /** Whether attributes come before declarations, and in the reverse order. */
  readonly attributesFirst: boolean;
  /** How texts are escaped. */
  readonly text: 'entities' | 'numeric' | 'cdata';
  /** `<Sexe/>` or `<Sexe></Sexe>`. */
  readonly selfClosing: boolean;
  /** Comments between elements. */
  readonly comments: boolean;
}

const UTF8 = '<?xml version="1.0" encoding="UTF-8"?>';

/** That of the published examples. Source: protocols.md annex A.1. */
export const PUBLISHED: Dress = {
  name: 'publié',
  prefixes: { soap: 'soap', body: 'soap', wsa: 'wsa', result: '', siram: 'siram' },
  header: 'addressing',
  declare: 'use',
  prolog: UTF8,
  newline: '',
  indent: '',
  quote: '"',
  attributesFirst: false,
  text: 'entities',
  selfClosing: true,
  comments: false,
};

/** Each answer takes the next one. The first is what was recorded on the CNDA platform (protocols.md §1.4). */
export const DRESSES: readonly Dress[] = [
  {
    ...PUBLISHED,
    name: 'enregistré',
    prefixes: { ...PUBLISHED.prefixes, body: 'env' },
    header: 'absent',
    unused: { ns2: 'http://www.cnamts.fr/INSiRecVit', ns3: 'http://www.cnamts.fr/INSiRecSans' },
  },
  {
    ...PUBLISHED,
    name: 'préfixes partout, indenté',
    prefixes: { soap: 'S', body: 'S', wsa: 'ns3', result: 'ns4', siram: 'ns5' },
    declare: 'root',
    unused: { ns2: 'urn:siram:bam:ctxbam' },
    newline: '\n',
    indent: '  ',
  },
  {
    ...PUBLISHED,
    name: 'enveloppe sans préfixe',
    prefixes: { soap: '', body: '', wsa: 'a', result: 'ins', siram: 's' },
    quote: "'",
    attributesFirst: true,
    selfClosing: false,
  },
  PUBLISHED,
  {
    ...PUBLISHED,
    name: 'CDATA, fins de ligne Windows',
    prefixes: { soap: 'SOAP-ENV', body: 'env', wsa: 'wsa5', result: 'soap', siram: 'S' },
    header: 'empty',
    newline: '\r\n',
    indent: '\t',
    text: 'cdata',
    selfClosing: false,
  },
  {
    ...PUBLISHED,
    name: 'commentaires et références numériques',
    prefixes: { soap: 'e', body: 'b', wsa: '', result: 'r-1', siram: '_s' },
    prolog: "<?xml version='1.0' encoding='utf-8' standalone='yes'?>\n",
    declare: 'root',
    newline: '\n',
    indent: ' ',
    quote: "'",
    attributesFirst: true,
    text: 'numeric',
    comments: true,
  },
  {
    ...PUBLISHED,
    name: 'sans déclaration XML',
    prefixes: { soap: 'soapenv', body: 'soap', wsa: 'wsa', result: '', siram: 'siram' },
    prolog: '',
    unused: { xsi: 'http://www.w3.org/2001/XMLSchema-instance', soapenv2: 'http://www.w3.org/2003/05/soap-envelope' },
    attributesFirst: true,
  },
];

/** The dress of an answer. @param turn rank of the answer, from 0 */
export function dressOf(turn: number, publishedShapeOnly: boolean): Dress {
  return publishedShapeOnly ? PUBLISHED : (DRESSES[turn % DRESSES.length] ?? PUBLISHED);
}
