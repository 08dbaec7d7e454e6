import { describe, expect, it } from 'vitest';
import { showInBrowser } from './index.ts';

const LONG = 60_000;

function sheet(body: string): Uint8Array {
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href=""?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:output method="html"/>
<xsl:template match="/"><html><body>${body}</body></html></xsl:template><essai xmlns="urn:essai"/></xsl:stylesheet>`);
}

describe('showInBrowser', () => {
  it(
    'gives the text and the picture of a document that shows itself',
    async () => {
      const shown = await showInBrowser({ bytes: sheet('<h1>Compte rendu é</h1>'), mediaType: 'text/xml' });
      expect(shown).toMatchObject({ ended: true, text: 'Compte rendu é', asked: [], appliesStyleSheets: true });
      expect(shown.browser).toMatch(/^Chromium \d+/);
      expect(
        Buffer.from(shown.screenshot ?? [])
          .subarray(1, 4)
          .toString('latin1'),
      ).toBe('PNG');
    },
    LONG,
  );

  it(
    'runs no script, and answers nothing that the document asks for',
    async () => {
      const body =
        '<p>avant</p><script>document.body.textContent = "joué"</script><img src="https://labo.test/logo.png"/><img src="/voisin.png"/>';
      const shown = await showInBrowser({ bytes: sheet(body), mediaType: 'text/xml' });
      expect(shown.text).toBe('avant');
      expect(shown.asked.map((url) => new URL(url).pathname).toSorted()).toEqual(['/logo.png', '/voisin.png']);
    },
    LONG,
  );

  it(
    'says that a style sheet which never ends was not seen to its end',
    async () => {
      const twice = '<xsl:call-template name="t"><xsl:with-param name="n" select="$n - 1"/></xsl:call-template>'.repeat(
        2,
      );
      const template = `<xsl:template name="t"><xsl:param name="n"/><xsl:if test="$n > 0">${twice}</xsl:if></xsl:template>`;
      const endless = Buffer.from(sheet(twice.replaceAll('$n - 1', '60')))
        .toString('utf8')
        .replace('<xsl:template match', `${template}<xsl:template match`);
      const shown = await showInBrowser({ bytes: Buffer.from(endless), mediaType: 'text/xml' }, 2_000);
      expect(shown).toMatchObject({ ended: false, text: '', appliesStyleSheets: true });
    },
    LONG,
  );

  it.each([
    ['a style sheet that is not in the document', '<?xml-stylesheet type="text/xsl" href="cda.xsl"?><a>x</a>'],
    ['no style sheet', '<a>x</a>'],
    ['a document cut short', '<a>x'],
  ])(
    'shows no page of %s',
    async (_, text) => {
      const shown = await showInBrowser({ bytes: Buffer.from(text), mediaType: 'text/xml' });
      expect(shown).toMatchObject({
        text: expect.stringMatching(/^(?:|This XML file .*)$/su),
        appliesStyleSheets: true,
      });
    },
    LONG,
  );
});
