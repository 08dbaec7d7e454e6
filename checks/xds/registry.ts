import { checkAuthors } from './authors.ts';
import { checkCodes } from './codes.ts';
import { checkIdentifiers } from './identifiers.ts';
import { checkMetadata } from './metadata.ts';
import type { JudgedRegistry } from './types.ts';

/**
 * The metadata of a submission set and of its documents, by themselves: mandatory ones, times, identifiers, people, codes
 * (protocols.md §2.5). A feeding of the DMP and the METADATA.XML of an IHE XDM archive hold the same ones (§5.4).
 */
export function checkRegistry(judged: JudgedRegistry): void {
  checkMetadata(judged);
  checkIdentifiers(judged);
  checkAuthors(judged);
  checkCodes(judged);
}
