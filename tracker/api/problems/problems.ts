import table from './problems.json' with { type: 'json' };
import type { GivenCode, Language, OwnCode, ProblemView } from './types.ts';

interface Sentences {
  readonly detail: string;
  readonly remedy: string;
}

/** Values that the sentences name. */
export type Values = Readonly<Record<string, string | number>>;

/** A call that is refused, or failed: becomes an `application/problem+json` answer in the language of its caller. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly remedy: string;
  readonly errors: ProblemView['errors'];
  /** Headers that go with it. */
  readonly headers: Readonly<Record<string, string>>;
  readonly #english: Sentences;

  constructor(
    given: { readonly status: number; readonly code: string; readonly fr: Sentences; readonly en: Sentences },
    more: {
      readonly errors?: ProblemView['errors'];
      readonly headers?: Readonly<Record<string, string>>;
      readonly cause?: unknown;
    } = {},
  ) {
    super(given.fr.detail, { cause: more.cause });
    this.name = 'Problem';
    this.status = given.status;
    this.code = given.code;
    this.remedy = given.fr.remedy;
    this.errors = more.errors;
    this.headers = given.status === 401 ? { 'www-authenticate': 'Bearer', ...more.headers } : (more.headers ?? {});
    this.#english = given.en;
  }

  view(language: Language): ProblemView {
    const { detail, remedy } = language === 'en' ? this.#english : { detail: this.message, remedy: this.remedy };
    return {
      type: `/api/problems#${this.code}`,
      title: this.code,
      status: this.status,
      detail,
      code: this.code,
      remedy,
      ...(this.errors === undefined ? {} : { errors: this.errors }),
    };
  }
}

/** A problem of the API itself. */
export function problem(
  code: OwnCode,
  values: Values = {},
  more: ConstructorParameters<typeof Problem>[1] = {},
): Problem {
  const { status, fr, en } = table.own[code];
  return new Problem({ status, code, fr: filled(fr, values), en: filled(en, values) }, more);
}

/**
 * A problem that the domain or the store tells in French.
 *
 * @returns undefined when the code is none of those that are published
 */
export function givenProblem(
  { code, message, remedy }: { readonly code: string; readonly message: string; readonly remedy: string },
  cause?: unknown,
): Problem | undefined {
  if (!isGiven(code)) return undefined;
  const { status, en } = table.given[code];
  return new Problem({ status, code, fr: { detail: message, remedy }, en }, { cause });
}

/** Every published code with its status, for the description of the API. */
export function problemCodes(): readonly { readonly code: string; readonly status: number; readonly en: Sentences }[] {
  return Object.entries({ ...table.own, ...table.given }).map(([code, { status, en }]) => ({ code, status, en }));
}

/** `en` when the caller would rather read English than French. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.find((one) => one.trim().startsWith('q='));
      return { tag, quality: quality === undefined ? 1 : Number(quality.trim().slice(2)) };
    })
    .filter(({ tag, quality }) => quality > 0 && /^(?:fr|en)(?:-|$)/.test(tag))
    .toSorted((one, other) => other.quality - one.quality);
  return wanted[0]?.tag.startsWith('en') === true ? 'en' : 'fr';
}

function isGiven(code: string): code is GivenCode {
  return Object.hasOwn(table.given, code);
}

function filled({ detail, remedy }: Sentences, values: Values): Sentences {
  const fill = (text: string): string =>
    text.replaceAll(/\{(\w+)\}/gu, (_, name: string) => String(values[name] ?? '…'));
  return { detail: fill(detail), remedy: fill(remedy) };
}
