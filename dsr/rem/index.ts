export { byTradeCode, loadCategories, parseCategory, parseWave } from './category.ts';
export type { CategoryData } from './category.ts';
export { loadColumns } from './columns.ts';
export type { ColumnsData, ColumnSpec, LayoutName, TrackerField } from './columns.ts';
export type { Field } from './header.ts';
export { isUnder, normaliseId, restoreId, sectionOfId } from './id.ts';
export { mappingChanges } from './mapping.ts';
export type { MappingChange } from './mapping.ts';
export { applicableRequirements, findRequirement, findScenario, findSlot, numbersHere, slotsOf } from './query.ts';
export type { NumbersHere, ScenarioPlace, SlotPlace } from './query.ts';
export { readRem } from './read.ts';
export type { RemIdentity, RemReading } from './read.ts';
export { toImportReport } from './report.ts';
export type { ImportReport } from './report.ts';
export { parseRem, serialiseRem } from './serialise.ts';
export type {
  Category,
  ClassifiedBy,
  ColumnMapping,
  ConformityScenario,
  EvidenceClass,
  KnownCategory,
  Nature,
  Observable,
  ProofKind,
  ProofSlot,
  Rem,
  RemMapping,
  RemMessage,
  Requirement,
  RequirementNote,
  ScenarioNote,
  SheetMapping,
  VendorAnswer,
  Wave,
} from './types.ts';
export { isObsolete, natureOfStatement } from './values.ts';
