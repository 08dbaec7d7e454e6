/** Text of a reply, one character per byte. */
export type Wire = string;

/** The plain way to write a string (RFC 3501 §4.3): quoted, or a literal when it holds what quotes cannot. */
export function wireString(text: Wire): Wire {
  if (text.length > 1000 || /[^ -~\t]/u.test(text)) return `{${text.length}}\r\n${text}`;
  return `"${text.replaceAll(/["\\]/gu, '\\$&')}"`;
}

export function wireNstring(text: Wire | undefined): Wire {
  return text === undefined ? 'NIL' : wireString(text);
}

/** A name as an atom when it can be one, as most servers show mailboxes, quoted otherwise. */
export function wireAstring(text: Wire): Wire {
  return /^[A-Za-z0-9_.$/&,+:=@~^-]+$/u.test(text) && text.toUpperCase() !== 'NIL' ? text : wireString(text);
}
