import {
  ParseOption,
  XmlDocument,
  XmlLibError,
  XmlValidateError,
  XsdValidator,
  xmlRegisterInputProvider,
} from 'libxml2-wasm';
import { withDocument } from '../xml/index.ts';
import type { XsdFault, XsdFiles, XsdOpening, XsdReading } from './types.ts';

const SCHEME = 'jalon-pack:/';
const MAX_FAULTS = 2_000;

interface OpenFile {
  readonly bytes: Uint8Array;
  at: number;
}

/** The provider is global to the process: this says in which pack the schema being compiled may read. */
let current: XsdFiles | undefined;
let isRegistered = false;
const opened = new Map<number, OpenFile>();
let handles = 0;

function register(): void {
  if (isRegistered) return;
  isRegistered = true;
  xmlRegisterInputProvider({
    match: (name) => current !== undefined && name.startsWith(SCHEME),
    open(name) {
      const found = current?.find(decoded(name.slice(SCHEME.length)));
      if (found === undefined || current === undefined) return undefined;
      handles += 1;
      opened.set(handles, { bytes: current.read(found), at: 0 });
      return handles;
    },
    read(handle, buffer) {
      const file = opened.get(handle);
      if (file === undefined) return -1;
      const part = file.bytes.subarray(file.at, file.at + buffer.byteLength);
      buffer.set(part);
      file.at += part.byteLength;
      return part.byteLength;
    },
    close: (handle) => opened.delete(handle),
  });
}

/**
 * Compiles an XSD schema and what it includes; once per process and per pack, that is the caller's to keep.
 *
 * @param entry path of the schema among the files
 * @returns why the schema cannot serve, when it cannot
 */
export function openXsd(files: XsdFiles, entry: string): XsdOpening {
  register();
  const found = files.find(entry);
  if (found === undefined) return { ok: false, message: `« ${entry} » est introuvable dans le pack.` };
  current = files;
  try {
    const option = (ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE) as ParseOption;
    const source = XmlDocument.fromBuffer(files.read(found), { url: `${SCHEME}${found}`, option });
    try {
      const validator = XsdValidator.fromDoc(source);
      return { ok: true, schema: { validate: (bytes) => validate(validator, bytes) } };
    } finally {
      source.dispose();
    }
  } catch (error) {
    return { ok: false, message: `le schéma « ${found} » ne se compile pas : ${said(error)}` };
  } finally {
    current = undefined;
  }
}

function validate(validator: XsdValidator, bytes: Uint8Array): XsdReading {
  const reading = withDocument(bytes, (document): readonly XsdFault[] => {
    try {
      validator.validate(document);
      return [];
    } catch (error) {
      if (!(error instanceof XmlValidateError)) throw error;
      return error.details
        .filter(({ level }) => level >= 2)
        .slice(0, MAX_FAULTS)
        .map(({ line, xpath, message }) => ({
          ...(line > 0 ? { line } : {}),
          ...(xpath === undefined ? {} : { path: xpath }),
          message: message.trim(),
        }));
    }
  });
  return reading.ok ? { ok: true, faults: reading.value } : { ok: false, message: reading.fault.message };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function said(error: unknown): string {
  if (error instanceof XmlLibError) return error.details[0]?.message.trim() ?? error.message;
  return error instanceof Error ? error.message : String(error);
}
