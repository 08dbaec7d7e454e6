import type { Finding, Rule } from '#dsr/verdict/index.ts';
import { applyRules } from '../../rule/index.ts';
import { DISPLAY_RULES, type DisplayedCda } from './rules.ts';

export const RULES: readonly Rule[] = DISPLAY_RULES;

/**
 * Judges what a browser shows of a self-presenting CDA of level 3.
 *
 * @param displayed the document, and what a browser made of it without running any script
 * Source: REM SGL, SC.DOC/va1.25.
 */
export function checkDisplay(displayed: DisplayedCda): readonly Finding[] {
  return applyRules(DISPLAY_RULES, displayed);
}
