export { createCommandDriver, type CommandDriverOptions } from './command-driver.ts';
