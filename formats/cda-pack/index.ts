export { openFolder } from './folder.ts';
export { openJudge } from './judge.ts';
export type { PackJudge } from './judge.ts';
export { GENERIC_LAYERS } from './layout.ts';
export { openPack } from './open.ts';
export type { Pack, PackOpening, PackOptions } from './open.ts';
export type {
  LayerName,
  LayerReport,
  PackAnswer,
  PackIdentity,
  PackReport,
  PlacedFailure,
  PlacedFault,
  Unplayed,
  VoletChoice,
} from './types.ts';
export { chooseVolet } from './volet.ts';
