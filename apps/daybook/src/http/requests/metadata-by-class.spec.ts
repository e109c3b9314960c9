import { getMetadataStorage, IsInt, IsString } from 'class-validator';
import { describe, expect, it, vi } from 'vitest';
import { rememberMetadataByClass } from './metadata-by-class.js';

class Named {
  @IsString()
  name: unknown;
}

class Counted extends Named {
  @IsInt()
  count: unknown;
}

type Storage = ReturnType<typeof getMetadataStorage>;

/** A storage of its own that finds what class-validator's does, and counts how often it is asked to. */
function countingStorage() {
  const shared = getMetadataStorage();
  const find = vi.fn<Storage['getTargetValidationMetadatas']>((...request) =>
    shared.getTargetValidationMetadatas(...request),
  );
  const storage = Object.assign(Object.create(shared) as Storage, {
    getTargetValidationMetadatas: find,
  });
  rememberMetadataByClass(storage);
  return { find, storage };
}

describe('metadata that are remembered by class', () => {
  it('are those of the class and of those it extends, looked up once', () => {
    const { find, storage } = countingStorage();
    const propertiesOf = (target: typeof Named) =>
      storage
        .getTargetValidationMetadatas(target, '', false, false)
        .map(({ propertyName }) => propertyName);
    for (let time = 0; time < 3; time += 1) {
      expect(propertiesOf(Counted).toSorted()).toEqual(['count', 'name']);
      expect(propertiesOf(Named)).toEqual(['name']);
    }
    expect(find).toHaveBeenCalledTimes(2);
  });

  it('are the same where the object lies within one of another class', () => {
    const { find, storage } = countingStorage();
    const own = storage.getTargetValidationMetadatas(Named, '', false, false);
    expect(own).toHaveLength(1);
    expect(storage.getTargetValidationMetadatas(Named, 'Counted', false, false)).toBe(own);
    expect(find).toHaveBeenCalledTimes(1);
  });

  it('are asked for again where groups decide which they are', () => {
    const { find, storage } = countingStorage();
    expect(storage.getTargetValidationMetadatas(Named, '', false, false)).toHaveLength(1);
    expect(storage.getTargetValidationMetadatas(Named, '', false, false, ['import'])).toEqual([]);
    expect(find).toHaveBeenCalledTimes(2);
  });
});
