export * from './port.js';
export { connectEventStore } from './connect-event-store.js';
export type { EventStoreOptions, EventStoreStatistics, Measured } from './connect-event-store.js';
export { appendDataBytesMax } from './append-request.js';
export type { StoreNotice } from './store-notices.js';
