export { count, date, duration, moment, size } from './numbers.ts';
export {
  CAUSES,
  CLASS_SOURCES,
  CLASSES,
  counted,
  askedFor,
  KINDS,
  LAYERS,
  NATURES,
  OBSERVABLES,
  SCREEN_TO_ADD,
  SEVERITIES,
  SLOT_STATES,
  STEP_STATES,
  VERDICTS,
  type Tone,
  type Word,
} from './words.ts';
