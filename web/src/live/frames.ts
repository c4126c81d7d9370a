/** Binary frames: 4 bytes sentence number, 4 bytes first sample (little-endian), then 16-bit mono PCM. */

export interface Frame {
  sentence: number;
  offset: number;
  samples: Float32Array<ArrayBuffer>;
}

const HEADER = 8;

/** The frame's samples in [-1, 1), or null for bytes that are no frame. */
export function readFrame(bytes: ArrayBuffer): Frame | null {
  if (bytes.byteLength < HEADER || (bytes.byteLength - HEADER) % 2 !== 0) return null;
  const view = new DataView(bytes);
  const count = (bytes.byteLength - HEADER) / 2;
  const samples = new Float32Array(count);
  for (let i = 0; i < count; i++) samples[i] = view.getInt16(HEADER + i * 2, true) / 32768;
  return { sentence: view.getUint32(0, true), offset: view.getUint32(4, true), samples };
}
