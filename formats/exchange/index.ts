export type {
  Attribution,
  Exchange,
  HttpExchange,
  Peer,
  RawHeader,
  Service,
  SmtpExchange,
  StreamExchange,
  TlsExchange,
  TlsPeer,
} from './types.ts';
