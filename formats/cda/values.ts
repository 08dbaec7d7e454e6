import { attribute, child, children } from '../xml/index.ts';
import type { XmlElement } from '../xml/index.ts';
import type { CdaCode, CdaId, CdaTelecom, CdaTime, Located } from './types.ts';

export const HL7_V3 = 'urn:hl7-org:v3';

type Optional<Key extends string> = { readonly [K in Key]?: string };

/** The named attributes that are present; absent ones leave no key, as `exactOptionalPropertyTypes` asks. */
export function optional<Key extends string>(e: XmlElement | undefined, ...names: Key[]): Optional<Key> {
  const found: { [name: string]: string } = {};
  for (const name of names) {
    const value = e ? attribute(e, name, '') : undefined;
    if (value !== undefined) found[name] = value;
  }
  return found as Optional<Key>;
}

export function located(e: XmlElement): Located {
  return { path: e.path, line: e.line };
}

export function readId(e: XmlElement): CdaId {
  return { ...located(e), root: attribute(e, 'root', '') ?? '', ...optional(e, 'extension', 'nullFlavor') };
}

export function readIds(e: XmlElement | undefined, name = 'id'): readonly CdaId[] {
  return e ? children(e, name, HL7_V3).map(readId) : [];
}

export function readCode(e: XmlElement | undefined): CdaCode | undefined {
  return e ? { ...located(e), ...optional(e, 'code', 'codeSystem', 'displayName', 'nullFlavor') } : undefined;
}

export function readTime(e: XmlElement | undefined): CdaTime | undefined {
  return e ? { ...located(e), ...optional(e, 'value', 'nullFlavor') } : undefined;
}

export function readTelecoms(e: XmlElement | undefined): readonly CdaTelecom[] {
  return e
    ? children(e, 'telecom', HL7_V3).map((one) => ({ ...located(one), ...optional(one, 'value', 'use', 'nullFlavor') }))
    : [];
}

/** Trimmed text of a child, absent when the child is absent or empty. */
export function textOf(e: XmlElement | undefined, local: string): string | undefined {
  const text = e ? child(e, local, HL7_V3)?.text.replace(/\s+/g, ' ').trim() : undefined;
  return text === '' ? undefined : text;
}

/** Adds a key only when there is a value. */
export function when<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: Value };
}
