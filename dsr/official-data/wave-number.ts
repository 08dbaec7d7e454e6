/** Number of a wave, as orders write it (`1`) or as the REM does (`va1`, `Vague 1`); the text itself when it is neither. */
export function waveNumber(text: string): string {
  return /^(?:va|vague)?\s*(\d)$/iu.exec(text.trim())?.[1] ?? text.trim();
}
