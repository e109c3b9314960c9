import {
  definitionOf,
  type Effect,
  type EventDefinition,
  type EventType,
  fieldsOf,
  leafFormOf,
} from '#events';

export function leafFormsOf(definition: EventDefinition): readonly string[] {
  return definition.categories.map(leafFormOf);
}

/** `fact, decision`: what an event of this class may be. */
export function mayBeOf(definition: EventDefinition): string {
  return definition.mayBe.join(', ');
}

/** `customer: name, email, phone, addresses`, or nothing. */
export function personalDataOf(type: EventType): string {
  const { dataClass, personalData } = definitionOf(type);
  const names: readonly string[] = personalData.map(({ field }) => field);
  return names
    .map((name) => {
      const form = fieldsOf(dataClass).get(name)?.rule.form;
      return form?.kind === 'part'
        ? `${name}: ${[...fieldsOf(form.part()).keys()].join(', ')}`
        : name;
    })
    .join('; ');
}

/** What an effect is, or why it is not there: `never: a promise performs nothing`. */
export function effectWords({ does, words }: Effect): string {
  return does === 'yes' ? words : `${does}: ${words}`;
}
