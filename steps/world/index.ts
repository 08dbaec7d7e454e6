export { setSuiteBench, suiteBench, type SuiteBench } from './bench.ts';
export { nonConform, ScenarioFailure, unverifiable } from './failures.ts';
export { guideHere } from './guided.ts';
export { Kept } from './kept.ts';
export { refusedHandshake } from './handshakes.ts';
export { captureHl7, captureHttp } from './captures.ts';
export { ScenarioWorld, type Attempted } from './scenario-world.ts';
export { readTags, type ScenarioTags } from './tags.ts';
