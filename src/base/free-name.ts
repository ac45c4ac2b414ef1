import { parse } from 'node:path';

/** A path that is not taken: this one, or the first of `name-2.ext`, `name-3.ext` and so on beside it. */
export function freeName(path: string, isTaken: (path: string) => boolean): string {
  const { dir, name, ext } = parse(path);
  const stem = path.slice(dir.length, path.length - ext.length - name.length);
  for (let copy = 1; ; copy += 1) {
    const free = copy === 1 ? path : `${dir}${stem}${name}-${copy}${ext}`;
    if (!isTaken(free)) return free;
  }
}
