export * from './fact-delivery.js';
export * from './olist/registration.js';
export * from './olist/read-folder.js';
export * from './olist/rows.js';
export * from './olist/translate-order.js';
