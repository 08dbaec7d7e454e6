import type { ContentType } from '../mime/index.ts';

export interface MailHeader {
  /** As written. */
  readonly name: string;
  /** Unfolded, RFC 2047 words decoded, outer blanks removed. */
  readonly value: string;
  /** The whole field as it stands in the source, folds included, final line end removed. */
  readonly raw: string;
  /** 1-based line of the source. */
  readonly line: number;
}

export interface MailPart {
  /** `1` for a mail of one part; `1`, `2`, `2.1`… for the parts of a multipart, whose own path is empty at the root. */
  readonly path: string;
  readonly contentType: ContentType | undefined;
  /** Lower case: `attachment`, `inline`… */
  readonly disposition: string | undefined;
  /** RFC 2231 or RFC 2047 decoded; from Content-Disposition, else from Content-Type. */
  readonly fileName: string | undefined;
  /** Lower case, `7bit` when the header is absent. */
  readonly transferEncoding: string;
  /** Transfer-decoded bytes; empty for a multipart. */
  readonly content: Uint8Array;
  readonly headers: readonly MailHeader[];
  readonly parts: readonly MailPart[];
  /** 1-based line of the first header of the part. */
  readonly line: number;
}

/** A defect that did not prevent reading. */
export interface MailProblem {
  readonly code:
    | 'MAIL_HEADER_LINE'
    | 'MAIL_RAW_8BIT_HEADER'
    | 'MAIL_BARE_LINE_FEED'
    | 'MAIL_LINE_TOO_LONG'
    | 'MAIL_NUL'
    | 'MAIL_TOO_MANY_HEADERS'
    | 'MAIL_BOUNDARY_MISSING'
    | 'MAIL_BOUNDARY_UNCLOSED'
    | 'MAIL_BASE64'
    | 'MAIL_ENCODED_WORD'
    | 'MAIL_TRANSFER_ENCODING';
  /** `ligne 12`, `partie 2.1`. */
  readonly where: string;
  /** French sentence. */
  readonly message: string;
}

export interface Mail {
  readonly headers: readonly MailHeader[];
  readonly root: MailPart;
  /** Leaves that are not the text of the mail, in order. */
  readonly attachments: readonly MailPart[];
  /** First text/plain that is not an attachment, decoded by its charset. */
  readonly text: string | undefined;
  /** First text/html that is not an attachment. */
  readonly html: string | undefined;
  readonly problems: readonly MailProblem[];
}

export interface MailFault {
  readonly code:
    | 'MAIL_EMPTY'
    | 'MAIL_TOO_LARGE'
    | 'MAIL_NO_HEADER'
    | 'MAIL_TOO_MANY_HEADERS'
    | 'MAIL_TOO_DEEP'
    | 'MAIL_TOO_MANY_PARTS';
  readonly message: string;
}

export type MailReading =
  | { readonly ok: true; readonly mail: Mail }
  | { readonly ok: false; readonly fault: MailFault };

export interface MailLimits {
  readonly maxBytes?: number;
  readonly maxParts?: number;
  readonly maxDepth?: number;
  readonly maxHeaders?: number;
}

export interface MailAddress {
  /** Display name, decoded and unquoted; empty when there is none. */
  readonly name: string;
  /** `local@domain`, as written. */
  readonly address: string;
}
