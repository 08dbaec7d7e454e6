/** One thing wrong in a mapping or a schema: where in the user's file, what, what to do. */
export interface LayoutProblem {
  /** `avance.mapping.json#/document/order/number`. */
  readonly where: string;
  /** French. */
  readonly what: string;
  /** French. */
  readonly remedy: string;
}

/** A layout that cannot be used; it holds every problem found, not the first. */
export class LayoutError extends Error {
  readonly code = 'ASP_LAYOUT_INVALID';
  readonly problems: readonly LayoutProblem[];

  constructor(problems: readonly LayoutProblem[]) {
    super(problems.map(({ where, what, remedy }) => `${where} : ${what} ${remedy}`).join('\n'));
    this.name = 'LayoutError';
    this.problems = problems;
  }
}

/** A place in a JSON file, as RFC 6901 writes it. */
export function pointer(base: string, ...keys: readonly (string | number)[]): string {
  return [base, ...keys.map((key) => String(key).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');
}
