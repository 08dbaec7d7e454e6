export type { ContentType, MimeFault, MimeLimits, MimePart, MtomReading, MultipartReading } from './types.ts';
export { readContentType } from './content-type.ts';
export { readMtom, writeMtom } from './mtom.ts';
export { readMultipart } from './multipart.ts';
export { transferDecode } from './transfer.ts';
