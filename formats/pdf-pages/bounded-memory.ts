/**
 * Bounds, in this thread, what each WebAssembly library may take: Node bounds the memory of JavaScript only. A library that
 * is refused memory says so to itself, and goes on without what it wanted to draw.
 *
 * @param maxBytes of each memory
 * @returns how many times memory was refused since the start
 */
export function boundWasmMemory(maxBytes: number): () => number {
  let refused = 0;
  const grow: (this: WebAssembly.Memory, pages: number) => number = Reflect.get(WebAssembly.Memory.prototype, 'grow');
  WebAssembly.Memory.prototype.grow = function bounded(this: WebAssembly.Memory, pages: number): number {
    if (this.buffer.byteLength + pages * 65_536 > maxBytes) {
      refused += 1;
      throw new RangeError('bound of the bench on memory');
    }
    return grow.call(this, pages);
  };
  return () => refused;
}
