export {
  anotherCode,
  codesOf,
  OUTSIDE,
  transcode,
  type CodedKind,
  type GivenCodes,
  type TranscodedFile,
  type Transcoding,
} from './transcode.ts';
