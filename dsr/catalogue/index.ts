export { isSamePrint, printDistance, printOf } from './fingerprint.ts';
export type { Print } from './fingerprint.ts';
export { catalogueIds, cataloguePrints, hasCatalogue, knownRequirement, loadCatalogue } from './load.ts';
export { compareSections, loadSections, sectionTitle } from './sections.ts';
export type {
  CatalogueProof,
  CatalogueRequirement,
  CatalogueScenario,
  CouloirData,
  CouloirEntry,
  RequirementsData,
  Section,
  SourceMark,
} from './types.ts';
export { applicableRequirements, findRequirement, findScenario, findSlot, slotsOf } from '../rem/query.ts';
export type { ScenarioPlace, SlotPlace } from '../rem/query.ts';
export { normaliseId } from '../rem/id.ts';
