import type { Memento } from 'vscode';
import type { OriginList } from './server-credentials.ts';

/** A list of origins in what VS Code keeps for us. */
export function originList(memento: Memento, key: string): OriginList {
  return {
    get: () => memento.get<readonly string[]>(key, []),
    set: (origins) => memento.update(key, origins),
  };
}
