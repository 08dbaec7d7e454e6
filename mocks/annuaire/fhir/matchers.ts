import { answersDate, readDate } from './dates.ts';
import type { ParameterKind, SearchParameter } from './parameters.ts';
import type { FhirResource } from './resources.ts';

/** Modifiers of each kind, `:missing` apart, which every parameter takes; a reference takes the type it leads to. */
export const MODIFIERS: Readonly<Record<ParameterKind, readonly string[]>> = {
  string: ['exact', 'contains'],
  token: ['not'],
  reference: [],
  date: [],
};

/** Whether a resource answers one criterion; the wanted values are alternatives (`a,b`). */
export function matches(
  resource: FhirResource,
  parameter: SearchParameter,
  modifier: string | undefined,
  wanted: readonly string[],
): boolean {
  const held = parameter.values(resource);
  if (modifier === 'missing') return (held.length === 0) === (wanted[0] === 'true');
  const found = wanted.some((one) => held.some((value) => same(parameter.kind, modifier, value, one)));
  return modifier === 'not' ? !found : found;
}

function same(kind: ParameterKind, modifier: string | undefined, held: string, wanted: string): boolean {
  switch (kind) {
    case 'string':
      if (modifier === 'exact') return held === wanted;
      return modifier === 'contains' ? fold(held).includes(fold(wanted)) : fold(held).startsWith(fold(wanted));
    case 'token':
      return sameToken(held, wanted);
    case 'reference':
      return held === wanted || held.endsWith(`/${wanted}`) || wanted.endsWith(`/${held}`);
    case 'date': {
      const asked = readDate(wanted);
      return asked !== undefined && answersDate(Date.parse(held), asked);
    }
  }
}

/** `code`, `|code`, `system|code`, `system|`. */
function sameToken(held: string, wanted: string): boolean {
  const at = wanted.lastIndexOf('|');
  const code = held.slice(held.lastIndexOf('|') + 1);
  if (at < 0) return code === wanted;
  const system = held.slice(0, held.lastIndexOf('|'));
  const [wantedSystem, wantedCode] = [wanted.slice(0, at), wanted.slice(at + 1)];
  return system === wantedSystem && (wantedCode === '' || wantedCode === code);
}

/** Case and accents do not count (FHIR string search). */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
