export { startPsc, type RunningPsc } from './start.ts';
export { CardholderLost, type AuthenticateOptions, type Cardholder, type FinalPage } from './cardholder.ts';
export { CookieJar } from './cookie-jar.ts';
export { PSC_SITUATIONS } from './situations.ts';
export type { PscClient, PscOptions } from './types.ts';
