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
export type {
  BuiltDossierListView,
  BuiltDossierView,
  DossierDesk,
  DossierOrder,
  VerificationView,
} from './dossier-port.ts';
export { TrackerServerError } from './errors.ts';
export type { ProblemView } from './problems/index.ts';
export { RUN_ARCHIVE_TYPE, type BroughtRun, type Readers } from './readers.ts';
export { serveTracker, type ServeOptions, type SharedTracker, type TrackerServer } from './serve.ts';
export type { OidcSettings } from './entry/oidc.ts';
export type {
  AlarmView,
  DossierView,
  DueSlotView,
  EvidenceChangedView,
  EvidenceListView,
  EvidenceView,
  FilingView,
} from './evidence-types.ts';
export type { MoneyTables } from './views/money.ts';
export type {
  CampaignLineView,
  CampaignListView,
  CampaignSettingsView,
  ComplementListView,
  ComplementView,
  DiscussionView,
  ExternalReferenceView,
  HistoryLineView,
  HistoryView,
  RequirementFileView,
} from './people-types.ts';
export type {
  DeadlineListView,
  DeadlineView,
  MoneyOverviewView,
  OrderLineView,
  OrderListView,
  PaymentRequestListView,
  PaymentRequestView,
} from './money-types.ts';
export type {
  BlockingView,
  CampaignView,
  ChapterState,
  ConformityScenarioView,
  CurrentCampaignView,
  FindingView,
  PieceListView,
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
  SessionView,
  SlotCounts,
  SlotView,
  StateCounts,
  VerdictCounts,
} from './types.ts';
