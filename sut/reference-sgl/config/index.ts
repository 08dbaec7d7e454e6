export { checkConfig, readConfig } from './config.ts';
