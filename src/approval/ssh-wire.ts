/** Thrown by the reader below for bytes that are not what they say; callers turn it into a refusal. */
export class SshWireError extends Error {}

/** Reads SSH's wire format (RFC 4251 §5): length-prefixed strings and big-endian integers. */
export class SshWireReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  raw(length: number): Buffer {
    if (length > this.#bytes.length - this.#at) throw new SshWireError('it is cut off');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  uint32(): number {
    return this.raw(4).readUInt32BE(0);
  }

  string(): Buffer {
    return this.raw(this.uint32());
  }

  /** A string that names something: printable ASCII. */
  name(): string {
    const bytes = this.string();
    if (bytes.some((byte) => byte < 0x21 || byte > 0x7e)) throw new SshWireError('a name in it is not plain text');
    return bytes.toString('latin1');
  }

  /** A positive integer in its shortest form, without the leading zero that only marks the sign. */
  positiveInteger(): Buffer {
    const bytes = this.string();
    const [first, second] = bytes;
    if (first === undefined || first >= 0x80) throw new SshWireError('an integer in it is not positive');
    if (first !== 0) return bytes;
    if (second === undefined || second < 0x80) throw new SshWireError('an integer in it is not in its shortest form');
    return bytes.subarray(1);
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw new SshWireError('there are bytes after its end');
  }
}

/** A length-prefixed string. */
export function sshString(content: Uint8Array | string): Buffer {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
