import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteText } from './table-source.ts';

export interface OpenDuckDb {
  readonly connection: DuckDBConnection;
  close(): void;
}

/**
 * An empty DuckDB that can read the given files and reach nothing else: no other file, no network, no extension, no
 * temporary folder; and its configuration is locked. DuckDB itself is loaded on first use.
 *
 * @param files absolute paths
 */
export async function openDuckDb(files: readonly string[]): Promise<OpenDuckDb> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    temp_directory: '',
  });
  const connection = await instance.connect();
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    await connection.run(`SET allowed_paths = [${files.map(quoteText).join(', ')}]`);
    await connection.run('SET enable_external_access = false');
    await connection.run('SET lock_configuration = true');
    return { connection, close };
  } catch (error) {
    close();
    throw error;
  }
}
