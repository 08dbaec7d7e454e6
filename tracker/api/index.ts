export type { EvidenceClass, Nature, Observable, ProofKind } from '#dsr/rem/index.ts';
export type { Finding, Layer, Severity, Verdict } from '#dsr/verdict/index.ts';
export type { RequirementState, SlotState, StepResult, UnverifiableCause } from '../types.ts';
export type {
  Calculators,
  ChoiceView,
  QuoteFindingView,
  QuoteFormView,
  QuoteReportView,
  SunesErrorView,
  SunesReportView,
  UploadedFile,
} from './calculators.ts';
export type {
  DomainResult,
  EstablishmentResult,
  IndicatorResult,
  ShareStatus,
  TargetStatus,
  WindowResult,
} from '#dsr/sun-es/index.ts';
export { TrackerServerError } from './errors.ts';
export { serveTracker, type ServeOptions, type TrackerServer } from './serve.ts';
export type {
  BlockingView,
  CampaignView,
  ChapterState,
  ConformityScenarioView,
  CurrentCampaignView,
  ErrorView,
  FindingView,
  PieceView,
  PlayedView,
  RemView,
  RequirementLineView,
  RequirementListView,
  RequirementView,
  RunLineView,
  RunListView,
  RunView,
  ScenarioResultView,
  SectionView,
  SlotCounts,
  SlotView,
  StateCounts,
  VerdictCounts,
} from './types.ts';
