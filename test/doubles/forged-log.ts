import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

const headerBytes = 32;
const saltAt = 12;
const baseAt = 16;
const frameHeaderBytes = 20;
const checksumAt = 16;
const positionFields = [4, 5];

/** A frame of the log, as a forger who knows the format takes it apart. */
interface ForgedFrame {
  /** Everything but the checksum. */
  readonly bytes: Buffer;
  /** Where it stood in the file. */
  readonly at: number;
}

/**
 * Changes one byte on the disk, where a text stands in an event's data, and makes every checksum
 * right again: what somebody can do who owns the machine.
 */
export async function changeByte(directory: string, text: string, byte: number): Promise<void> {
  const { file, log } = await readLog(directory);
  const at = log.indexOf(text);
  if (at < 0) throw new Error(`No event holds ${text}.`);
  log[at] = byte;
  await writeFile(file, forged(log, framesOf(log)));
}

/**
 * Takes the frame out that holds a text and moves everything behind it forward, with positions and
 * checksums made right again.
 */
export async function dropFrame(directory: string, text: string): Promise<void> {
  const { file, log } = await readLog(directory);
  const at = log.indexOf(text);
  const frames = framesOf(log);
  const dropped = frames.findLast((frame) => frame.at < at);
  if (at < 0 || dropped === undefined) throw new Error(`No frame holds ${text}.`);
  for (const frame of frames) {
    if (frame.at > dropped.at)
      moveForward(frame.bytes, dropped.bytes.length, positionOf(log, dropped.at));
  }
  await writeFile(
    file,
    forged(
      log,
      frames.filter((frame) => frame !== dropped),
    ),
  );
}

async function readLog(
  directory: string,
): Promise<{ readonly file: string; readonly log: Buffer }> {
  const [name, ...more] = (await readdir(directory)).filter((each) => each.endsWith('.log'));
  if (name === undefined || more.length > 0) throw new Error('A log of one segment is forged.');
  const file = join(directory, name);
  return { file, log: await readFile(file) };
}

function framesOf(log: Buffer): readonly ForgedFrame[] {
  const frames: ForgedFrame[] = [];
  for (let at = headerBytes; at + frameHeaderBytes <= log.length;) {
    const length = frameHeaderBytes + log.readUInt32LE(at + 4);
    if (log.readUInt32LE(at) === 0) break;
    frames.push({ bytes: log.subarray(at, at + length), at });
    at += length;
  }
  return frames;
}

function positionOf(log: Buffer, at: number): number {
  return log.readUIntLE(baseAt, 6) + at - headerBytes;
}

function forged(log: Buffer, frames: readonly ForgedFrame[]): Buffer {
  const salt = log.readUInt32LE(saltAt);
  for (const { bytes } of frames) {
    const ofHeader = crc32(bytes.subarray(0, checksumAt), salt);
    bytes.writeUInt32LE(crc32(bytes.subarray(frameHeaderBytes), ofHeader), checksumAt);
  }
  return Buffer.concat([log.subarray(0, headerBytes), ...frames.map(({ bytes }) => bytes)]);
}

function moveForward(frame: Buffer, by: number, from: number): void {
  const groupStart = frame.readUIntLE(8, 6);
  if (groupStart > from) frame.writeUIntLE(groupStart - by, 8, 6);
  for (let at = frameHeaderBytes; at < frame.length;) {
    const length = frame.readUInt32LE(at);
    moveEvent(frame.subarray(at + 4, at + 4 + length), by);
    at += 4 + length;
  }
}

/** Rewrites the two positions of an event's protobuf message, which keep their number of bytes. */
function moveEvent(event: Buffer, by: number): void {
  for (let at = 0; at < event.length;) {
    const tag = readVarint(event, at);
    const value = readVarint(event, tag.end);
    const isLengthDelimited = (tag.value & 7) === 2;
    if (!isLengthDelimited && positionFields.includes(tag.value >> 3)) {
      writeVarint(event, tag.end, value.end, value.value - by);
    }
    at = isLengthDelimited ? value.end + value.value : value.end;
  }
}

function readVarint(bytes: Buffer, at: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let end = at; ; end += 1) {
    const byte = bytes.readUInt8(end);
    value += (byte & 127) * 128 ** (end - at);
    if (byte < 128) return { value, end: end + 1 };
  }
}

function writeVarint(bytes: Buffer, at: number, end: number, value: number): void {
  let rest = value;
  for (let index = at; index < end; index += 1) {
    bytes.writeUInt8((rest % 128) + (index < end - 1 ? 128 : 0), index);
    rest = Math.floor(rest / 128);
  }
  if (rest > 0) throw new Error('The position does not fit where it stood.');
}
