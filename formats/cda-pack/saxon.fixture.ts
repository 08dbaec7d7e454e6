import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { attribute, child, descendants, readXml } from '#formats/xml/index.ts';

/** Debian: libsaxonhe-java, and python3-lxml, which carries the ISO implementation of Schematron. */
const SAXON = '/usr/share/java/Saxon-HE.jar';
const SKELETON = '/usr/lib/python3/dist-packages/lxml/isoschematron/resources/xsl/iso-schematron-xslt1';
const SVRL = 'http://purl.oclc.org/dsdl/svrl';
/** The compiler of the virtual machine costs more than it gives on a run of some seconds. */
const JAVA = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', SAXON, 'net.sf.saxon.Transform'];

/** What the reference lacks on this machine, as packages to install; none when it can run. */
export function missingReference(): readonly string[] {
  const java = spawnSync('java', ['-version']);
  return [
    ...(java.error === undefined && java.status === 0 ? [] : ['java']),
    ...(existsSync(SAXON) ? [] : ['libsaxonhe-java']),
    ...(existsSync(join(SKELETON, 'iso_svrl_for_xslt1.xsl')) ? [] : ['python3-lxml']),
  ];
}

function transform(...args: readonly string[]): string {
  const { status, stderr } = spawnSync('nice', ['-n', '19', 'java', ...JAVA, ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return status === 0 ? '' : stderr;
}

function mustTransform(...args: readonly string[]): void {
  const said = transform(...args);
  if (said !== '') throw new Error(`Saxon : ${said.slice(0, 1000)}`);
}

/**
 * Style sheet of a schematron, made by the ISO implementation: include, expand, compile. That implementation is the one for
 * XSLT 1; it is told that the schema is, and the style sheet is then run as XSLT 2, which its expressions are written in.
 *
 * @param schema path of the schematron
 * @returns path of the style sheet
 */
export function compiledByReference(schema: string, folder: string): string {
  const [included, expanded, sheet] = ['1.sch', '2.sch', 'sheet.xsl'].map((name) => join(folder, name));
  if (included === undefined || expanded === undefined || sheet === undefined) throw new Error('unreachable');
  mkdirSync(folder, { recursive: true });
  mustTransform(`-s:${schema}`, `-xsl:${SKELETON}/iso_dsdl_include.xsl`, `-o:${included}`);
  mustTransform(`-s:${included}`, `-xsl:${SKELETON}/iso_abstract_expand.xsl`, `-o:${expanded}`);
  writeFileSync(expanded, readFileSync(expanded, 'utf8').replace(/queryBinding="[^"]*"/u, 'queryBinding="xslt"'));
  mustTransform(`-s:${expanded}`, `-xsl:${SKELETON}/iso_svrl_for_xslt1.xsl`, `-o:${sheet}`);
  // What a rule opens is named from the folder of the schematron, wherever the style sheet stands.
  const base = `xml:base="${pathToFileURL(schema).href}"`;
  const written = readFileSync(sheet, 'utf8').replace(
    /<xsl:stylesheet(?<rest>[^>]*)version="1\.0"/u,
    `<xsl:stylesheet ${base}$<rest>version="2.0"`,
  );
  writeFileSync(sheet, written);
  return sheet;
}

export interface ReferenceFailure {
  readonly text: string;
  /** As ours: names and positions. */
  readonly where: string;
}

/** What the style sheet says of each document of a folder, by name; none for a document on which it died. */
export function judgedByReference(
  sheet: string,
  documents: string,
  results: string,
): ReadonlyMap<string, readonly ReferenceFailure[]> {
  mkdirSync(results, { recursive: true });
  transform(`-s:${documents}`, `-xsl:${sheet}`, `-o:${results}`);
  return new Map(
    readdirSync(results).flatMap((name) => {
      const reading = readXml(readFileSync(join(results, name)));
      if (!reading.ok) return [];
      const told = ['failed-assert', 'successful-report'].flatMap((kind) => descendants(reading.root, kind, SVRL));
      return [[name, told.map((one) => ({ text: textIn(one), where: placeOf(attribute(one, 'location', '') ?? '') }))]];
    }),
  );
}

function textIn(failed: Parameters<typeof child>[0]): string {
  const text = child(failed, 'text', SVRL);
  const said = text === undefined ? '' : text.children.map((node) => (node.kind === 'text' ? node.value : '')).join('');
  return normalized(said);
}

export function normalized(text: string): string {
  return text.replace(/[ \t\n\r]+/gu, ' ').replace(/^ | $/gu, '');
}

/** `/*[local-name()='a'][1]/*[local-name()='b'][2]/@c` is `/a/b[2]/@c`: the root has no position in ours. */
function placeOf(location: string): string {
  return location
    .replace(/\*\[local-name\(\)='(?<name>[^']+)'(?: and namespace-uri\(\)='[^']*')?\]/gu, '$<name>')
    .replace(/\*:(?<name>[^[\]/]+)\[namespace-uri\(\)='[^']*'\]/gu, '$<name>')
    .replace(/^\/(?<root>[^[/]+)\[1\]/u, '/$<root>');
}

/** Milliseconds of one document, parsed and judged, as the average of many once the machine is warm. */
export function warmReference(sheet: string, document: string, rounds: number): number {
  const said = spawnSync(
    'java',
    [
      '-cp',
      SAXON,
      'net.sf.saxon.Transform',
      `-s:${document}`,
      `-xsl:${sheet}`,
      '-o:/dev/null',
      `-repeat:${rounds * 3}`,
    ],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  ).stderr;
  const last = [...said.matchAll(/Average execution time over last \d+ runs:\s*(?<ms>[\d.,]+)\s*ms/gu)].at(-1);
  return Number(last?.groups?.['ms']?.replace(',', '') ?? Number.NaN);
}
