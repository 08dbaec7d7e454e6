import { nirKey } from '#formats/nir/index.ts';
import { child, type XmlElement } from '#formats/xml/index.ts';

/** Pattern of NumIdentifiant. Source: protocols.md §1.4. */
const THIRTEEN = /^\d{6}[A-Za-z0-9]\d{6}$/;

export type MatriculeReading =
  | { readonly ok: true; /** 15 characters. */ readonly ins: string }
  | { readonly ok: false; readonly reason: string };

/**
 * Reads a number and its key from two elements. Without key, the right one is taken.
 * @param names of the elements; those of the searches when absent
 */
export function readMatricule(
  holder: XmlElement,
  names: { readonly number: string; readonly key: string } = { number: 'NumIdentifiant', key: 'Cle' },
): MatriculeReading {
  const number = child(holder, names.number)?.text.trim() ?? '';
  if (!THIRTEEN.test(number)) {
    return { ok: false, reason: `${names.number} « ${number.slice(0, 40)} » : 13 caractères attendus` };
  }
  const key = child(holder, names.key)?.text.trim() || (nirKey(number) ?? '');
  if (!/^\d{2}$/.test(key)) {
    return { ok: false, reason: `${names.key} « ${key.slice(0, 40)} » : deux chiffres attendus` };
  }
  return { ok: true, ins: number + key };
}
