export interface ContentType {
  /** Lower-case `type/subtype`. */
  readonly type: string;
  /** Names in lower case, values unquoted, RFC 2231 charset and continuations decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface MimePart {
  /** Name and unfolded value, in order, case as sent. */
  readonly headers: readonly (readonly [string, string])[];
  readonly contentType: ContentType | undefined;
  /** Without angle brackets. */
  readonly contentId: string | undefined;
  /** Body of the part exactly as transmitted, headers left out. */
  readonly raw: Uint8Array;
  /** Body after Content-Transfer-Encoding was undone; undone when it is first asked for. */
  readonly content: Uint8Array;
}

/** What a reader accepts at most; each has a default. */
export interface MimeLimits {
  /** Parts of a multipart. Default 1000. */
  readonly maxParts?: number;
  /** Bytes of the headers of one part. Default 64 KiB. */
  readonly maxHeaderBytes?: number;
}

export interface MimeFault {
  readonly code:
    | 'MIME_NO_BOUNDARY'
    | 'MIME_NO_PART'
    | 'MIME_TRUNCATED'
    | 'MIME_TOO_MANY_PARTS'
    | 'MIME_BAD_PART_HEADER'
    | 'MIME_HEADER_TOO_LARGE'
    | 'MTOM_NOT_MULTIPART'
    | 'MTOM_NOT_XOP'
    | 'MTOM_NO_ROOT'
    | 'MTOM_NESTED'
    | 'MTOM_DUPLICATE_CONTENT_ID';
  /** French sentence. */
  readonly message: string;
}

export type MultipartReading =
  | { readonly ok: true; readonly parts: readonly MimePart[] }
  | { readonly ok: false; readonly fault: MimeFault };

export type MtomReading =
  | {
      readonly ok: true;
      readonly contentType: ContentType;
      readonly root: MimePart;
      /** By content-id, the root left out. */
      readonly attachments: ReadonlyMap<string, MimePart>;
      /** Part that an `xop:Include/@href` (`cid:…`, percent-encoded or not) names. */
      find(href: string): MimePart | undefined;
    }
  | { readonly ok: false; readonly fault: MimeFault };
