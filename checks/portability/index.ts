export { checkExport, checkHistory } from './check.ts';
export { readDeclaration } from './declaration.ts';
export { openExport, type ExportOpening } from './open.ts';
export { RULES, type PortabilityRule } from './rules.ts';
export type { Declaration, DeclaredData, ExpectedReport, ExportedFile } from './types.ts';
