import {
  type Category,
  definitionOf,
  type EventDefinition,
  type EventType,
  fieldsOf,
} from '#events';

/** The grammar of each category's leaf, as people write it. */
const leafForms: Readonly<Record<Category, string>> = {
  ledger: 'ledger-{main or seals}',
  erasure: 'erasure-{erasure}',
  order: 'order-{source}:{order}',
  payment: 'payment-{provider account}:{reference}',
  shipment: 'shipment-{source}:{shipment}',
  return: 'return-{source}:{return}',
  item: 'item-{legal entity}:{sku}',
  inventory: 'inventory-{sku}:{node}',
};

export function leafFormsOf(definition: EventDefinition): readonly string[] {
  return definition.categories.map((category) => leafForms[category]);
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

/** Whether an effect is there at all, and what it is or why it is not. */
export function effectOf(text: string): { readonly has: boolean; readonly words: string } {
  return { has: !text.startsWith('never'), words: text };
}
