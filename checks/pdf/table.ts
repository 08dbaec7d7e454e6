/** Reads the tables that a user may give in place of those that are shipped. Each error is a sentence for that user. */
export function recordOf(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${where} : un objet est attendu.`);
  }
  return value as Readonly<Record<string, unknown>>;
}

export function textOf(value: unknown, where: string): string {
  if (typeof value !== 'string' || value === '') throw new TypeError(`« ${where} » : un texte non vide est attendu.`);
  return value;
}

/** A list that is not empty, each element read by `read`. */
export function listOf<Item>(
  value: unknown,
  where: string,
  read: (item: unknown, where: string) => Item,
): readonly Item[] {
  if (!Array.isArray(value) || value.length === 0)
    throw new TypeError(`« ${where} » : une liste non vide est attendue.`);
  return value.map((item: unknown, index) => read(item, `${where}[${index}]`));
}

export function countOf(value: unknown, where: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) {
    throw new TypeError(`« ${where} » : un nombre entier de caractères est attendu.`);
  }
  return value;
}

/** @param flags of the expression; `u` is among them */
export function regexOf(value: unknown, where: string, flags: string): RegExp {
  const source = textOf(value, where);
  try {
    return new RegExp(source, flags);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TypeError(`« ${where} » : ce n’est pas une expression régulière (${reason}).`, { cause: error });
  }
}
