/** Why no usable answer came. `delai`, `connexion` and `coupure` may pass with time; `tls` needs somebody. */
export type NetFailure = 'delai' | 'connexion' | 'tls' | 'coupure' | 'trop-grand' | 'adresse';

const SENTENCES: Record<NetFailure, string> = {
  delai: "Le service n'a pas répondu dans le délai prévu.",
  connexion: 'Le service est injoignable.',
  tls: "La connexion sécurisée avec le service n'a pas pu être établie (certificat refusé ou inconnu).",
  coupure: 'Le service a coupé la connexion avant la fin de sa réponse.',
  'trop-grand': 'La réponse du service dépasse la taille acceptée.',
  adresse: "L'adresse du service n'est pas une adresse https.",
};

export class NetError extends Error {
  readonly failure: NetFailure;

  constructor(failure: NetFailure, options?: { cause?: unknown }) {
    super(SENTENCES[failure], options);
    this.name = 'NetError';
    this.failure = failure;
  }
}

export function asNetError(error: unknown, otherwise: NetFailure): NetError {
  if (error instanceof NetError) return error;
  const { name, code, message } = error as { name?: string; code?: string; message?: string };
  if (name === 'TimeoutError' || name === 'AbortError') return new NetError('delai', { cause: error });
  const tls = /^(ERR_SSL|ERR_TLS|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO|EPROTO)/.test(code ?? '');
  if (tls || /alert|certificate/i.test(message ?? '')) return new NetError('tls', { cause: error });
  if (code === 'ECONNRESET' || code === 'EPIPE') return new NetError('coupure', { cause: error });
  return new NetError(otherwise, { cause: error });
}
