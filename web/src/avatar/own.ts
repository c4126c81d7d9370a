/** A face of the candidate's own: one GLB, kept in this browser's database. Never leaves the machine. */

import { BadModel, inspect, MOST_BYTES, type ModelFacts } from "./glb";

export interface OwnModel {
  name: string;
  bytes: ArrayBuffer;
}

const DATABASE = "mulakat";
const STORE = "avatar";
const KEY = "own";

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function transact<T>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** Checks the file and keeps it. Raises BadModel for a file that cannot be a face; nothing is kept then. */
export async function keepOwn(file: File): Promise<ModelFacts> {
  // Before it is read: a film that was dropped by mistake would fill the memory.
  if (file.size > MOST_BYTES) throw new BadModel("too_large");
  const bytes = await file.arrayBuffer();
  const facts = inspect(bytes);
  const model: OwnModel = { name: file.name, bytes };
  await transact("readwrite", (store) => store.put(model, KEY));
  return facts;
}

/** The kept model; null when there is none, or the browser keeps none. */
export async function ownModel(): Promise<OwnModel | null> {
  try {
    return (await transact<OwnModel | undefined>("readonly", (store) => store.get(KEY))) ?? null;
  } catch {
    return null;
  }
}

/** Its name alone. */
export async function ownName(): Promise<string | null> {
  return (await ownModel())?.name ?? null;
}

export async function dropOwn(): Promise<void> {
  await transact("readwrite", (store) => store.delete(KEY));
}
