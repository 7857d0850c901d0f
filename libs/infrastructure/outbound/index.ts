export { AddressRefused } from './address.js';
export type { OutboundAnswer } from './exchange.js';
export {
  CallFailed,
  type CallFailure,
  CallsBusy,
  Outbound,
  type OutboundCall,
  type OutboundOptions,
} from './outbound.js';
export { OutboundModule } from './outbound.module.js';
