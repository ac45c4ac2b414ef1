import type { Metafile } from 'esbuild';
import type { Bench } from './row.ts';

/** What VS Code must load before the extension can be activated: the entry and everything that it imports at once. */
export const bench: Bench = async ({ metafile }) => [
  {
    name: 'extension, loaded at activation (minified)',
    ours: closureBytes(metafile, 'dist/extension/extension.js') / 1000,
    unit: 'kB',
    budget: { atMost: 150 },
  },
];

function closureBytes({ outputs }: Metafile, entry: string): number {
  const seen = new Set<string>();
  const visit = (path: string): number => {
    const output = outputs[path];
    if (!output || seen.has(path)) return 0;
    seen.add(path);
    const loadedAtOnce = output.imports.filter((each) => each.kind === 'import-statement');
    return output.bytes + loadedAtOnce.reduce((sum, each) => sum + visit(each.path), 0);
  };
  const bytes = visit(entry);
  if (bytes === 0) throw new Error(`esbuild wrote no ${entry}.`);
  return bytes;
}
