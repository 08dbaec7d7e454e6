import table from './external-references.json' with { type: 'json' };
import { refusal, type Outcome } from './refusal.ts';

/** What an official tool or body gives instead of a file. */
export type ExternalReferenceKind = keyof typeof table.kinds;

export interface ExternalReference {
  readonly kind: ExternalReferenceKind;
  readonly value: string;
  /** French: what looks unusual and is not refused. */
  readonly warning?: string;
}

interface Form {
  readonly title: string;
  readonly pattern: string;
  readonly expected: string;
  readonly warnWhen?: { readonly pattern: string; readonly message: string };
}

export const EXTERNAL_REFERENCE_KINDS = Object.keys(table.kinds) as readonly ExternalReferenceKind[];

/** French name of a kind. */
export function externalReferenceTitle(kind: ExternalReferenceKind): string {
  return table.kinds[kind].title;
}

/**
 * Judges the form of a reference that somebody types or pastes. The form alone: only the body that gave it can say that it
 * exists.
 *
 * @returns the reference without the blanks around it; `REFERENCE_MALFORMED` when it cannot be one
 */
export function readExternalReference(kind: ExternalReferenceKind, written: string): Outcome<ExternalReference> {
  const form: Form = table.kinds[kind];
  const value = written.trim();
  if (!new RegExp(form.pattern, 'iu').test(value)) {
    return refusal(
      'REFERENCE_MALFORMED',
      `« ${value.slice(0, 80)} » ne peut pas être un ${form.title}.`,
      `Collez ${form.expected}.`,
    );
  }
  const odd = form.warnWhen !== undefined && new RegExp(form.warnWhen.pattern, 'iu').test(value);
  return { ok: true, value: { kind, value, ...(odd ? { warning: form.warnWhen?.message ?? '' } : {}) } };
}
