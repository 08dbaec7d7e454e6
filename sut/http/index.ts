export { createHttpDriver, type HttpDriverOptions } from './http-driver.ts';
