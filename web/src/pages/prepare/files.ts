/** Files as a browser hands them over: picked, dropped, or in a dropped folder. */

import { Trouble } from "../../api";

/** Bytes that the server reads at most; more need not be sent. */
export const LARGEST = 25_000_000;

const USABLE = /\.(?:pdf|docx|docm|txt|md|text)$/i;

/** What of a folder can be read at all. A single file is judged by the server, by its bytes. */
export const usable = (files: readonly File[]): File[] =>
  files.filter((file) => USABLE.test(file.name) && !file.name.startsWith("."));

/** The bytes of a file. Throws Trouble when it is too large, or is gone by now. */
export async function bytesOf(file: File): Promise<Blob> {
  if (file.size > LARGEST) throw new Trouble("document_too_large", "", "");
  try {
    return new Blob([await file.arrayBuffer()]);
  } catch {
    throw new Trouble("file_unreadable", "", "");
  }
}

export interface Dropped {
  files: File[];
  /** Whether a folder was among them. */
  folder: boolean;
}

/** What was dropped, folders opened. Call it inside the event: what it holds is gone afterwards. */
export async function droppedFiles(data: DataTransfer): Promise<Dropped> {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  const plain = [...data.files];
  if (!entries.some((entry) => entry?.isDirectory)) return { files: plain, folder: false };
  const found = await Promise.all(entries.map((entry) => (entry ? filesOf(entry) : [])));
  return { files: usable(found.flat()), folder: true };
}

async function filesOf(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) {
    const file = await new Promise<File | null>((take) => {
      (entry as FileSystemFileEntry).file(take, () => take(null));
    });
    return file ? [file] : [];
  }
  const inside = await entriesOf((entry as FileSystemDirectoryEntry).createReader());
  return (await Promise.all(inside.map(filesOf))).flat();
}

/** A reader gives a hundred at a time and an empty list at the end. */
async function entriesOf(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((take) => {
      reader.readEntries(take, () => take([]));
    });
    if (some.length === 0) return all;
    all.push(...some);
  }
}
