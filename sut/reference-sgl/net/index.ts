export { httpsExchange, NetError, openHttps } from './http.ts';
export type { HttpsAnswer, HttpsRequest, NetFailure } from './http.ts';
