import { wireNstring, wireString, type Wire } from '../protocol/strings.ts';
import { wireEnvelope } from './envelope.ts';
import type { ParameterisedField } from './parameters.ts';
import type { MailPart } from './structure.ts';

/**
 * Writes BODY, or BODYSTRUCTURE with its extension data (RFC 3501 §7.4.2).
 * @param extended BODYSTRUCTURE
 */
export function wireBodyStructure(source: Buffer, part: MailPart, extended: boolean): Wire {
  const inner = (one: MailPart): Wire => wireBodyStructure(source, one, extended);
  const last = [wireDisposition(part.disposition), wireLanguages(part.languages), wireNstring(part.location)];
  if (part.children.length > 0) {
    const more = extended ? ['', wireParameters(part.parameters), ...last].join(' ') : '';
    return `(${part.children.map(inner).join('')} ${wireString(part.subtype)}${more})`;
  }
  const items = [
    wireString(part.type),
    wireString(part.subtype),
    wireParameters(part.parameters),
    wireNstring(part.id),
    wireNstring(part.description),
    wireString(part.encoding),
    String(part.end - part.bodyStart),
  ];
  const { message } = part;
  if (message !== undefined) items.push(wireEnvelope(source, message.start, message.bodyStart), inner(message));
  if (message !== undefined || part.type === 'TEXT') items.push(String(part.lines));
  if (extended) items.push(wireNstring(part.md5), ...last);
  return `(${items.join(' ')})`;
}

function wireParameters(parameters: ParameterisedField['parameters']): Wire {
  if (parameters.length === 0) return 'NIL';
  return `(${parameters.map(([name, value]) => `${wireString(name.toUpperCase())} ${wireString(value)}`).join(' ')})`;
}

function wireDisposition(disposition: ParameterisedField | undefined): Wire {
  if (disposition === undefined || disposition.value === '') return 'NIL';
  return `(${wireString(disposition.value.toUpperCase())} ${wireParameters(disposition.parameters)})`;
}

function wireLanguages(languages: readonly string[]): Wire {
  if (languages.length === 0) return 'NIL';
  return languages.length === 1 ? wireString(languages[0] ?? '') : `(${languages.map(wireString).join(' ')})`;
}
