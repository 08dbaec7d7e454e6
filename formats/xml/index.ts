export type {
  XmlAttribute,
  XmlElement,
  XmlFault,
  XmlFaultCode,
  XmlLimits,
  XmlName,
  XmlNode,
  XmlReading,
  XmlText,
  XmlVisitor,
} from './types.ts';
export { canonicalXml } from './canonical.ts';
export { decode as xmlCharacters } from './encoding.ts';
export { escapeXml } from './escape.ts';
export { isXmlLimit } from './fault.ts';
export { at, attribute, child, children, descendants } from './navigate.ts';
export { prepare as decodeXml, withDocument } from './open.ts';
export { instructionsOf } from './prolog.ts';
export { readXml } from './read.ts';
export { walkXml } from './walk.ts';
