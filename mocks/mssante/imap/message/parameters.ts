/** `value; name=x`, names and values as they are written: RFC 2231 pieces are not joined, encoded words not decoded. */
export interface ParameterisedField {
  readonly value: string;
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

const MAX_PARAMETERS = 50;
const PARAMETER = /;\s*([^\s=;"()]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"()]*))\s*(?:\([^()]*\)\s*)?/y;

/** Reads the value and the parameters of a MIME field, its comments left out (RFC 2045 §5.1). */
export function readParameterised(text: string): ParameterisedField {
  const value = /^\s*([^\s;()]*)/u.exec(text)?.[1] ?? '';
  const parameters: [string, string][] = [];
  let at = text.indexOf(';');
  while (at >= 0 && parameters.length < MAX_PARAMETERS) {
    PARAMETER.lastIndex = at;
    const found = PARAMETER.exec(text);
    if (found === null) {
      at = text.indexOf(';', at + 1);
      continue;
    }
    parameters.push([found[1] ?? '', found[2]?.replaceAll(/\\(.)/gu, '$1') ?? found[3] ?? '']);
    at = text.indexOf(';', PARAMETER.lastIndex);
  }
  return { value, parameters };
}

/** First parameter of that lower-case name. */
export function parameter({ parameters }: ParameterisedField, name: string): string | undefined {
  return parameters.find(([one]) => one.toLowerCase() === name)?.[1];
}
