export { createTlsAcceptor } from './accept-tls.ts';
export { secureOptions } from './secure-options.ts';
export { ShownConnection } from './shown.ts';
export { acceptedOf } from './tls-accepted.ts';
export { alertOf, failureSentence, reasonOf } from './tls-failure.ts';
export { mustBeRefused, refusedUnder } from './tls-situation-outcome.ts';
export { currentExchange, fault, pause } from './current-exchange.ts';
export { authority, listen, shut } from './listen.ts';
export { listenHttp } from './listen-http.ts';
export { listenHttps } from './listen-https.ts';
export { readBody } from './read-body.ts';
export { rdnLines, readPeer, readTlsPeer, refusalSentence } from './tls-peer.ts';
export { announceTls, handshakeSubjectProblem, settingsOfSituation, takeTlsSettings } from './tls-situations.ts';
export type {
  ExchangeInProgress,
  HttpServiceDefinition,
  Listener,
  ShownSettings,
  TlsSettings,
  WireFault,
} from './types.ts';
