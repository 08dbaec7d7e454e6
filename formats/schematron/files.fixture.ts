import type { PackFiles } from './types.ts';

/** A pack in memory: paths and texts. */
export function filesOf(texts: Readonly<Record<string, string>>): PackFiles {
  const names = Object.keys(texts);
  return {
    find: (path) =>
      names.find((name) => name === path) ?? names.find((name) => name.toLowerCase() === path.toLowerCase()),
    read: (path) => {
      const text = texts[path];
      if (text === undefined) throw new Error(`« ${path} » n’est pas dans le pack`);
      return Buffer.from(text);
    },
  };
}

/** A schema on the namespace `urn:hl7-org:v3`, prefix `cda`. */
export function schemaOf(content: string, attributes = ''): string {
  return `<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2" ${attributes}>
<title>Essai</title><ns prefix="cda" uri="urn:hl7-org:v3"/><ns prefix="svs" uri="urn:ihe:iti:svs:2008"/>${content}</schema>`;
}

/** A fragment that a schema includes. */
export function fragmentOf(element: string, attributes: string, content: string): string {
  return `<${element} xmlns="http://purl.oclc.org/dsdl/schematron" ${attributes}>${content}</${element}>`;
}
