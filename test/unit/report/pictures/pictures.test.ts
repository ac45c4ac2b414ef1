import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { escapeForTerminal } from '../../../../src/base/text.ts';
import { SCENE_ATTRIBUTES, SCENE_TAGS } from '../../../../src/report/pictures/scene.ts';
import { sceneToSvgText } from '../../../../src/report/pictures/svg-text.ts';
import { NAUGHTY_STRINGS } from '../../naughty-strings.ts';
import { drawn, nodesOf, wordsOf } from './support/drawn.ts';
import { everyKind } from './support/every-kind.ts';

const KINDS = [
  ...[
    'roc/d',
    'precision-recall/d',
    'confusion/d',
    'calibration/d',
    'score-distribution/d',
    'parts/slices',
    'parts/parity',
  ],
  ...['drift/drift', 'parts/gap', 'steps/folds', 'steps/last', 'importance/shap', 'beeswarm/shap', 'importance/lime'],
  'percentiles/late',
];

describe('every picture', () => {
  const made = drawn(everyKind('group', 'column'));

  test('is there', async () => {
    assert.deepEqual([...(await made).keys()].sort(), [...KINDS].sort());
  });

  test('has a title, a sentence that says whether it holds, its bound drawn, and a table with the same rows as its CSV', async () => {
    for (const [id, picture] of await made) {
      assert.ok(picture.title.length > 2 && picture.sentence.endsWith('.'), `${id}: ${picture.sentence}`);
      const lines = picture.csv.trimEnd().split('\r\n');
      assert.ok(picture.table.rows.length > 0 && lines.length === picture.table.rows.length + 1, id);
      assert.ok(
        picture.table.rows.every((row) => row.length === picture.table.columns.length),
        id,
      );
      if (picture.checks.length === 0 || id === 'beeswarm/shap') continue;
      assert.ok(
        nodesOf(picture).some(({ attributes }) => attributes.class === 'bound'),
        `${id} draws no bound`,
      );
      assert.equal(picture.status?.status, 'pass', id);
    }
  });

  test('is made of what pictures may be made of, lies within its size, and has points to visit', async () => {
    for (const [id, picture] of await made) {
      const { width, height } = picture.scene;
      assert.ok(width === 480 && height > 40, id);
      for (const { tag, attributes } of nodesOf(picture)) {
        assert.ok(SCENE_TAGS.includes(tag));
        for (const [name, value] of Object.entries(attributes)) {
          assert.ok((SCENE_ATTRIBUTES as readonly string[]).includes(name), `${id}: ${name}`);
          assert.doesNotMatch(String(value), /NaN|Infinity|undefined/, `${id}: ${tag} ${name}`);
        }
        if (typeof attributes.y === 'number' && tag === 'text')
          assert.ok(attributes.y <= height, `${id}: ${attributes.y}`);
      }
      const marks = nodesOf(picture).filter(({ attributes }) => attributes.class === 'mark');
      assert.ok(marks.length > 0 && marks.every(({ attributes }) => attributes['aria-label']), id);
      assert.match(sceneToSvgText(picture.scene, picture.title), /^<svg .*<\/svg>$/s);
    }
  });

  test('says what it shows in one sentence', async () => {
    const pictures = await made;
    assert.match(
      pictures.get('roc/d')?.sentence ?? '',
      /^ROC AUC 0\.\d+, interval 0\.\d+ to 0\.\d+, floor 0\.5: holds\.$/,
    );
    assert.match(pictures.get('parts/slices')?.sentence ?? '', /^2 of 2 hold\. Recall 0\.\d+, floor 0\.1: holds\.$/);
    assert.match(pictures.get('parts/parity')?.sentence ?? '', /band -0\.9 to 0\.9: holds\.$/);
  });

  test('is small', async () => {
    const bytes = [...(await made).values()].map(({ csv: _, ...shown }) => JSON.stringify(shown).length);
    assert.ok(bytes.reduce((sum, each) => sum + each, 0) < 200_000);
  });
});

describe('names in pictures', () => {
  test('that look like formulas do nothing in a spreadsheet', async () => {
    const pictures = await drawn(everyKind('=HYPERLINK("x")', 'column'));
    assert.match(pictures.get('parts/slices')?.csv ?? '', /^"'=HYPERLINK\(""x""\)",/m);
  });

  test('of nothing but what can’t be seen are written out', async () => {
    const pictures = await drawn(everyKind('\u202egroup\u0007', 'column'));
    const words = wordsOf(pictures.get('parts/slices') ?? assert.fail());
    assert.ok(words.includes('\\u{202e}group\\u{7}'));
    assert.equal(
      words.find((word) => word.includes('\u202e') || word.includes('\u0007')),
      undefined,
    );
  });

  test('of any kind appear as they are', async () => {
    // A column's name can't be blank, and a table's reader takes what spreadsheets call a quote as its own.
    const names = NAUGHTY_STRINGS.filter(
      (name, index) => index % 25 === 0 && name.trim() === name && !/["\r\n]/.test(name),
    );
    assert.ok(names.length > 10);
    for (const name of names) {
      const pictures = await drawn(everyKind(name, name));
      for (const id of ['parts/slices', 'drift/drift', 'importance/lime', 'beeswarm/shap']) {
        const picture = pictures.get(id) ?? assert.fail(`${id} of ${name}`);
        assert.ok(wordsOf(picture).includes(escapeForTerminal(name)), `${id} of ${name}`);
      }
    }
  });
});
