import type { Context } from 'hono';
import type { Actor, Permission } from '../../access/index.ts';
import type { Author } from '../../store/index.ts';
import type { Schema } from './schema.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

export interface QueryParameter {
  readonly name: string;
  /** French. */
  readonly description: string;
  readonly schema: object;
}

/** What a call sends. */
export type BodyKind =
  | { readonly kind: 'json'; readonly schema: Schema; readonly maxBytes?: number }
  /** Bytes of a file, as they are. */
  | { readonly kind: 'file'; readonly types: readonly string[]; readonly maxBytes: number }
  /** Bytes of any type, taken as they come. */
  | { readonly kind: 'stream'; readonly maxBytes: number };

/** A column of a list as a sheet. */
export interface Column<Item = never> {
  /** French. */
  readonly title: string;
  readonly width?: number;
  readonly value: (item: Item) => string | number | null | undefined;
}

/** How a list is cut in pages and written as a sheet. */
export interface ListKind {
  /** Property of the view that holds the items. */
  readonly items: string;
  /** File name without extension. */
  readonly file: string;
  readonly columns: readonly Column[];
}

/** What a call gives. */
export type ReplyKind =
  | { readonly kind: 'view'; readonly schema: Schema; readonly status?: 200 | 201; readonly list?: ListKind }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'bytes'; readonly types: readonly string[] }
  | { readonly kind: 'redirect' };

export interface Route {
  /** `operationId` of the published document. */
  readonly id: string;
  readonly method: Method;
  /** As OpenAPI writes it: `/api/campaigns/{campaign}`. */
  readonly path: string;
  /** French. */
  readonly summary: string;
  /** Null: anyone may, logged in or not. */
  readonly permission: Permission | null;
  /** A token does not do: the person must have logged in. */
  readonly session?: true;
  /** French, by name of the path. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly query?: readonly QueryParameter[];
  readonly body?: BodyKind;
  readonly reply: ReplyKind;
  /** The call must say which revision it has seen, with `If-Match`. */
  readonly ifMatch?: true;
  /** The call carries `Idempotency-Key`. */
  readonly idempotent?: true;
  /**
   * The answer only changes with a line of the audit, of its campaign if the call names one: it is remembered until then.
   * `for-good`: it shows what never changes once recorded.
   */
  readonly remembered?: true | 'for-good';
  readonly handle: (call: Call) => Promise<Reply>;
}

/** Which part of a list is asked for. */
export interface Page {
  readonly limit: number;
  readonly after?: string;
}

/** A call whose right, parameters and body were judged. */
export interface Call {
  readonly params: Readonly<Record<string, string>>;
  readonly actor: Actor;
  /** The actor, now: what the audit keeps. */
  readonly author: Author;
  readonly page: Page;
  /** Parameters of the query, held to the schemas of the route. */
  readonly query: unknown;
  /** What was sent, held to the schema of the route. */
  readonly body: unknown;
  /** Bytes that were sent. */
  readonly file: () => UploadedBytes;
  /** Bytes that are being sent; read once. */
  readonly upload: () => Upload;
  /** Revision of `If-Match`. */
  readonly seen: number;
  /** `Idempotency-Key`. */
  readonly key: string;
  readonly context: Context;
}

export interface Upload {
  /** Fails with 413 past the limit of the route. */
  readonly stream: AsyncIterable<Uint8Array>;
  /** As announced. */
  readonly type: string;
}

export interface UploadedBytes {
  readonly bytes: Uint8Array;
  /** Without its parameters. */
  readonly type: string;
  readonly sha256: string;
}

export type Reply =
  | {
      readonly view: object;
      /** Of what the view shows, for `If-Match` later. */
      readonly revision?: number;
      readonly location?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly nothing: true; readonly headers?: Readonly<Record<string, string>> }
  | { readonly response: Response };
