import { leafOf } from '#kernel';
import { accounts, retailer } from '../retailer.js';
import type { Scene } from '../scene.js';
import { named, type SimulatedOrder, unitsOf } from './orders.js';
import { complete, openWebOrder, type Story } from './story.js';

/** A store was asked to send it, refused too late, and the warehouse sends it: an exception. */
export const rerouted: Story = (scene, minute) => {
  const paid = openWebOrder(scene, minute);
  const { order } = paid;
  failAddressOnce(scene, minute + 2, order);
  const source = accounts.orderManagement;
  const objectid = `F${order.number}`;
  const request = `FQ${order.number}`;
  const fulfilment = leafOf('fulfilment', [source, objectid]);
  const from = 'store_hamburg';
  scene.tell(minute + 10, {
    type: 'FulfilmentRequested',
    source,
    objectid,
    data: { node: from, lines: unitsOf(order), request, pickDueAt: scene.timeOf(minute + 70) },
  });
  scene.tell(minute + 71, {
    type: 'PickSlaMissed',
    source,
    subject: fulfilment,
    data: { dueAt: scene.timeOf(minute + 70), cause: 'labor' },
  });
  scene.tell(minute + 75, {
    type: 'FulfilmentRejected',
    source,
    objectid,
    data: { request, reason: 'no_capacity' },
  });
  scene.tell(minute + 80, {
    type: 'FulfilmentRerouted',
    source,
    objectid,
    data: { from, to: retailer.warehouse, cause: 'rejected', reroute: `RR${order.number}` },
  });
  handle(scene, minute + 72, order, fulfilment);
  complete(scene, minute, paid);
  return order;
};

function failAddressOnce(scene: Scene, minute: number, order: SimulatedOrder): void {
  const told = { source: accounts.orderManagement, ...named(order) };
  scene.tell(minute, {
    type: 'OrderValidationFailed',
    ...told,
    data: {
      validator: 'address',
      validation: `VA${order.number}`,
      errors: [{ code: 'house_number_missing' }],
    },
  });
  scene.tell(minute + 6, {
    type: 'OrderValidated',
    ...told,
    data: { validator: 'address', validation: `VB${order.number}` },
  });
}

function handle(scene: Scene, minute: number, order: SimulatedOrder, fulfilment: string): void {
  const at = { source: accounts.serviceDesk, objectid: `E${order.number}` };
  const about = [order.leaf, fulfilment];
  scene.tell(minute, {
    type: 'ExceptionRaised',
    ...at,
    data: { type: 'pick_late', severity: 'medium', ownerTeam: 'operations', about },
  });
  scene.tell(minute + 2, {
    type: 'ExceptionAssigned',
    ...at,
    data: { assignee: 'shift_lead', assignment: '1' },
  });
  scene.tell(minute + 20, {
    type: 'ExceptionResolved',
    ...at,
    data: { rootCause: 'labor', action: 'rerouted', resolution: '1' },
  });
}
