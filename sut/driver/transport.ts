/** What a way of reaching the product brings back, before it is judged against the contract. */
export type TransportAnswer =
  | { readonly kind: 'done'; readonly output: unknown }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'unsupported'; readonly reason: string }
  | { readonly kind: 'failed'; readonly code: string; readonly reason: string; readonly remedy: string };

/** One way of reaching the product. Never throws: what goes wrong is an answer. */
export interface Transport {
  readonly label: string;
  call(gesture: string, input: unknown): Promise<TransportAnswer>;
  /** The answer of `GET /identity` or of the `identity` word. */
  identity(): Promise<TransportAnswer>;
  close(): Promise<void>;
}
