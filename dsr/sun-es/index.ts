export { computeSunes } from './compute.ts';
export { loadSunesFigures, readSunesFigures } from './load.ts';
export { readSunesCounts, type SunesReading } from './read-counts.ts';
export type { SunesErrorCode, SunesRowError } from './row-error.ts';
export { SUNES_COLUMNS, sunesTemplate } from './columns.ts';
export type {
  AmountRange,
  CategoryAnswer,
  DomainResult,
  EstablishmentResult,
  IndicatorResult,
  ShareStatus,
  SunesCategory,
  SunesCount,
  SunesDomain,
  SunesFigures,
  SunesIndicator,
  SunesReport,
  SunesWindow,
  TargetStatus,
  WindowResult,
} from './types.ts';
