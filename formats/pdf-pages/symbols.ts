import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

export interface SymbolsSeen {
  readonly read: readonly Uint8Array[];
  readonly unreadable: number;
}

const MAX_SYMBOLS = 16;

/** Loads the decoder from the package: left to itself, it would fetch its program from the network. */
export async function loadDecoder(): Promise<void> {
  const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const { buffer, byteOffset, byteLength } = await readFile(file);
  const wasmBinary = buffer.slice(byteOffset, byteOffset + byteLength);
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}

/**
 * Reads every Data Matrix symbol of a drawing.
 *
 * @param grey one byte per pixel, line after line from the top
 */
export async function readSymbols(grey: Uint8Array, width: number, height: number): Promise<SymbolsSeen> {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let from = 0, to = 0; from < width * height; from += 1, to += 4) {
    const level = grey[from] ?? 255;
    data[to] = level;
    data[to + 1] = level;
    data[to + 2] = level;
    data[to + 3] = 255;
  }
  const symbols = await readBarcodes(
    { data, width, height, colorSpace: 'srgb' },
    {
      formats: ['DataMatrix'],
      tryHarder: true,
      returnErrors: true,
      maxNumberOfSymbols: MAX_SYMBOLS,
    },
  );
  return {
    read: symbols.filter(({ isValid }) => isValid).map(({ bytes }) => Uint8Array.from(bytes)),
    unreadable: symbols.filter(({ isValid }) => !isValid).length,
  };
}
