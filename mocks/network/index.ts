export { createTlsAcceptor } from './accept-tls.ts';
export { currentExchange, fault, pause } from './current-exchange.ts';
export { authority, listen, shut } from './listen.ts';
export { listenHttp } from './listen-http.ts';
export { listenHttps } from './listen-https.ts';
export { readBody } from './read-body.ts';
export { rdnLines, readPeer, readTlsPeer, refusalSentence } from './tls-peer.ts';
export { announceTls, handshakeSubjectProblem, takeTlsSettings } from './tls-situations.ts';
export type { ExchangeInProgress, HttpServiceDefinition, Listener, TlsSettings, WireFault } from './types.ts';
