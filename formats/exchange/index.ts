export type {
  Attribution,
  Difference,
  Exchange,
  HttpExchange,
  NearMiss,
  Peer,
  RawHeader,
  Service,
  SmtpExchange,
  StreamExchange,
  TlsExchange,
  TlsPeer,
} from './types.ts';
