const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/**
 * Characters that would lie to the reader without breaking the markup: controls, and the bidirectional ones that make a
 * value read backwards (Unicode TR36 §2.4). Tab and line feed stay.
 */
const UNSEEN = /[^\P{Cc}\t\n]|[\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/gu;

/** Text made safe as element content and inside a quoted attribute; what cannot be seen is written as `⟨U+202E⟩`. */
export function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\r\n', '\n')
    .replace(
      UNSEEN,
      (character) => `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
    )
    .replace(/[&<>"'`]/g, (character) => REFERENCES[character] ?? character);
}
