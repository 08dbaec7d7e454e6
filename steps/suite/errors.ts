/** The suite itself cannot run: never a verdict on the product. */
export class SuiteError extends Error {
  readonly code: 'TAG_INCONNU' | 'GHERKIN' | 'SUITE_VIDE' | 'ETAPE_INCONNUE';
  /** French, what to do. */
  readonly remedy: string;

  constructor(code: SuiteError['code'], message: string, remedy: string) {
    super(message);
    this.name = 'SuiteError';
    this.code = code;
    this.remedy = remedy;
  }
}
