/** Writes mail sources for tests, header by header: what a library would correct must be writable. */
export interface PartFixture {
  readonly type: string;
  readonly name?: string;
  readonly content: Uint8Array | string;
  /** `base64` (default for attachments) or a raw encoding, whose content is written as it is. */
  readonly encoding?: string;
  readonly disposition?: string;
}

export interface MailFixture {
  /** Replaces or adds headers; an empty string removes one. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly text?: string;
  readonly textType?: string;
  readonly html?: string;
  readonly attachments?: readonly PartFixture[];
  readonly boundary?: string;
  /** Leave out the last delimiter. */
  readonly unclosed?: boolean;
}

const HEADERS: Readonly<Record<string, string>> = {
  From: '"DR_EVA_BIO-TEST_LABORATOIRE DE TEST" <eva.bio-test@labo.mssante.test>',
  To: '<remi.med-test@medecin.mssante.test>',
  Subject: 'Message de test',
  Date: 'Mon, 05 Jan 2026 11:00:00 +0100',
  'Message-ID': '<20260105.1@labo.mssante.test>',
  'X-MSS-NIL': 'REF-TEST-1234',
  'MIME-Version': '1.0',
};

export function makeMail(options: MailFixture = {}): Buffer {
  const boundary = options.boundary ?? 'limite-1';
  const headers = { ...HEADERS, 'Content-Type': `multipart/mixed; boundary="${boundary}"`, ...options.headers };
  const lines = Object.entries(headers)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}`);
  const text = part({
    type: options.textType ?? 'text/plain; charset=UTF-8',
    content: options.text ?? 'Bonjour,\r\nVeuillez trouver le compte rendu en pièce jointe.',
    encoding: '8bit',
  });
  const body =
    options.html === undefined
      ? text
      : alternative(text, part({ type: 'text/html; charset=UTF-8', content: options.html, encoding: '8bit' }));
  const parts = [body, ...(options.attachments ?? []).map(part)];
  return Buffer.concat([
    Buffer.from(`${lines.join('\r\n')}\r\n\r\nCe message est au format MIME.\r\n`, 'utf8'),
    ...parts.flatMap((one) => [Buffer.from(`--${boundary}\r\n`), one, Buffer.from('\r\n')]),
    Buffer.from(options.unclosed ? '' : `--${boundary}--\r\n`),
  ]);
}

export function attachment(name: string, type: string, content: Uint8Array): PartFixture {
  return { type, name, content, disposition: 'attachment' };
}

function alternative(...parts: readonly Buffer[]): Buffer {
  return Buffer.concat([
    Buffer.from('Content-Type: multipart/alternative; boundary=limite-2\r\n\r\n'),
    ...parts.flatMap((one) => [Buffer.from('--limite-2\r\n'), one, Buffer.from('\r\n')]),
    Buffer.from('--limite-2--'),
  ]);
}

function part(one: PartFixture): Buffer {
  const encoding = one.encoding ?? 'base64';
  const named = one.name === undefined ? '' : `; ${parameter('filename', one.name)}`;
  const disposition = one.disposition === undefined ? '' : `Content-Disposition: ${one.disposition}${named}\r\n`;
  const raw = typeof one.content === 'string' ? Buffer.from(one.content, 'utf8') : Buffer.from(one.content);
  const content =
    encoding === 'base64' ? Buffer.from(raw.toString('base64').replace(/.{76}(?=.)/g, '$&\r\n'), 'latin1') : raw;
  return Buffer.concat([
    Buffer.from(`Content-Type: ${one.type}\r\n${disposition}Content-Transfer-Encoding: ${encoding}\r\n\r\n`, 'utf8'),
    content,
  ]);
}

/** RFC 2231 when the name is not plain ASCII. */
function parameter(key: string, value: string): string {
  return /^[\x20-\x7e]*$/.test(value) ? `${key}="${value}"` : `${key}*=UTF-8''${encodeURIComponent(value)}`;
}
