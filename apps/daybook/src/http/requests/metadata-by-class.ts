import { getMetadataStorage } from 'class-validator';

type Storage = ReturnType<typeof getMetadataStorage>;
type Found = ReturnType<Storage['getTargetValidationMetadatas']>;

/**
 * Has class-validator remember which decorators each class has. It looks through those of all classes
 * for every object that it validates, to find what a class inherits: with as many classes as there are
 * events that took longer than the validation. Decorators are added as modules load, and never after.
 * The schema it names for what lies within another object is that object's class, and decides nothing.
 */
export function rememberMetadataByClass(storage: Storage = getMetadataStorage()): void {
  const find = storage.getTargetValidationMetadatas.bind(storage);
  const known = new WeakMap<object, Found>();
  storage.getTargetValidationMetadatas = (target, schema, always, strictGroups, groups) => {
    const isPlain = !always && !strictGroups && !groups?.length;
    if (!isPlain) return find(target, schema, always, strictGroups, groups);
    let found = known.get(target);
    if (found === undefined) {
      found = find(target, schema, always, strictGroups, groups);
      // A class without any may be one whose decorators are still to run.
      if (found.length > 0) known.set(target, found);
    }
    return found;
  };
}
