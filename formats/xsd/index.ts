export { openXsd } from './schema.ts';
export type { XsdFault, XsdFiles, XsdOpening, XsdReading, XsdSchema } from './types.ts';
