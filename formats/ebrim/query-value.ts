import table from './query-parameters.json' with { type: 'json' };

/** How the values of a parameter of a stored query are written. */
export interface QueryForm {
  /** Between parentheses, even when there is one value only. */
  readonly list?: boolean;
  /** Bare digits; text is between quotes. */
  readonly number?: boolean;
  /** Several slots of that name must all be met; other parameters have one slot. */
  readonly anded?: boolean;
}

const FORMS: ReadonlyMap<string, QueryForm> = new Map(Object.entries(table.parameters));

/** Form of a parameter by name, `$` included; undefined when it is not one of ITI-18. Source: `query-parameters.json`. */
export function queryForm(name: string): QueryForm | undefined {
  return FORMS.get(name);
}

/** One `rim:Value` of a stored query. */
export interface QueryValue {
  readonly values: readonly string[];
  /** French: why it is not written as it must be; undefined when it is. */
  readonly fault?: string;
}

const ITEM = /\s*(?:'((?:[^']|'')*)'|(\d+))\s*(,|$)/y;

/**
 * Reads `('a','b')`, `'a'` or `20260105`: a quote inside a text is doubled. What is badly written is read as a tolerant
 * registry would. Source: IHE ITI TF-2a 3.18.4.1.2.3.5.
 *
 * @param form that the parameter wants; absent, parentheses and quotes are as one likes, if they are right
 */
export function readQueryValue(text: string, form?: QueryForm): QueryValue {
  const trimmed = text.trim();
  const list = /^\([\s\S]*\)$/.test(trimmed);
  const inner = list ? trimmed.slice(1, -1) : trimmed;
  const values: string[] = [];
  let [texts, numbers] = [false, false];
  for (let from = 0; from < inner.length;) {
    ITEM.lastIndex = from;
    const match = ITEM.exec(inner);
    if (!match) return { values: leniently(inner), fault: MALFORMED };
    if (match[1] === undefined) numbers = true;
    else texts = true;
    values.push(match[1]?.replaceAll("''", "'") ?? match[2] ?? '');
    from = ITEM.lastIndex;
    if (match[3] === ',' && inner.slice(from).trim() === '') return { values, fault: MALFORMED };
  }
  const fault = values.length === 0 ? 'vide' : faultOf({ list, texts, numbers, many: values.length > 1 }, form);
  return { values, ...(fault === undefined ? {} : { fault }) };
}

const MALFORMED =
  'mal écrite : un texte est entre apostrophes, doublées à l’intérieur, et une virgule sépare deux valeurs';

interface Written {
  readonly list: boolean;
  readonly texts: boolean;
  readonly numbers: boolean;
  readonly many: boolean;
}

function faultOf({ list, texts, numbers, many }: Written, form: QueryForm | undefined): string | undefined {
  if (many && !list) return 'plusieurs valeurs sans parenthèses';
  if (form === undefined) return undefined;
  if (form.list === true && !list) return 'sans parenthèses, alors que ce paramètre prend une liste';
  if (form.list !== true && list) return 'entre parenthèses, alors que ce paramètre ne prend qu’une valeur';
  if (form.number === true) return texts ? 'entre apostrophes, alors que c’est un nombre' : undefined;
  return numbers ? 'sans apostrophes, alors que c’est un texte' : undefined;
}

/** What a tolerant registry would understand of it. */
function leniently(inner: string): string[] {
  const quoted = [...inner.matchAll(/'((?:[^']|'')*)'/g)].map((match) => (match[1] ?? '').replaceAll("''", "'"));
  if (quoted.length > 0) return quoted;
  return inner
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');
}
