export { NetError, type NetFailure } from './errors.ts';
export { httpsExchange, openHttps, type HttpsAnswer, type HttpsRequest, type ServerTrust } from './http.ts';
