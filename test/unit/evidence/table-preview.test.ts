import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { previewTable } from '../../../src/evidence/table-preview.ts';
import { makeStore } from '../runs/store.ts';

const store = makeStore();

async function preview(name: string, content: string): Promise<unknown> {
  store.write(name, content);
  const found = await previewTable({ absolute: [join(store.folder, name)], relative: [name] });
  assert.ok(found.ok, JSON.stringify(found));
  return found.value;
}

test('a text table: numbers where every cell is one, and the values of columns that have few', async () => {
  assert.deepEqual(await preview('a.csv', 'id,label,city\n1,1,Bern\n2,0,Basel\n3,1,\n4,1,"a, b"\n'), {
    rows: 4,
    columns: [
      { name: 'id', type: 'number', values: ['1', '2', '3', '4'], complete: true },
      { name: 'label', type: 'number', values: ['0', '1'], complete: true },
      { name: 'city', type: 'text', values: ['Basel', 'Bern', 'a, b'], complete: true },
    ],
  });
});

test('columns of many values list none', async () => {
  const rows = Array.from({ length: 30 }, (_, index) => `${index},name${index}`).join('\n');
  assert.deepEqual(await preview('many.csv', `id,name\n${rows}\n`), {
    rows: 30,
    columns: [
      { name: 'id', type: 'number' },
      { name: 'name', type: 'text' },
    ],
  });
});

test('JSON’s own types, and what is nested', async () => {
  assert.deepEqual(
    await preview(
      'a.jsonl',
      '{"ok":true,"when":"2024-01-01","deep":{"a":1}}\n{"ok":false,"when":"2024-01-02","deep":{"a":2}}\n',
    ),
    {
      rows: 2,
      columns: [
        { name: 'ok', type: 'truth value', values: ['false', 'true'], complete: true },
        { name: 'when', type: 'time' },
        { name: 'deep', type: 'nested' },
      ],
    },
  );
});

test('a value beyond a hundred letters is not shown', async () => {
  const found = (await preview('long.csv', `text\n${'x'.repeat(200)}\n`)) as { columns: unknown };
  assert.deepEqual(found.columns, [{ name: 'text', type: 'text' }]);
});

test('what is no table is a problem', async () => {
  const found = await previewTable({ absolute: ['/nowhere/a.csv'], relative: ['a.csv'] });
  assert.equal(found.ok, false);
});
