export { NetError, type NetFailure } from './errors.ts';
export { type OcspUse, refuseRevoked } from './revocation.ts';
export { httpsExchange, openHttps, type HttpsAnswer, type HttpsRequest, type ServerTrust } from './http.ts';
