export interface FoundBrowser {
  readonly executablePath: string;
  readonly args: readonly string[];
  /** Where it was found, in French, for the log. */
  readonly origin: string;
}

/** There is no browser here: nothing is said of the product. */
export class BrowserMissing extends Error {
  readonly code = 'NAVIGATEUR_ABSENT';
  readonly remedy =
    'Installez Chromium (Debian : apt-get install chromium ; ailleurs : npx playwright install chromium), ou donnez son chemin dans la variable JALON_BROWSER.';

  constructor(message = 'Aucun navigateur Chromium sur ce poste.') {
    super(message);
    this.name = 'BrowserMissing';
  }
}

/** A document to show, as whoever opens it from a folder would have it: alone. */
export interface ShownFile {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** What a browser made of a document, without running any script. */
export interface Displayed {
  /** Name and version of the browser, e.g. `Chromium 153.0`. */
  readonly browser: string;
  /** False when the document was still not shown at the end of the wait: there is no text then, and nothing is proved. */
  readonly ended: boolean;
  /** Text of the page as a reader sees it; empty when the browser made no page of it. */
  readonly text: string;
  /** The whole page, PNG; absent when the browser painted nothing. */
  readonly screenshot?: Uint8Array;
  /** Addresses that the page asked for beside itself, each once; none was answered. */
  readonly asked: readonly string[];
  /** False when this browser no longer applies style sheets (XSLT) to documents: nothing is then proved of this one. */
  readonly appliesStyleSheets: boolean;
}
