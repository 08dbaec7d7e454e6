import { interpret, loadSchema, openLibrary, parseXml } from '#formats/schematron/index.ts';
import type { Interpreter, SchemaProblem } from '#formats/schematron/index.ts';
import { attribute, child, children, decodeXml, readXml } from '#formats/xml/index.ts';
import type { XmlElement } from '#formats/xml/index.ts';
import { openXsd } from '#formats/xsd/index.ts';
import type { XsdFault, XsdOpening } from '#formats/xsd/index.ts';
import type { PackFolder } from './folder.ts';
import { GENERIC_LAYERS, XSD_ENTRY } from './layout.ts';
import { clinicalDocument, elementAt, elementsInOrder } from './places.ts';
import type { LayerName, LayerReport, PackAnswer, PlacedFault, Unplayed } from './types.ts';
import { chooseVolet } from './volet.ts';

const HL7 = 'urn:hl7-org:v3';

/** A pack that judges documents; what it read and compiled is kept from one to the next. */
export interface PackJudge {
  /** Bytes of one document, of any encoding that XML allows. */
  readonly judge: (bytes: Uint8Array) => PackAnswer;
}

/** Nothing is read before the first document. */
export function openJudge(folder: PackFolder): PackJudge {
  const library = openLibrary(folder);
  const interpreters = new Map<
    string,
    { readonly interpreter?: Interpreter; readonly problems: readonly SchemaProblem[] }
  >();
  let xsd: XsdOpening | undefined;

  const interpreterOf = (
    file: string,
  ): { readonly interpreter?: Interpreter; readonly problems: readonly SchemaProblem[] } => {
    const known = interpreters.get(file);
    if (known !== undefined) return known;
    const { schema, problems } = loadSchema(folder, file);
    const made = schema === undefined ? { problems } : { interpreter: interpret(schema, library.from(file)), problems };
    interpreters.set(file, made);
    return made;
  };

  return {
    judge(bytes) {
      const decoding = decodeXml(bytes, {});
      const reading = readXml(bytes);
      if (!decoding.ok) return { ok: false, code: 'PACK_XML', message: decoding.fault.message };
      if (!reading.ok) return { ok: false, code: 'PACK_XML', message: reading.fault.message };
      xsd ??= openXsd(folder, XSD_ENTRY);
      const problems: SchemaProblem[] = [];
      const validated = xsd.ok ? xsd.schema.validate(bytes) : xsd;
      const unplayed: Unplayed[] = validated.ok ? [] : [{ layer: 'xsd', file: XSD_ENTRY, message: validated.message }];
      const faults = validated.ok ? placedIn(reading.root, validated.faults) : [];
      const root = clinicalDocument(reading.root);
      const choice = chooseVolet(
        folder.paths,
        children(root, 'templateId', HL7).map((one) => {
          const extension = attribute(one, 'extension', '');
          return { root: attribute(one, 'root', '') ?? '', ...(extension === undefined ? {} : { extension }) };
        }),
        isStructured(root),
      );
      const layers: readonly { readonly layer: LayerName; readonly file: string }[] = [
        ...GENERIC_LAYERS,
        ...(choice.kind === 'found' ? [{ layer: 'volet' as const, file: choice.file }] : []),
      ];
      // The tree is made from the very characters that libxml2 judged well-formed.
      const document = parseXml(decoding.text);
      const elements = elementsInOrder(reading.root);
      const reports = layers.flatMap(({ layer, file }): readonly LayerReport[] => {
        const made = interpreterOf(file);
        if (made.interpreter === undefined) {
          const message = made.problems.map((problem) => `${problem.file} : ${problem.message}`).join(' ');
          unplayed.push({ layer, file, message });
          return [];
        }
        problems.push(...made.problems);
        const failures = made.interpreter.judge(document).map((failure) => {
          // What a rule says of the document as a whole is read on its first tag.
          const element = elements[Math.max(0, failure.element)];
          if (element === undefined) return failure;
          const [attributeStep = ''] = /\/@[^/]+$/u.exec(failure.where) ?? [];
          return { ...failure, where: `${element.path}${attributeStep}`, line: element.line };
        });
        return [{ layer, file, failures }];
      });
      return {
        ok: true,
        report: { identity: folder.identity(), xsd: faults, layers: reports, volet: choice, unplayed, problems },
      };
    },
  };
}

function placedIn(root: XmlElement, faults: readonly XsdFault[]): readonly PlacedFault[] {
  return faults.map((fault) => {
    const element = fault.path === undefined ? undefined : elementAt(root, fault.path);
    return {
      ...fault,
      where: element?.path ?? root.path,
      ...(element === undefined ? {} : { line: element.line }),
    };
  });
}

function isStructured(root: XmlElement): boolean {
  return children(root, 'component', HL7).some((one) => child(one, 'structuredBody', HL7) !== undefined);
}
