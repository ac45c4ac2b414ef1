// Bytes, files and objects that have one reading.
import { ANOTHER, DSSE, FIELDS, FORMATS, type Guard, JSON_READER, SSHSIG, STATEMENT, VERIFY } from './guard.ts';

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: they are source text.
export const BYTES: readonly Guard[] = [
  {
    guard: 'no field is missing',
    edits: [
      [FIELDS, 'if (missing !== undefined)', 'if (false)'],
      [FIELDS, 'this.#object[name] === null ? null', '(this.#object[name] ?? null) === null ? null'],
    ],
    stops: ['strict-json/a-missing-field'],
  },
  {
    guard: 'base64 has one spelling',
    edits: [['approval/base64.ts', "bytes.toString('base64') === text ? bytes : undefined", 'bytes']],
    stops: [
      'malleable-encodings/payload-base64-with-a-line-break',
      'malleable-encodings/payload-base64-with-other-last-bits',
      'malleable-encodings/payload-base64-without-padding',
    ],
  },
  {
    guard: 'an envelope has no field besides',
    edits: [[DSSE, 'if (unknown !== undefined) return', 'if (false) return']],
    stops: ['malleable-encodings/an-unknown-field-in-the-envelope'],
  },
  {
    guard: 'an envelope says what is in it',
    edits: [[DSSE, "if (envelope['payloadType'] !== PAYLOAD_TYPE) return", 'if (false) return']],
    stops: ['malleable-encodings/another-payload-type'],
  },
  {
    guard: 'an approval has one signature',
    edits: [[DSSE, 'if (signature === undefined || others.length > 0) return', 'if (false) return']],
    stops: ['malleable-encodings/two-signatures'],
  },
  {
    guard: 'an approval has one signature',
    edits: [[DSSE, 'if (signature === undefined || others.length > 0) return', 'if (false) return']],
    stops: ['malleable-encodings/no-signature'],
    ...ANOTHER,
  },
  {
    guard: 'an envelope is JSON',
    edits: [
      [
        DSSE,
        'if (!json.ok) return malformed(json.problem.message);',
        'if (!json.ok) throw new Error(json.problem.message);',
      ],
    ],
    stops: ['malleable-encodings/an-empty-file', 'malleable-encodings/an-envelope-that-is-not-json'],
    ...ANOTHER,
  },
  {
    guard: 'an armour stands alone, with its own line ends',
    edits: [
      [
        SSHSIG,
        '/^-----BEGIN SSH SIGNATURE-----\\n((?:[A-Za-z0-9+/=]{1,70}\\n)+)-----END SSH SIGNATURE-----\\n$/',
        '/-----BEGIN SSH SIGNATURE-----\\r?\\n((?:[A-Za-z0-9+/=]{1,70}\\r?\\n)+)-----END SSH SIGNATURE-----/',
      ],
      [SSHSIG, "body.split('\\n').slice(0, -1)", "body.replaceAll('\\r', '').split('\\n').slice(0, -1)"],
    ],
    stops: [
      'malleable-encodings/an-armour-with-crlf',
      'malleable-encodings/text-after-the-armour',
      'malleable-encodings/text-before-the-armour',
      'malleable-encodings/two-armours-in-one',
    ],
  },
  {
    guard: 'lines of an armour have one length',
    edits: [[SSHSIG, 'if (lines.slice(0, -1).some((line) => line.length !== LINE_LENGTH)) return undefined;', '']],
    stops: ['malleable-encodings/an-armour-with-other-line-lengths'],
  },
  {
    guard: 'a key stands once',
    edits: [[JSON_READER, 'if (Object.hasOwn(object, key))', 'if (false)']],
    stops: [
      'strict-json/a-duplicate-key',
      'strict-json/a-duplicate-key-in-disguise',
      'releases/a-release-with-a-key-that-stands-twice',
    ],
  },
  {
    guard: 'no key is __proto__',
    edits: [
      [JSON_READER, "if (key === '__proto__')", 'if (false)'],
      [FIELDS, 'if (unknown !== undefined)', 'if (false)'],
    ],
    stops: ['strict-json/proto'],
  },
  {
    guard: 'text is UTF-8 without a mark before it',
    edits: [[JSON_READER, '{ fatal: true, ignoreBOM: true }', '{ fatal: false, ignoreBOM: false }']],
    stops: ['strict-json/a-byte-order-mark'],
  },
  {
    guard: 'text is UTF-8 without a mark before it',
    edits: [[JSON_READER, '{ fatal: true, ignoreBOM: true }', '{ fatal: false, ignoreBOM: false }']],
    stops: ['strict-json/bytes-that-are-not-utf-8'],
  },
  {
    guard: 'nothing stands after the value',
    edits: [[JSON_READER, 'if (this.#at < this.#text.length)', 'if (false)']],
    stops: ['strict-json/text-after-the-statement'],
  },
  {
    guard: 'a field is of its type',
    edits: [
      [
        FIELDS,
        "if (typeof value !== 'string' || !accept(value)) throw",
        "if (typeof value === 'string' && !accept(value)) throw",
      ],
      [JSON_READER, 'if (!Number.isFinite(value))', 'if (false)'],
    ],
    stops: ['strict-json/a-number-where-a-text-should-be'],
  },
  {
    guard: 'a text is whole',
    edits: [[JSON_READER, 'if (!result.isWellFormed())', 'if (false)']],
    stops: ['strict-json/a-lone-surrogate'],
  },
  {
    guard: 'nesting ends',
    edits: [[JSON_READER, 'if (depth === 0)', 'if (false)']],
    stops: ['strict-json/brackets-without-end'],
    ...ANOTHER,
  },
  {
    guard: 'a statement says what it is',
    edits: [[STATEMENT, '(text) => text === PREDICATE_TYPE', '() => true']],
    stops: ['strict-json/another-predicate-type'],
  },
  {
    guard: 'a name is one',
    edits: [[FORMATS, 'return NAME.test(value);', 'return true;']],
    stops: ['strict-json/a-role-with-a-path-in-it'],
    ...ANOTHER,
  },
  {
    guard: 'a reason is one',
    edits: [[STATEMENT, "return text.trim() !== '';", 'return true;']],
    stops: ['strict-json/a-reason-of-blanks'],
  },
  {
    guard: 'only a regular file is read',
    edits: [['approval/signoff-files.ts', 'if (!isRegularFile(file)) return undefined;', '']],
    stops: ['files-that-are-none/a-symlink-in-place-of-an-approval'],
    ...ANOTHER,
  },
  {
    guard: 'a file has an end',
    edits: [
      [DSSE, 'if (bytes.length > MAX_ENVELOPE_BYTES) {', 'if (false) {'],
      [
        'approval/signoff-files.ts',
        'contentOf(objects, file, MAX_ENVELOPE_BYTES)',
        'contentOf(objects, file, 2 ** 30)',
      ],
    ],
    stops: ['files-that-are-none/an-approval-of-33-megabytes'],
    ...ANOTHER,
  },
  {
    guard: 'what people see is what was judged',
    edits: [[VERIFY, '...edited.map(workTreeDiffers)', '']],
    stops: [
      'work-tree-shows-something-else/another-approval-on-disk',
      'work-tree-shows-something-else/another-policy-on-disk',
    ],
  },
  {
    guard: 'objects are not replaced',
    edits: [
      ['git/run-git.ts', "'--no-replace-objects',\n    '--no-pager',", "'--no-pager',"],
      ['git/environment.ts', "GIT_NO_REPLACE_OBJECTS: '1',", ''],
      ['git/object-reader.ts', "'sha1') !== oid) {", "'sha1') !== oid && false) {"],
    ],
    stops: ['rewritten-objects/a-replaced-commit-that-hides-a-rejection'],
  },
  {
    guard: 'objects are what their ids promise',
    edits: [['git/object-reader.ts', "'sha1') !== oid) {", "'sha1') !== oid && false) {"]],
    stops: ['rewritten-objects/another-folder-under-the-id-of-one-with-a-rejection'],
  },
  {
    guard: 'a model is a folder or a file, not a link to one',
    edits: [
      [
        'evidence/find-model-files.ts',
        "if (!stat.isDirectory()) return refuse(basename(path), 'is a symbolic link or a special file');",
        '',
      ],
    ],
    stops: ['files-that-are-none/a-symlink-in-place-of-the-model'],
  },
  {
    guard: 'a model holds no links',
    edits: [
      [
        'evidence/find-model-files.ts',
        "if (entry.isSymbolicLink()) return refuse(name, 'is a symbolic link');",
        'if (entry.isSymbolicLink()) names.push(name);\n    else',
      ],
    ],
    stops: ['files-that-are-none/a-symlink-in-the-model'],
    ...ANOTHER,
  },
  {
    guard: 'a model holds a file',
    edits: [['evidence/find-model-files.ts', 'if (names.length === 0) return', 'if (false) return']],
    stops: ['files-that-are-none/a-model-of-nothing-but-what-a-download-adds'],
    ...ANOTHER,
  },
  {
    guard: 'a model holds something',
    edits: [
      [
        'evidence/model-files.ts',
        'if (files.length > 0 && files.every(({ sha256 }) => sha256 === SHA256_OF_NOTHING)) return ofNothing(path);',
        '',
      ],
    ],
    stops: ['files-that-are-none/a-model-of-empty-files'],
  },
  {
    guard: 'a model holds files and folders alone',
    edits: [['evidence/find-model-files.ts', "return refuse(name, 'is neither a file nor a folder');", 'continue;']],
    stops: ['files-that-are-none/a-pipe-in-the-model'],
  },
  {
    guard: 'a pointer is no model file',
    edits: [['evidence/find-model-files.ts', 'if (isLfsPointer(start)) {', 'if (false) {']],
    stops: ['files-that-are-none/a-pointer-in-place-of-a-model-file'],
    ...ANOTHER,
  },
];
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: they are source text.
