import type * as vscode from 'vscode';
import { Hover } from 'vscode';
import { markdownOf } from './markdown.ts';
import { rangeIn } from './places.ts';
import type { LanguageSession } from './session.ts';
import { yamlNeighbourOf } from './yaml-neighbour.ts';

export function hoverProvider(session: LanguageSession): vscode.HoverProvider {
  return {
    async provideHover(document, position, token) {
      const neighbour = yamlNeighbourOf(document).describes ? 'describes keys' : 'none';
      const offset = document.offsetAt(position);
      const found = await session.ask('hover', document, { offset, neighbour }, token);
      return found && new Hover(markdownOf(found.sections), rangeIn(document, found.range));
    },
  };
}
