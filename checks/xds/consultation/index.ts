export { checkConsultation } from './check.ts';
export { CONSULTATION_RULES, type ConsultationRule } from './rules.ts';
export type { ConsultationOptions, SearchCriteria } from './types.ts';
