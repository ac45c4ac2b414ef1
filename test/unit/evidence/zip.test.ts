import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32, deflateRawSync } from 'node:zlib';
import { readNpz } from '../../../src/evidence/npz.ts';
import { LARGEST_ENTRY, readZip, readZipEntry } from '../../../src/evidence/zip.ts';

interface Member {
  readonly name: string;
  readonly content: Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  /** What the headers say instead of the truth. */
  readonly size?: number;
  readonly localName?: string;
}

/** A ZIP archive by hand, so that it can lie. */
function zip(members: readonly Member[]): Uint8Array {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content, method = 8, flags = 0, size = content.length, localName = name } of members) {
    const packed = method === 8 ? deflateRawSync(content) : Buffer.from(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(Buffer.byteLength(localName), 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(crc32(content), 16);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(size, 24);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(localName), packed);
    central.push(entry, Buffer.from(name));
    offset += 30 + Buffer.byteLength(localName) + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

const HELLO = Buffer.from('hello');

test('stored and deflated files are read, and their checksums verified', () => {
  for (const method of [0, 8]) {
    const archive = zip([{ name: 'a.txt', content: HELLO, method }]);
    const entries = readZip(archive);
    assert.ok(entries.ok);
    const [entry] = entries.value;
    assert.ok(entry);
    const content = readZipEntry(archive, entry);
    assert.ok(content.ok);
    assert.equal(Buffer.from(content.value).toString(), 'hello');
    assert.ok(!readZipEntry(archive, { ...entry, crc: entry.crc ^ 1 }).ok);
  }
});

test('a bomb is not inflated beyond the size that it announces', () => {
  const archive = zip([{ name: 'values.npy', content: new Uint8Array(50_000_000), size: 100 }]);
  assert.ok(archive.length < 100_000);
  const arrays = readNpz(archive);
  assert.ok(arrays.ok);
  const read = arrays.value.read('values');
  assert.ok(read && !read.ok);
  assert.match(read.problem.message, /damaged/);
});

test('what announces too much, is encrypted, or comes twice is refused', () => {
  const cases: readonly (readonly [Uint8Array, RegExp])[] = [
    [zip([{ name: 'a.npy', content: HELLO, size: LARGEST_ENTRY + 1 }]), /can be read/],
    [zip([{ name: 'a.npy', content: HELLO, flags: 1 }]), /encrypted/],
    [zip([{ name: 'a.npy', content: HELLO, method: 12 }]), /packed by a method/],
    [
      zip([
        { name: 'a.npy', content: HELLO },
        { name: 'a.npy', content: HELLO },
      ]),
      /two files of one name/,
    ],
    [zip(Array.from({ length: 1001 }, (_, at) => ({ name: `${at}.npy`, content: HELLO }))), /1,001 files/],
    [zip([{ name: 'readme.txt', content: HELLO }]), /holds no NumPy array, only “readme.txt”/],
    [Buffer.from('no archive at all'), /not a ZIP archive/],
    [new Uint8Array(), /not a ZIP archive/],
  ];
  for (const [archive, reason] of cases) {
    const read = readNpz(archive);
    assert.ok(!read.ok);
    assert.match(read.problem.message, reason);
  }
});

test('a file whose own header gives it another name is refused, as Python’s zipfile does', () => {
  const archive = zip([{ name: 'values.npy', content: HELLO, localName: 'others.npy' }]);
  const arrays = readNpz(archive);
  assert.ok(arrays.ok);
  assert.equal(arrays.value.read('values')?.ok, false);
});
