/** A JSON Schema, 2020-12. */
export type Schema = Readonly<Record<string, unknown>>;

export const text = { type: 'string' } as const;
export const count = { type: 'integer', minimum: 0 } as const;
export const flag = { type: 'boolean' } as const;
export const instant = { type: 'string', format: 'date-time' } as const;
export const day = { type: 'string', format: 'date' } as const;

/** A component of the published document. */
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
export const list = (items: Schema): Schema => ({ type: 'array', items });
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
export const oneOf = (values: readonly string[]): Schema => ({ type: 'string', enum: [...values] });
/** A text that a person writes: bounded, and without what no keyboard types. */
export const written = (maxLength: number, minLength = 0): Schema => ({
  type: 'string',
  minLength,
  maxLength,
  pattern: String.raw`^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]*$`,
});

/** An object whose properties are all there, except those named optional; nothing else. */
export function object(properties: Readonly<Record<string, Schema>>, optional: readonly string[] = []): Schema {
  return {
    type: 'object',
    additionalProperties: false,
    required: Object.keys(properties).filter((name) => !optional.includes(name)),
    properties,
  };
}

/** An object of which anything may be left out, but not everything. */
export function change(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: 'object', additionalProperties: false, minProperties: 1, properties };
}
