export { startInsi, type InsiOptions } from './service.ts';
export { INSI_SITUATIONS, type InsiSituation } from './situations.ts';
