type Sqlite = typeof import('node:sqlite');

let loaded: Promise<Sqlite> | undefined;

/**
 * `node:sqlite`, on first use. Node says while loading it that the module is experimental; the versions that this
 * program runs on are known and tested, so that one warning is dropped, and only while the module loads.
 */
export function loadSqlite(): Promise<Sqlite> {
  loaded ??= importQuietly();
  return loaded;
}

async function importQuietly(): Promise<Sqlite> {
  const emitWarning = process.emitWarning;
  process.emitWarning = ((warning: string | Error, ...rest: unknown[]) => {
    if (!String(warning).includes('SQLite is an experimental feature')) {
      Reflect.apply(emitWarning, process, [warning, ...rest]);
    }
  }) as typeof process.emitWarning;
  try {
    return await import('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}
