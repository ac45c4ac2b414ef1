import { fail, type Result, succeed } from '../base/result.ts';
import { listInWords } from '../base/text.ts';
import { type NpyArray, readNpy } from './npy.ts';
import { readZip, readZipEntry, type ZipEntry } from './zip.ts';

/** The arrays of a NumPy `.npz` file, by name. Each is read when it is asked for. */
export interface NpzArrays {
  readonly names: readonly string[];
  /** undefined when there is no array of that name; problems continue "the array “values” …". */
  read(name: string): Result<NpyArray> | undefined;
}

const SUFFIX = '.npy';

/**
 * Reads what `numpy.savez` and `numpy.savez_compressed` write: a ZIP archive with a `.npy` file for each array.
 * Problems continue "the file …". An array of Python objects spoils no other: it is refused when it is asked for.
 */
export function readNpz(bytes: Uint8Array): Result<NpzArrays> {
  const archive = readZip(bytes);
  if (!archive.ok) return archive;
  const entries = new Map<string, ZipEntry>();
  for (const entry of archive.value) {
    if (entry.name.endsWith(SUFFIX)) entries.set(entry.name.slice(0, -SUFFIX.length), entry);
  }
  if (entries.size === 0) {
    const others = archive.value.slice(0, 3).map(({ name }) => `“${name}”`);
    const held = others.length > 0 ? `, only ${listInWords(others)}` : '';
    return fail('npz-empty', `holds no NumPy array${held}`);
  }
  return succeed({
    names: [...entries.keys()],
    read(name) {
      const entry = entries.get(name);
      if (entry === undefined) return undefined;
      const content = readZipEntry(bytes, entry);
      return content.ok ? readNpy(content.value) : content;
    },
  });
}
