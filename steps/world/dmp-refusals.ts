import type { HttpExchange } from '#formats/exchange/index.ts';
import { dmpCalls, isAccepted } from './dmp-calls.ts';
import type { ScenarioWorld } from './scenario-world.ts';

/** What the DMP said of a call that it refused: each code with its label, empty when it gave none. */
export interface Refusal {
  readonly code: string;
  readonly label: string;
}

/**
 * Codes and labels of an answer of the DMP: registry errors, SOAP fault (its subcode, or its code), acknowledgement of
 * TD0.2. Empty when it refused nothing. Source: protocols.md §2.9.
 */
export function refusalsIn({ response }: Pick<HttpExchange, 'response'>): readonly Refusal[] {
  const answer = Buffer.from(response?.body ?? []).toString('utf8');
  const registry = tags(answer, 'RegistryError').map((tag) => ({
    code: attribute(tag, 'errorCode'),
    label: attribute(tag, 'codeContext'),
  }));
  if (registry.length > 0) return registry;
  const [fault] = contents(answer, 'Fault');
  if (fault !== undefined) {
    const code = (contents(fault, 'Value').at(-1) ?? '').replace(/^.*:/, '').trim();
    return [{ code, label: contents(fault, 'Text')[0] ?? '' }];
  }
  return contents(answer, 'acknowledgementDetail').map((detail) => ({
    code: attribute(tags(detail, 'code')[0] ?? '', 'code'),
    label: contents(detail, 'text')[0] ?? '',
  }));
}

/** What the DMP refused to the scenario since a mark, the last call first. */
export function refusalsOf(world: ScenarioWorld, since = world.mark): readonly Refusal[] {
  return dmpCalls(world, undefined, since)
    .filter((call) => !isAccepted(call))
    .toReversed()
    .flatMap(refusalsIn);
}

/** What of this refusal a sentence does not say: `code`, `libellé`. A screen may change the case, spaces and accents. */
export function unsaid({ code, label }: Refusal, sentence: string): readonly string[] {
  const said = plain(sentence);
  return [
    ...(said.includes(plain(code)) ? [] : [`le code « ${code} »`]),
    ...(said.includes(plain(label)) ? [] : [`le libellé « ${label} »`]),
  ];
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .replaceAll('’', "'")
    .replaceAll(/\s+/g, ' ')
    .replace(/[.\s]+$/, '')
    .trim()
    .toLowerCase();
}

function tags(xml: string, name: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<(?:[\\w.-]+:)?${name}(?=[\\s/>])[^>]*>`, 'g'))].map(([tag]) => tag);
}

function contents(xml: string, name: string): readonly string[] {
  const found = xml.matchAll(new RegExp(`<((?:[\\w.-]+:)?)${name}(?:\\s[^>]*)?>([\\s\\S]*?)</\\1${name}\\s*>`, 'g'));
  return [...found].map(([, , content = '']) => unescape(content));
}

function attribute(tag: string, name: string): string {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return unescape(found?.[1] ?? found?.[2] ?? '');
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function unescape(text: string): string {
  return text.replaceAll(
    /&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );
}
