import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readContentType, readMtom, readMultipart, transferDecode, writeMtom, type MimePart } from './index.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

describe('readContentType', () => {
  it.each([
    ['text/XML', { type: 'text/xml', parameters: {} }],
    [
      'application/soap+xml; charset=utf-8; action="urn:a;b\\"c"',
      { type: 'application/soap+xml', parameters: { charset: 'utf-8', action: 'urn:a;b"c' } },
    ],
    [
      'multipart/related; boundary="b 1";\r\n\tTYPE="application/xop+xml";',
      { type: 'multipart/related', parameters: { boundary: 'b 1', type: 'application/xop+xml' } },
    ],
    ['a/b; x=1; X=2', { type: 'a/b', parameters: { x: '1' } }],
    ["a/b; name*=UTF-8''%C3%A9t%C3%A9.pdf", { type: 'a/b', parameters: { name: 'été.pdf' } }],
    ["a/b; name*0*=iso-8859-1'fr'%e9; name*1=t%; name*2*=%e9", { type: 'a/b', parameters: { name: 'ét%é' } }],
  ])('reads %j', (value, expected) => {
    expect(readContentType(value)).toEqual(expected);
  });

  it.each([
    '',
    'text',
    'text/',
    '/xml',
    'text/xml charset=utf-8',
    'a/b; x="unclosed',
    'a/b; =1',
    `a/b; x=${'1'.repeat(9000)}`,
  ])('refuses %j', (value) => {
    expect(readContentType(value)).toBeUndefined();
  });

  it('is not fooled by names of the language', () => {
    const read = readContentType('a/b; __proto__=1; constructor=2');
    expect(Object.keys(read?.parameters ?? {})).toEqual(['__proto__', 'constructor']);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(() => readContentType(`a/b;${value}`)).not.toThrow();
      }),
    );
  });
});

describe('transferDecode', () => {
  it.each([
    ['BASE64', 'w6l0\r\nw6k=', 'été'],
    ['quoted-printable', '=C3=A9t=\r\n=c3=a9 \r\n=zz', 'été\r\n=zz'],
    ['8bit', 'été', 'été'],
    ['x-unknown', 'été', 'été'],
  ])('%s', (encoding, raw, expected) => {
    expect(text(transferDecode(Buffer.from(raw), encoding))).toBe(expected);
  });

  it('reads base64 slice by slice as if it were one string, whatever is between its characters', () => {
    const noise = fc.constantFrom('', '\r\n', ' ', '\0', '=');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(noise, { maxLength: 20 }), (bytes, noises) => {
        const plain = Buffer.from(bytes).toString('base64');
        const step = Math.max(1, Math.floor(plain.length / (noises.length + 1)));
        const raw = noises.reduceRight(
          (written, one, index) => written.slice(0, index * step) + one + written.slice(index * step),
          plain,
        );
        expect(Buffer.from(transferDecode(Buffer.from(raw), 'base64'))).toEqual(Buffer.from(raw, 'base64'));
      }),
    );
    const large = Buffer.alloc(3_000_001, 'jalon');
    const lines = large.toString('base64').replace(/.{76}/g, '$&\r\n');
    expect(Buffer.from(transferDecode(Buffer.from(lines), 'base64')).equals(large)).toBe(true);
  });
});

const related = { type: 'multipart/related', parameters: { boundary: 'B' } };

function parts(body: string): readonly MimePart[] {
  const reading = readMultipart(Buffer.from(body), related);
  if (!reading.ok) throw new Error(reading.fault.code);
  return reading.parts;
}

describe('readMultipart', () => {
  it('splits on delimiter lines only, dropping preamble and epilogue', () => {
    const found = parts(
      'preamble\r\n--B \r\nContent-ID: <1>\r\nX:\r\n folded\r\n value\r\n\r\na --B\r\n--Bis\r\n\r\n--B\r\n\r\nb\r\n--B--\r\nepilogue --B',
    );
    expect(found.map((part) => text(part.content))).toEqual(['a --B\r\n--Bis\r\n', 'b']);
    expect(found[0]?.contentId).toBe('1');
    expect(found[0]?.headers).toEqual([
      ['Content-ID', '<1>'],
      ['X', 'folded value'],
    ]);
    expect(found[1]?.headers).toEqual([]);
  });

  it('takes lines ended by LF alone', () => {
    expect(parts('--B\nA: 1\n\nx\n--B--').map((part) => text(part.content))).toEqual(['x']);
  });

  it('decodes what the part says, and keeps what was sent', () => {
    const [part] = parts('--B\r\ncontent-transfer-encoding: BASE64\r\n\r\nw6k=\r\n--B--');
    expect(part && text(part.content)).toBe('é');
    expect(part && text(part.raw)).toBe('w6k=');
  });

  it.each([
    ['no delimiter', 'MIME_NO_PART'],
    ['--B\r\n\r\nx\r\n', 'MIME_TRUNCATED'],
    ['--B--', 'MIME_NO_PART'],
    ['--B\r\nnot a header\r\n\r\nx\r\n--B--', 'MIME_BAD_PART_HEADER'],
    ['--B\r\n folded first\r\n\r\nx\r\n--B--', 'MIME_BAD_PART_HEADER'],
    [`--B\r\nX: ${'y'.repeat(70_000)}\r\n\r\nx\r\n--B--`, 'MIME_HEADER_TOO_LARGE'],
    ['--B\r\n\r\n\r\n'.repeat(1002), 'MIME_TOO_MANY_PARTS'],
  ])('refuses %j', (body, code) => {
    expect(readMultipart(Buffer.from(body), related)).toMatchObject({ ok: false, fault: { code } });
  });

  it('is as strict as it is asked to be', () => {
    const two = Buffer.from('--B\r\nX: yyyy\r\n\r\nx\r\n--B\r\n\r\nx\r\n--B--');
    expect(readMultipart(two, related, { maxParts: 2, maxHeaderBytes: 20 })).toMatchObject({ ok: true });
    expect(readMultipart(two, related, { maxParts: 1 })).toMatchObject({ fault: { code: 'MIME_TOO_MANY_PARTS' } });
    expect(readMultipart(two, related, { maxHeaderBytes: 5 })).toMatchObject({
      fault: { code: 'MIME_HEADER_TOO_LARGE' },
    });
  });

  it('wants a boundary', () => {
    expect(readMultipart(Buffer.from(''), { type: 'multipart/mixed', parameters: {} })).toMatchObject({
      fault: { code: 'MIME_NO_BOUNDARY' },
    });
  });

  it('never throws, whatever the bytes', () => {
    const piece = fc.constantFrom('--B', '--B--', '\r\n', '\n', 'A: 1', ' ', 'x');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        expect(typeof readMultipart(Buffer.from(pieces.join('')), related).ok).toBe('boolean');
      }),
    );
  });
});

const xop = 'multipart/related; type="application/xop+xml"; boundary=B; start="<r>"';

describe('readMtom', () => {
  const body = Buffer.from(
    '--B\r\nContent-ID: <d1@urn:ihe:iti>\r\n\r\nDOC\r\n--B\r\nContent-ID: <r>\r\n\r\n<e/>\r\n--B--',
  );

  it('finds the root that start names, wherever it is, and parts by href', () => {
    const reading = readMtom(xop, body);
    if (!reading.ok) throw new Error(reading.fault.code);
    expect(text(reading.root.content)).toBe('<e/>');
    expect([...reading.attachments.keys()]).toEqual(['d1@urn:ihe:iti']);
    expect(text(reading.find('cid:d1@urn%3Aihe%3Aiti')?.content ?? new Uint8Array())).toBe('DOC');
    expect(reading.find('cid:d1@urn:ihe:iti')).toBeDefined();
    expect(reading.find('d1@urn:ihe:iti')).toBeUndefined();
    expect(reading.find('cid:%')).toBeUndefined();
  });

  it.each([
    ['application/soap+xml', 'MTOM_NOT_MULTIPART'],
    ['nonsense', 'MTOM_NOT_MULTIPART'],
    ['multipart/related; boundary=B; type="text/xml"', 'MTOM_NOT_XOP'],
    [xop.replace('<r>', '<absent>'), 'MTOM_NO_ROOT'],
    [xop.replace('boundary=B; ', ''), 'MIME_NO_BOUNDARY'],
  ])('refuses %s', (header, code) => {
    expect(readMtom(header, body)).toMatchObject({ ok: false, fault: { code } });
  });

  it('tells a Content-ID that holds an escape from the one that it escapes', () => {
    const two = Buffer.from(
      '--B\r\nContent-ID: <r>\r\n\r\n<e/>\r\n--B\r\nContent-ID: <d%401>\r\n\r\nescaped\r\n--B\r\nContent-ID: <d@1>\r\n\r\nplain\r\n--B--',
    );
    const reading = readMtom(xop, two);
    if (!reading.ok) throw new Error(reading.fault.message);
    const found = (href: string): string => text(reading.find(href)?.content ?? new Uint8Array());
    expect([found('cid:d%25401'), found('cid:d%401'), found('cid:d@1')]).toEqual(['escaped', 'plain', 'plain']);
  });

  it('refuses two parts of the same id', () => {
    const twice = Buffer.from(
      `--B\r\nContent-ID: <r>\r\n\r\n<e/>\r\n${'--B\r\nContent-ID: <d>\r\n\r\nx\r\n'.repeat(2)}--B--`,
    );
    expect(readMtom(xop, twice)).toMatchObject({ fault: { code: 'MTOM_DUPLICATE_CONTENT_ID' } });
  });
});

describe('readMtom and nesting', () => {
  it('refuses a multipart inside the package', () => {
    const body = '--B\r\n\r\n<x/>\r\n--B\r\nContent-Type: multipart/mixed; boundary=C\r\n\r\n--C--\r\n--B--';
    const header = 'multipart/related; boundary=B; type="application/xop+xml"';
    expect(readMtom(header, Buffer.from(body))).toMatchObject({ fault: { code: 'MTOM_NESTED' } });
  });
});

describe('writeMtom', () => {
  it('is read back with the same bytes, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 3 }), (contents) => {
        const attachments = contents.map((content, index) => ({
          contentId: `d${index}@jalon`,
          mediaType: 'application/octet-stream',
          content,
        }));
        const written = writeMtom({ root: '<é/>', attachments, action: 'urn:a' });
        const reading = readMtom(written.contentType, written.body);
        if (!reading.ok) throw new Error(reading.fault.code);
        expect(text(reading.root.content)).toBe('<é/>');
        expect(reading.contentType.parameters['action']).toBe('urn:a');
        for (const { contentId, content } of attachments) {
          expect(Buffer.from(reading.find(`cid:${contentId}`)?.content ?? []).equals(Buffer.from(content))).toBe(true);
        }
      }),
    );
  });

  it('writes the same bytes for the same parts', () => {
    const once = writeMtom({ root: '<a/>', attachments: [] });
    expect(writeMtom({ root: '<a/>', attachments: [] })).toEqual(once);
  });
});
