/** A command that does not follow the grammar: answered BAD. The message goes to the client, in English as servers do. */
export class SyntaxProblem extends Error {}

/** A command understood and refused: answered NO, with its response code (RFC 5530). */
export class Refusal extends Error {
  readonly code: string | undefined;
  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}
